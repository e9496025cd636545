package dev.cajal.cli;

import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What picocli finds wrong with a command line, as errors of our own, which have codes and translations.
final class UsageErrors {
    private UsageErrors() {}

    static CajalException of(ParameterException wrong) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice ->
                new CommandException("usage.twice", "%s was given twice.", name(twice.getOverwritten()));
            case ParameterException value when value.getArgSpec() != null && value.getValue() != null ->
                new CommandException("usage.value", "%s cannot be '%s'.", name(value.getArgSpec()), value.getValue());
            default -> new CommandException("usage.syntax", "%s.", String.valueOf(wrong.getMessage()));
        };
    }

    private static CajalException unmatched(UnmatchedArgumentException wrong) {
        CommandLine command = wrong.getCommandLine();
        String first = wrong.getUnmatched().getFirst();
        if (first.startsWith("-")) {
            String option = first.split("=", 2)[0];
            List<String> known = new ArrayList<>();
            command.getCommandSpec().options().forEach(spec -> known.addAll(List.of(spec.names())));
            return new CommandException("usage.option", "There is no option '%s' here.", option).near(option, known);
        }
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        if (!commands.isEmpty()) {
            return new CommandException("usage.command", "There is no command '%s'. There are: %s.", first,
                    String.join(", ", commands)).near(first, commands);
        }
        return new CommandException("usage.surplus", "There is one argument too many: '%s'.", first);
    }

    private static CajalException missing(MissingParameterException wrong) {
        ArgSpec first = wrong.getMissing().isEmpty() ? wrong.getArgSpec() : wrong.getMissing().getFirst();
        if (first instanceof OptionSpec option) {
            return new CommandException("usage.no-value", "%s needs a value: %s.", option.longestName(),
                    option.paramLabel());
        }
        return missing(first.paramLabel());
    }

    /// An argument that has to be there and is not.
    static CajalException missing(String label) {
        return new CommandException("usage.missing", "The argument %s is missing.", label);
    }

    private static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
    }
}
