package dev.cajal.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `cajal`.
@Command(name = "cajal", subcommands = {TrainCommand.class,
    EvaluateCommand.class, PredictCommand.class, GenerateCommand.class, SummaryCommand.class, PlanCommand.class,
    DoctorCommand.class}, versionProvider = Version.class)
public final class Main implements Runnable {
    private static final List<String> LANGUAGES = List.of("en", "es");

    private final Console console;
    private final Language language;

    @Option(names = {"-h", "--help"}, usageHelp = true, descriptionKey = "option.help")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, descriptionKey = "option.version")
    private boolean version;

    @Option(names = "--lang", paramLabel = "en|es", descriptionKey = "option.lang")
    private @Nullable String lang;

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private Main(Console console, Language language) {
        this.console = console;
        this.language = language;
    }

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(execute(Console.ofProcess(), arguments));
    }

    /// Runs the command.
    ///
    /// @return the exit code
    static int execute(Console console, String... arguments) {
        // Known before the command line is read: help and errors are texts too, and errors may be wanted as JSON.
        String asked = asked(arguments);
        Language language = Language.of(asked);
        boolean json = List.of(arguments).contains("--json");
        boolean debug = List.of(arguments).contains("--debug");
        CommandLine line = new CommandLine(new Main(console, language));
        try {
            if (asked != null) {
                Arguments.choice("--lang", asked, LANGUAGES);
            }
            line.setResourceBundle(language.texts());
            line.setUsageHelpWidth(100);
            line.setOut(console.printer());
            line.setParameterExceptionHandler((wrong, _) -> {
                String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
                return new Failure(console, language, command, json, debug).tell(UsageErrors.of(wrong)).number();
            });
            line.setExecutionExceptionHandler((failure, command, _) -> {
                String name = command.getCommandSpec().qualifiedName();
                return new Failure(console, language, name, json, debug).tell(failure).number();
            });
            return line.execute(arguments);
        } catch (RuntimeException | Error failure) {
            return new Failure(console, language, line.getCommandName(), json, debug).tell(failure).number();
        }
    }

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

    Console console() {
        return console;
    }

    Language language() {
        return language;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
