package dev.cajal.cli;

import dev.cajal.type.CajalException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/// What all commands share: options, texts, and the way in which errors are told.
abstract class Task implements Callable<Integer> {
    @Mixin
    GlobalOptions options = new GlobalOptions();

    private @Nullable Console console;
    private @Nullable Language language;

    /// Does the work.
    abstract ExitCode run();

    @Override
    public final Integer call() {
        try {
            if (options.threads != null) {
                if (options.threads < 1) {
                    throw new CajalException("usage.threads", "--threads has to be at least 1, not %s.",
                            options.threads);
                }
                System.setProperty("cajal.threads", String.valueOf(options.threads));
            }
            return run().number();
        } catch (CajalException | OutOfMemoryError failure) {
            return new Failure(console(), language(), options).tell(failure).number();
        }
    }

    final Console console() {
        if (console == null) {
            console = Console.ofProcess();
        }
        return console;
    }

    final Language language() {
        if (language == null) {
            language = Language.of(options.lang);
        }
        return language;
    }

    /// A text in the user's language.
    final String text(String key, Object... arguments) {
        return language().text(key, arguments);
    }
}
