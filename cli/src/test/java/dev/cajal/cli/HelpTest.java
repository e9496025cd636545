package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.zoo.Zoo;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    private static final List<String> COMMANDS = List.of("train", "evaluate", "predict", "generate", "summary",
            "plan", "doctor");

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate", "predict", "generate", "summary", "plan", "doctor"})
    void eachCommandExplainsItselfWithExamples(String command) {
        var english = Cli.here(command, "--help");
        assertThat(english.code()).isZero();
        assertThat(english.err()).isEmpty();
        assertThat(english.out()).contains("Usage: cajal " + command, "Examples:", "  cajal " + command + " ", "--json")
                .doesNotContain("${", "option.", "argument.", "\u001b");
        var spanish = Cli.here(command, "--help", "--lang", "es");
        assertThat(spanish.code()).isZero();
        assertThat(spanish.out()).contains("Uso: cajal " + command, "Ejemplos:", "  cajal " + command + " ", "Idioma")
                .doesNotContain("Usage", "Examples", "${", "option.", "argument.");
    }

    @Test
    void theWholeExplainsItself() {
        var english = Cli.here("--help");
        assertThat(english.code()).isZero();
        assertThat(english.out()).contains(COMMANDS).contains("Examples:");
        assertThat(Cli.here().out()).as("without any command").isEqualTo(english.out());
        assertThat(Cli.here("--lang=es", "--help").out()).contains("Uso:", "Órdenes:", "Ejemplos:").contains(COMMANDS);
        assertThat(Cli.here("--version").out()).startsWith("cajal ").contains("Java 2");
    }

    @Test
    void helpNamesEveryModel() {
        for (String language : List.of("en", "es")) {
            var names = List.of(Language.of(language).text("option.model").split("[^\\w-]+", -1));
            assertThat(names).as(language).containsAll(Zoo.names());
            assertThat(Cli.here("train", "--help", "--lang", language).out()).contains("bert-tiny",
                    "transformer-small");
        }
    }

    @Test
    void helpIsNoWiderThanItsLines() {
        for (String command : COMMANDS) {
            for (String language : List.of("en", "es")) {
                assertThat(Cli.here(command, "--help", "--lang", language).out().lines())
                        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
            }
        }
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        var english = bundle(Locale.ROOT);
        var spanish = bundle(Locale.of("es"));
        var keys = new TreeSet<>(english.keySet());
        var translated = new TreeSet<>(spanish.keySet());
        // Errors and other phrases bring their English texts with them.
        translated.removeIf(key -> key.matches("(error|phrase)\\..*") && !keys.contains(key));
        assertThat(translated).isEqualTo(keys);
        for (String key : keys) {
            assertThat(spanish.getString(key)).as(key).isNotBlank();
            assertThat(places(spanish.getString(key))).as(key).isEqualTo(places(english.getString(key)));
        }
    }

    /// The texts of one file alone, not those that it would inherit.
    private static ResourceBundle bundle(Locale locale) {
        String name = locale.equals(Locale.ROOT) ? "messages" : "messages_" + locale.getLanguage();
        try (var reader = new InputStreamReader(
                Main.class.getResourceAsStream(name + ".properties"), StandardCharsets.UTF_8)) {
            return new PropertyResourceBundle(reader);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static List<String> places(String template) {
        return Pattern.compile("%[-,.\\d]*[a-z]").matcher(template).results().map(match -> match.group()).toList();
    }

    @Test
    void theEnvironmentChoosesTheLanguage(@TempDir Path folder) throws Exception {
        assertThat(Cli.in(folder).with("LANG", "es_ES.UTF-8").run("train", "--help").out()).contains("Uso:");
        assertThat(Cli.in(folder).with("LANG", "es_ES.UTF-8").with("LC_ALL", "C").run("--help").out())
                .contains("Usage:");
    }
}
