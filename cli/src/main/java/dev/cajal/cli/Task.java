package dev.cajal.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/// What all commands share: options, texts, and where they write.
abstract class Task implements Callable<Integer> {
    private static final int MOST_THREADS = 1024;

    @Mixin
    GlobalOptions options = new GlobalOptions();

    @ParentCommand
    private @Nullable Main main;

    /// Does the work.
    abstract ExitCode run();

    @Override
    public final Integer call() {
        if (options.threads != null) {
            int threads = Arguments.whole("--threads", options.threads, 1, MOST_THREADS);
            System.setProperty("cajal.threads", String.valueOf(threads));
        }
        return run().number();
    }

    final Console console() {
        return Objects.requireNonNull(main).console();
    }

    final Language language() {
        return Objects.requireNonNull(main).language();
    }

    /// A text in the user's language.
    final String text(String key, Object... arguments) {
        return language().text(key, arguments);
    }
}
