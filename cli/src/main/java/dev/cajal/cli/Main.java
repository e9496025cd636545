package dev.cajal.cli;

import dev.cajal.type.CajalException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `cajal`.
@Command(name = "cajal", subcommands = {TrainCommand.class,
    EvaluateCommand.class, PredictCommand.class, SummaryCommand.class}, versionProvider = Version.class)
public final class Main implements Runnable {
    @CommandLine.Option(names = {"-h", "--help"}, usageHelp = true, descriptionKey = "option.help")
    private boolean help;

    @CommandLine.Option(names = {"-V", "--version"}, versionHelp = true, descriptionKey = "option.version")
    private boolean version;

    @CommandLine.Option(names = "--lang", paramLabel = "en|es", descriptionKey = "option.lang")
    private @Nullable String lang;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    Main() {}

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /// Runs the command.
    ///
    /// @return the exit code
    static int execute(String... arguments) {
        Console console = Console.ofProcess();
        boolean json = List.of(arguments).contains("--json");
        Language language;
        try {
            language = Language.of(asked(arguments));
        } catch (CajalException unknown) {
            GlobalOptions options = new GlobalOptions();
            options.json = json;
            return new Failure(console, Language.of(null), options).tell(unknown).number();
        }
        CommandLine line = new CommandLine(new Main());
        line.setResourceBundle(language.texts());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((wrong, _) -> {
            if (json) {
                console.result(Failure.json("usage", String.valueOf(wrong.getMessage()), ExitCode.USAGE));
            }
            console.say(console.red(language.text("error.prefix")) + " " + wrong.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(wrong, wrong.getCommandLine().getErr());
            console.say(language.text("error.usage", wrong.getCommandLine().getCommandSpec().qualifiedName()));
            return ExitCode.USAGE.number();
        });
        line.setExecutionExceptionHandler((failure, _, parsed) -> {
            GlobalOptions options = new GlobalOptions();
            options.debug = parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption("--debug");
            options.json = parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption("--json");
            return new Failure(console, language, options).tell(failure).number();
        });
        return line.execute(arguments);
    }

    /// The language has to be known before the command line is read, since help and errors are texts too.
    private static @Nullable String asked(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--lang=")) {
                return arguments[i].substring("--lang=".length());
            }
            if (arguments[i].equals("--lang") && i + 1 < arguments.length) {
                return arguments[i + 1];
            }
        }
        return null;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }
}
