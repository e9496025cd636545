package dev.cajal.cli;

/// Shows how far something has come, how fast it goes and how long it takes yet: a line that moves, where there is a terminal.
final class ProgressLine {
    private static final long NANOS_BETWEEN = 100_000_000;
    private static final int WIDTH = 16;

    private final Console console;
    private final Language language;
    private final String what;
    private final long began = System.nanoTime();
    private long shown;

    /// @param what goes on, a text in the user's language
    ProgressLine(Console console, Language language, String what) {
        this.console = console;
        this.language = language;
        this.what = what;
    }

    /// So much is done.
    synchronized void show(long done, long all) {
        long now = System.nanoTime();
        if (!console.isTerminal() || done < all && now - shown < NANOS_BETWEEN) {
            return;
        }
        shown = now;
        double rate = done / Math.max((now - began) / 1e9, 1e-9);
        console.overwrite(language.text("progress.line", what, bar((double) done / Math.max(1, all)), done, all, rate,
                duration((all - done) / Math.max(rate, 1e-9))));
    }

    /// A bar that is full to some share.
    static String bar(double share) {
        int full = (int) (WIDTH * share);
        return "█".repeat(full) + "░".repeat(WIDTH - full);
    }

    /// As people say it.
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
