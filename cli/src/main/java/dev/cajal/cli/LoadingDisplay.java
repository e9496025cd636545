package dev.cajal.cli;

import dev.cajal.data.dataset.DownloadListener;
import dev.cajal.data.folder.LoadingListener;
import java.util.HashMap;
import java.util.Map;

/// Shows how data come: pictures that are read, and files that are downloaded.
final class LoadingDisplay implements LoadingListener, DownloadListener {
    private static final int KILO = 1000;

    private final Console console;
    private final Language language;
    private final Map<String, ProgressLine> files = new HashMap<>();
    private ProgressLine pictures;
    private int done;

    LoadingDisplay(Console console, Language language) {
        this.console = console;
        this.language = language;
        this.pictures = ofPictures();
    }

    private ProgressLine ofPictures() {
        return new ProgressLine(console, language, language.text("progress.pictures"));
    }

    @Override
    public void progress(int read, int all) {
        if (read <= done) {
            // Those for the test come after those to learn from.
            pictures = ofPictures();
        }
        done = read;
        pictures.show(read, all);
    }

    @Override
    public void progress(String file, long bytes, long total) {
        files.computeIfAbsent(file,
                name -> new ProgressLine(console, language, language.text("progress.download", name)))
                .show(Math.ceilDiv(bytes, KILO), Math.ceilDiv(total, KILO));
    }
}
