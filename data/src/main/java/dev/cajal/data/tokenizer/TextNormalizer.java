package dev.cajal.data.tokenizer;

import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// A change of a text before it is cut into tokens.
public sealed interface TextNormalizer
        permits TextNormalizer.UnicodeForm, TextNormalizer.Lowercase, TextNormalizer.Replacement,
        TextNormalizer.Prefix, MappedCharacters {
    /// The change itself, for many texts.
    UnaryOperator<String> change();

    /// One of Unicode's normal forms.
    ///
    /// @param form `NFC`, `NFD`, `NFKC` or `NFKD`
    record UnicodeForm(String form) implements TextNormalizer {
        /// @throws IllegalArgumentException if there is no such form
        public UnicodeForm {
            Form.valueOf(form);
        }

        @Override
        public UnaryOperator<String> change() {
            Form unicode = Form.valueOf(form);
            return text -> java.text.Normalizer.normalize(text, unicode);
        }
    }

    /// Small letters instead of capital ones, each character for itself.
    record Lowercase() implements TextNormalizer {
        @Override
        public UnaryOperator<String> change() {
            return text -> {
                StringBuilder lower = new StringBuilder(text.length());
                text.codePoints().forEach(point -> lower.append(Character.toString(point).toLowerCase(Locale.ROOT)));
                return lower.toString();
            };
        }
    }

    /// Another text for each that a pattern finds.
    ///
    /// @param pattern as [java.util.regex.Pattern] has them
    /// @param text as [java.util.regex.Matcher#replaceAll(String)] takes it
    record Replacement(String pattern, String text) implements TextNormalizer {
        /// @throws dev.cajal.type.CajalException if the pattern is none
        public Replacement {
            Patterns.of(pattern);
        }

        @Override
        public UnaryOperator<String> change() {
            var compiled = Patterns.of(pattern);
            return before -> compiled.matcher(before).replaceAll(text);
        }
    }

    /// A text before the whole, unless that is empty.
    record Prefix(String text) implements TextNormalizer {
        @Override
        public UnaryOperator<String> change() {
            return before -> before.isEmpty() ? before : text + before;
        }
    }
}
