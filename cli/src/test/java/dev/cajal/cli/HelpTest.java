package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "train", "evaluate", "predict", "summary"})
    void everyCommandExplainsItselfInBothLanguages(String command) {
        List<String> words = command.isEmpty() ? List.of("--help") : List.of(command, "--help");
        Cli.Result english = Cli.in(folder).run(words.toArray(String[]::new));
        assertThat(english.exit()).isZero();
        assertThat(english.out()).contains("Usage: cajal", "Examples:",
                "cajal " + (command.isEmpty() ? "train" : command));
        assertThat(english.err()).doesNotContain("Exception");
        Cli.Result spanish = Cli.in(folder).with("LC_ALL", "es_ES.UTF-8").run(words.toArray(String[]::new));
        assertThat(spanish.exit()).isZero();
        assertThat(spanish.out()).contains("Uso: cajal", "Ejemplos:").doesNotContain("Examples:");
        assertThat(spanish.out().lines().count()).isGreaterThanOrEqualTo(english.out().lines().count() - 5);
    }

    @Test
    void everyTextIsThereInBothLanguages() throws IOException {
        Set<String> english = keys("messages.properties");
        Set<String> spanish = keys("messages_es.properties");
        // Examples are commands, and the English text of an error is the library's own.
        assertThat(english.stream().filter(key -> !key.matches(".*usage\\.footer\\.\\d+")))
                .allMatch(spanish::contains);
        assertThat(spanish.stream().filter(key -> !key.startsWith("error."))).allMatch(english::contains);
    }

    private static Set<String> keys(String bundle) throws IOException {
        Properties texts = new Properties();
        try (InputStream in = Objects.requireNonNull(HelpTest.class.getResourceAsStream(bundle))) {
            texts.load(in);
        }
        return texts.stringPropertyNames();
    }

    @Test
    void theVersionIsKnown() {
        assertThat(Cli.in(folder).run("--version").out()).containsPattern("\\d+\\.\\d+");
    }
}
