package dev.cajal.cli;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// The texts of the interface in one language. Libraries speak English, in [phrases][Phrase] that have codes: where the bundle has a template
/// for one, under `error.CODE` or `phrase.CODE`, it takes the place of the English one.
final class Language {
    private static final String BUNDLE = "dev.cajal.cli.messages";

    private final Locale locale;
    private final ResourceBundle texts;

    private Language(Locale locale) {
        this.locale = locale;
        // English is the root bundle: asked for by its own locale it would give way to the default locale's.
        this.texts = ResourceBundle.getBundle(BUNDLE, locale.equals(Locale.ENGLISH) ? Locale.ROOT : locale);
    }

    /// Spanish or English: what is asked for, else what the environment says.
    ///
    /// @param asked `en`, `es`, or null
    static Language of(@Nullable String asked) {
        String tag = asked != null ? asked : environment();
        return new Language(tag.startsWith("es") ? Locale.of("es") : Locale.ENGLISH);
    }

    private static String environment() {
        for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return Locale.getDefault().getLanguage();
    }

    /// The bundle, for the help texts.
    ResourceBundle texts() {
        return texts;
    }

    /// The locale, for numbers that people read.
    Locale locale() {
        return locale;
    }

    /// A text with its place holders filled.
    String text(String key, Object... arguments) {
        return String.format(locale, texts.getString(key), arguments);
    }

    /// What an exception says, in this language where there is a translation.
    String message(CajalException exception) {
        return text(exception.phrase());
    }

    /// A phrase in this language, where there is a translation; the phrases in it are each for itself.
    String text(Phrase phrase) {
        if (phrase.arguments().isEmpty()) {
            return template(phrase);
        }
        Object[] arguments = phrase.arguments().stream()
                .map(argument -> argument instanceof Phrase inner ? text(inner) : argument)
                .toArray();
        try {
            return String.format(locale, template(phrase), arguments);
        } catch (IllegalFormatException wrong) {
            return phrase.template().formatted(arguments);
        }
    }

    private String template(Phrase phrase) {
        for (String kind : new String[] {"error.", "phrase."}) {
            if (texts.containsKey(kind + phrase.code())) {
                return texts.getString(kind + phrase.code());
            }
        }
        return phrase.template();
    }
}
