package dev.cajal.cli;

import dev.cajal.type.CajalException;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// The texts of the interface in one language. Libraries speak English; what they throw has a code, and where the bundle has a template of
/// that code it takes the place of the English one.
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
        try {
            return String.format(
                    locale, texts.getString("error." + exception.code()), exception.arguments().toArray());
        } catch (MissingResourceException | IllegalFormatException untranslated) {
            return String.valueOf(exception.getMessage());
        }
    }
}
