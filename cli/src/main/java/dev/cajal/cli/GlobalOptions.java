package dev.cajal.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that every command has. Those with a value are texts, so that mistakes in them are told in our own words.
final class GlobalOptions {
    @Option(names = "--json", descriptionKey = "option.json")
    boolean json;

    @Option(names = "--lang", paramLabel = "en|es", descriptionKey = "option.lang")
    @Nullable
    String lang;

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "option.threads")
    @Nullable
    String threads;

    @Option(names = "--debug", descriptionKey = "option.debug")
    boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, descriptionKey = "option.help")
    boolean help;
}
