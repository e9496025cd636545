package dev.cajal.data.file;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.type.Phrase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// The characters of a text file, which may be compressed with gzip.
///
/// @param text without a byte order mark
/// @param charset what the bytes were read as
public record TextFile(String text, Charset charset) {
    private static final long LARGEST = 1L << 30;
    private static final int GZIP = 0x1f8b;
    /// Latin-1 with letters and quotation marks in place of 32 control characters.
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    /// Of Latin-1's control characters that are above those of ASCII, which begin with the lowest number that a byte has.
    private static final byte LAST_CONTROL = (byte) 0x9f;
    private static final Phrase PICTURE = Phrase.of("format.picture", "a picture");
    /// What people hand over instead of text, by its first bytes.
    private static final Map<String, Phrase> OTHER_FORMATS = Map.of(
            "PK\u0003\u0004",
            Phrase.of("format.zip", "a ZIP archive or an Excel workbook; unpack it, or save the sheet as CSV"),
            "\u00d0\u00cf\u0011\u00e0",
            Phrase.of("format.excel", "an Excel workbook of an old kind; save the sheet as CSV"),
            "%PDF", Phrase.of("format.pdf", "a PDF document"),
            "\u0089PNG", PICTURE,
            "\u00ff\u00d8\u00ff", PICTURE,
            "PAR1", Phrase.of("format.parquet", "a Parquet file; save it as CSV"),
            "SQLi", Phrase.of("format.sqlite", "an SQLite database; export the table as CSV"));

    /// Reads a file.
    ///
    /// @throws DataException if it is missing, empty, damaged, or not text
    public static TextFile read(Path file) {
        var place = Place.of(file);
        byte[] bytes = new DataFile(file).bytes(LARGEST);
        if (startsWith(bytes, GZIP >> 8, GZIP & 0xff)) {
            bytes = unpacked(bytes, place);
        }
        if (startsWith(bytes, 0xff, 0xfe)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16LE, place);
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16BE, place);
        }
        requireText(bytes, place);
        try {
            int start = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
            return decoded(bytes, start, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            return notUtf8(bytes, place);
        }
    }

    /// What Windows wrote for decades, if there is something in it that no text in Latin-1 has.
    private static TextFile notUtf8(byte[] bytes, Place place) {
        for (byte each : bytes) {
            if (each <= LAST_CONTROL) {
                try {
                    return decoded(bytes, 0, WINDOWS);
                } catch (CharacterCodingException another) {
                    break;
                }
            }
        }
        return decoded(bytes, 0, StandardCharsets.ISO_8859_1, place);
    }

    /// What a person should know about how the bytes were read.
    public List<Phrase> notes() {
        return charset.equals(StandardCharsets.UTF_8)
                ? List.of()
                : List.of(Phrase.of("note.charset", "The file is not UTF-8; it was read as %s.", charset));
    }

    private static byte[] unpacked(byte[] bytes, Place place) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] unpacked = in.readNBytes((int) LARGEST + 1);
            if (unpacked.length > LARGEST) {
                throw new DataException("text.unpacked-too-large", place, null,
                        "Unpacked, the file has more than %s MB; texts are read into memory.", LARGEST >> 20);
            }
            if (unpacked.length == 0) {
                throw new DataException("text.unpacked-empty", place, null, "Unpacked, the file is empty.");
            }
            return unpacked;
        } catch (IOException cause) {
            throw new DataException("text.damaged", place, cause,
                    "The file is damaged: its compression breaks off or does not fit (%s). Copy or download it again.",
                    String.valueOf(cause.getMessage()));
        }
    }

    private static void requireText(byte[] bytes, Place place) {
        String start = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
        OTHER_FORMATS.forEach((magic, what) -> {
            if (start.startsWith(magic)) {
                throw new DataException("text.other-format", place, null,
                        "This is not a file of text, such as CSV, but %s.", what);
            }
        });
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t' && bytes[i] != '\n' && bytes[i] != '\r'
                    && bytes[i] != '\f') {
                throw new DataException("text.binary", place, null,
                        "This is not a file of text, such as CSV: byte %s of it is 0x%02x, which is not part of any text.",
                        i + 1,
                        bytes[i]);
            }
        }
    }

    private static TextFile decoded(byte[] bytes, int start, Charset charset, Place place) {
        try {
            return decoded(bytes, start, charset);
        } catch (CharacterCodingException cause) {
            throw new DataException("text.encoding", place, cause, "The file begins like text in %s, but is not.",
                    charset);
        }
    }

    private static TextFile decoded(byte[] bytes, int start, Charset charset) throws CharacterCodingException {
        var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes, start, bytes.length - start));
        return new TextFile(text.toString(), charset);
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
