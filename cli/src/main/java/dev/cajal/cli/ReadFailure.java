package dev.cajal.cli;

import dev.cajal.type.Phrase;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// Why a file or folder cannot be read, in words: many of Java's exceptions have none but the path.
final class ReadFailure {
    private ReadFailure() {}

    static Phrase reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> Phrase.words("permission denied");
            case NoSuchFileException _ -> Phrase.words("it is not there");
            case CharacterCodingException _ -> Phrase.words("it is no text in UTF-8");
            default -> Phrase.verbatim(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        };
    }
}
