package dev.cajal.onednn;

import dev.cajal.type.Phrase;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/// The files of the library: found in the jar `org.bytedeco:dnnl:linux-x86_64`, and unpacked once into the user's cache, since the system loads
/// libraries from files only.
///
/// A file gets its name only when it is complete, by a move, so that several processes may unpack at a time; each time before it is
/// loaded its check sum is looked at, and a file that was damaged is unpacked again.
///
/// @param cache the folder for unpacked files
/// @param source where the content of a file comes from
record NativeFiles(Path cache, Source source) {
    /// The system property that names a file of the library to be used instead.
    static final String PROPERTY = "cajal.onednn.library";

    /// The library itself, and what it needs and most systems lack, in the order in which they are unpacked.
    static final List<Entry> FILES = List.of(
            new Entry("libgomp.so.1", 298_776, 0xcd02_358aL,
                    "d46f9225c1883039e8a6853e6d96ca1af11d034ce186a090952e4a7c8a7c2fdc"),
            new Entry("libdnnl.so.3", 92_850_136, 0xd408_2aa3L,
                    "3610657c35381b06694034b677cf73f28086495aba51ecf0cfb5b6511652a443"));

    private static final String FOLDER = "onednn-3.13-linux-x86_64";
    private static final String IN_JAR = "org/bytedeco/dnnl/linux-x86_64/";
    private static final String MODULE = "org.bytedeco.dnnl.linux.x86_64";
    private static final int BUFFER = 1 << 16;

    /// A file.
    ///
    /// @param crc of its content, with which damage is found in no time
    /// @param sha256 of its content, with which what comes from a jar is known to be the right thing
    record Entry(String name, long size, long crc, String sha256) {}

    /// Where files come from.
    @FunctionalInterface
    interface Source {
        /// The content of a file; empty if there is none of this name.
        Optional<InputStream> open(String name) throws IOException;
    }

    /// Those of the jar that is on the class path or module path, in the user's cache.
    static NativeFiles ofJar() {
        return new NativeFiles(userCache(), NativeFiles::open);
    }

    /// The file to be loaded.
    ///
    /// @throws NativeException if there is none
    Path library() {
        String chosen = System.getProperty(PROPERTY);
        if (chosen != null && !chosen.isEmpty()) {
            Path file = Path.of(chosen);
            if (!Files.isRegularFile(file)) {
                throw new NativeException(
                        Phrase.of("onednn.property", "the file %s that -D%s names does not exist", file, PROPERTY));
            }
            return file;
        }
        requireSystem(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path folder = cache.resolve(FOLDER);
        try {
            Files.createDirectories(folder);
            Path last = folder;
            for (Entry entry : FILES) {
                last = unpacked(folder, entry);
            }
            return last;
        } catch (IOException cause) {
            throw new NativeException(Phrase.of("onednn.unpack", "oneDNN could not be unpacked into %s (%s)", folder,
                    cause));
        }
    }

    /// @throws NativeException if the jar has no library for this system
    static void requireSystem(String system, String processor) {
        boolean isLinux = system.toLowerCase(Locale.ROOT).startsWith("linux");
        if (!isLinux || !List.of("amd64", "x86_64").contains(processor)) {
            throw new NativeException(Phrase.of("onednn.system",
                    "oneDNN comes with Cajal for Linux on x86-64 only, and this is %s on %s", system, processor));
        }
    }

    private Path unpacked(Path folder, Entry entry) throws IOException {
        Path file = folder.resolve(entry.name());
        if (Files.isRegularFile(file) && Files.size(file) == entry.size() && crc(file) == entry.crc()) {
            return file;
        }
        Path temporary = Files.createTempFile(folder, entry.name(), ".part");
        try {
            try (InputStream in = source.open(entry.name())
                    .orElseThrow(() -> new NativeException(Phrase.of("onednn.jar",
                            "the jar org.bytedeco:dnnl:3.13-1.5.14:linux-x86_64, which has %s, is not on the class path or module path",
                            entry.name())))) {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!sha256(temporary).equals(entry.sha256())) {
                throw new NativeException(Phrase.of("onednn.other",
                        "%s in the jar org.bytedeco:dnnl:linux-x86_64 is not that of version 3.13-1.5.14",
                        entry.name()));
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static long crc(Path file) throws IOException {
        try (var in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {
                // The stream adds up what it reads.
            }
            return in.getChecksum().getValue();
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[BUFFER];
            while (digest.read(buffer) >= 0) {
                // The stream adds up what it reads.
            }
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// From the class path, or from the module path: there the jar is a module that nobody requires and that is not loaded, since it requires
    /// Java classes that we do not use.
    private static Optional<InputStream> open(String name) throws IOException {
        InputStream onClassPath = ClassLoader.getSystemResourceAsStream(IN_JAR + name);
        if (onClassPath != null) {
            return Optional.of(onClassPath);
        }
        List<Path> path = new ArrayList<>();
        for (String part : System.getProperty("jdk.module.path", "")
                .split(Pattern.quote(System.getProperty("path.separator")))) {
            if (!part.isEmpty()) {
                path.add(Path.of(part));
            }
        }
        var module = ModuleFinder.of(path.toArray(Path[]::new)).find(MODULE);
        if (module.isEmpty()) {
            return Optional.empty();
        }
        // Closing the reader would close the stream; both are gone with the process that unpacks once.
        return module.get().open().open(IN_JAR + name);
    }

    /// `~/.cache/cajal`, or in the folder that the variable `XDG_CACHE_HOME` names.
    private static Path userCache() {
        String wanted = System.getenv("XDG_CACHE_HOME");
        return (wanted != null && !wanted.isEmpty()
                ? Path.of(wanted)
                : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("cajal");
    }
}
