package dev.cajal.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// What all commands share: options, texts, and where they write.
abstract class Task implements Callable<Integer> {
    private static final int MOST_THREADS = 1024;

    @Mixin
    GlobalOptions options = new GlobalOptions();

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

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

    /// The names of the options that were given.
    final List<String> given() {
        return Objects.requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
                .map(CommandLine.Model.OptionSpec::longestName).toList();
    }

    final Console console() {
        return Objects.requireNonNull(main).console();
    }

    final Language language() {
        return Objects.requireNonNull(main).language();
    }

    /// A line that shows how far something comes.
    ///
    /// @param key of the text that says what
    final ProgressLine progress(String key) {
        return new ProgressLine(console(), language(), text(key));
    }

    /// What hears of the loading of data.
    final LoadingDisplay loading() {
        return new LoadingDisplay(console(), language());
    }

    /// A text in the user's language.
    final String text(String key, Object... arguments) {
        return language().text(key, arguments);
    }
}
