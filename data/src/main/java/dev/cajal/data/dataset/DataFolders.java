package dev.cajal.data.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where data sets are looked for: the folder that the variable `CAJAL_DATA` names, `../shared/data` seen from here, and the user's
/// cache, which is also where downloads go.
public final class DataFolders {
    private DataFolders() {}

    /// The folders, in the order in which they are looked through.
    public static List<Path> all() {
        List<Path> folders = new ArrayList<>();
        Optional.ofNullable(System.getenv("CAJAL_DATA")).map(Path::of).ifPresent(folders::add);
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            folders.add(folder.resolve("../shared/data").normalize());
        }
        folders.add(cache());
        return folders.stream().distinct().toList();
    }

    /// The user's cache: `~/.cache/cajal`, `~/Library/Caches/cajal` on macOS, `%LOCALAPPDATA%\cajal` on Windows.
    public static Path cache() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home"));
        String windows = System.getenv("LOCALAPPDATA");
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (system.contains("win") && windows != null) {
            return Path.of(windows, "cajal");
        }
        if (system.contains("mac")) {
            return home.resolve("Library/Caches/cajal");
        }
        return (xdg != null && !xdg.isEmpty() ? Path.of(xdg) : home.resolve(".cache")).resolve("cajal");
    }
}
