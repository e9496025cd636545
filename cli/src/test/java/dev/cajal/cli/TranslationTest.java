package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.type.Phrase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every error that a person can meet at the command line can be said in Spanish.
class TranslationTest {
    private static final List<String> MODULES = List.of("data", "zoo", "cli", "nn", "onednn");
    private static final List<String> BELOW = List.of("core", "cpu");

    private static final ResourceBundle SPANISH = Language.of("es").texts();

    @Test
    void eachCodeHasOneTemplate() throws IOException {
        Map<String, Set<String>> templates = new LinkedHashMap<>();
        for (Phrase phrase : phrases(MODULES)) {
            templates.computeIfAbsent(phrase.code(), _ -> new TreeSet<>()).add(phrase.template());
        }
        assertThat(templates).hasSizeGreaterThan(250);
        templates.values().removeIf(all -> all.size() == 1);
        assertThat(templates).isEmpty();
    }

    @Test
    void everyPhraseHasATranslationWithAsManyPlaces() throws IOException {
        Map<String, String> missing = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Phrase phrase : phrases(MODULES)) {
            String translation = translation(phrase.code());
            if (translation == null) {
                missing.put(phrase.code(), phrase.template());
            } else if (Sources.places(translation) != Sources.places(phrase.template())) {
                wrong.add(phrase.code() + " = " + translation);
            }
        }
        assertThat(missing).as("phrases that messages_es.properties lacks").isEmpty();
        assertThat(wrong).as("translations with places too many or too few").isEmpty();
    }

    @Test
    void whatIsTranslatedOfTheModulesBelowHasOneTemplateAndAsManyPlacesToo() throws IOException {
        List<Phrase> translated = phrases(BELOW).stream().filter(phrase -> translation(phrase.code()) != null).toList();
        assertThat(translated).extracting(Phrase::code)
                .contains("memory.exhausted", "memory.property", "backend.unknown", "run.not-finite", "cpu.vector",
                        "cpu.bf16", "cpu.bf16-library", "shape.matmul", "shape.split", "shape.squeeze",
                        "shape.empty");
        assertThat(phrases(BELOW)).extracting(Phrase::code).contains("shape.dtype", "shape.pad");
        assertThat(translated).extracting(Phrase::code).doesNotHaveDuplicates();
        assertThat(translated).allSatisfy(phrase -> assertThat(Sources.places(translation(phrase.code())))
                .as(phrase.code()).isEqualTo(Sources.places(phrase.template())));
    }

    @Test
    void noTranslationIsLeftBehind() throws IOException {
        Set<String> known = new TreeSet<>(Language.of("en").texts().keySet());
        for (Phrase phrase : phrases(Stream.of(MODULES, BELOW).flatMap(List::stream).toList())) {
            known.add("error." + phrase.code());
            known.add("phrase." + phrase.code());
        }
        assertThat(SPANISH.keySet()).isSubsetOf(known);
    }

    private static List<Phrase> phrases(List<String> modules) throws IOException {
        List<Phrase> all = new ArrayList<>();
        for (String module : modules) {
            List<Phrase> found = Sources.phrases(module);
            assertThat(found).as(module).isNotEmpty();
            all.addAll(found);
        }
        return all;
    }

    private static String translation(String code) {
        for (String kind : List.of("error.", "phrase.")) {
            if (SPANISH.containsKey(kind + code)) {
                return SPANISH.getString(kind + code);
            }
        }
        return null;
    }
}
