package dev.cajal.cli;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The texts of the interface in one language. Libraries speak English, in [phrases][Phrase] that have codes: where the bundle has a template
/// for one, under `error.CODE` or `phrase.CODE`, it takes the place of the English one.
final class Language {
    private static final String BUNDLE = "dev.cajal.cli.messages";
    // English is the root bundle: asked for by its own locale it would give way to the default locale's.
    private static final ResourceBundle ENGLISH = ResourceBundle.getBundle(BUNDLE, Locale.ROOT);
    private static final List<String> FOREIGN = ENGLISH.keySet().stream()
            .filter(key -> key.startsWith("foreign."))
            .sorted()
            .toList();

    private final Locale locale;
    private final ResourceBundle texts;

    private Language(Locale locale) {
        this.locale = locale;
        this.texts = locale.equals(Locale.ENGLISH) ? ENGLISH : ResourceBundle.getBundle(BUNDLE, locale);
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
                .map(argument -> switch (argument) {
                    case Phrase inner -> text(inner);
                    case String words -> foreign(words);
                    default -> argument;
                })
                .toArray();
        try {
            return String.format(locale, template(phrase), arguments);
        } catch (IllegalFormatException wrong) {
            return phrase.template().formatted(arguments);
        }
    }

    /// What the system or another library says of a failure, as far as its words are known; anything else as it is. The English texts are
    /// patterns of these words.
    private String foreign(String words) {
        if (!locale.equals(Locale.ENGLISH)) {
            for (String key : FOREIGN) {
                Matcher known = Pattern.compile(ENGLISH.getString(key)).matcher(words);
                if (known.matches()) {
                    return known.replaceFirst(texts.getString(key));
                }
            }
        }
        return words;
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
