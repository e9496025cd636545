package dev.cajal.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import dev.cajal.type.CajalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextDataTest {
    @TempDir
    Path folder;

    private static String read(Characters characters, Rows rows, int row) {
        return characters.decode(IntStream.range(0, rows.width()).map(i -> (int) rows.get(row, i)).toArray());
    }

    @Test
    void charactersAreCodePointsInTheirOrder() {
        var characters = Characters.of("añ🙂a\nb");
        assertThat(characters.symbols()).isEqualTo("\nabñ🙂");
        assertThat(characters.size()).isEqualTo(5);
        assertThat(characters.encode("🙂ab")).containsExactly(4, 1, 2);
        assertThat(characters.decode(4, 3, 0, 1)).isEqualTo("🙂ñ\na");
        assertThat(characters.bytes(4)).isEqualTo("🙂".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anUnknownCharacterIsNamed() {
        assertThatThrownBy(() -> Characters.of("ab\n").encode("ab€"))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("'€' (U+20AC)")
                .hasMessageContaining("none of the 3")
                .hasMessageContaining("\\u000aab");
    }

    @Test
    void targetsAreOneTokenFurther() {
        String text = "abcdefghij".repeat(10);
        var data = TextData.ofCharacters(text, 4);
        var characters = (Characters) data.tokenizer();
        Examples<String, String> train = data.train();
        // 90 tokens, of which the last one is only a target.
        assertThat(train.size()).isEqualTo(22);
        assertThat(read(characters, train.inputs(), 0)).isEqualTo("abcd");
        assertThat(read(characters, train.targets(), 0)).isEqualTo("bcde");
        assertThat(read(characters, train.inputs(), 21)).isEqualTo("efgh");
        assertThat(read(characters, data.test().inputs(), 0)).isEqualTo("abcd");
        assertThat(data.test().size()).isEqualTo(2);
        assertThat(data.tokens()).hasSize(100);
    }

    @Test
    void piecesByChanceAreThoseOfTheTrainingPart() {
        var data = TextData.ofCharacters("abcdefghi".repeat(10) + "z".repeat(10), 3);
        var characters = (Characters) data.tokenizer();
        Examples<String, String> drawn = data.train(200, 5);
        assertThat(drawn.size()).isEqualTo(200);
        for (int i = 0; i < 200; i++) {
            String piece = read(characters, drawn.inputs(), i);
            assertThat("abcdefghi".repeat(2)).contains(piece);
            assertThat(read(characters, drawn.targets(), i)).startsWith(piece.substring(1));
        }
        assertThat(read(characters, data.train(3, 5).inputs(), 2)).isEqualTo(read(characters, drawn.inputs(), 2));
        assertThat(IntStream.range(0, 200).mapToObj(i -> read(characters, drawn.inputs(), i)).distinct().count())
                .isEqualTo(9);
    }

    @Test
    void theTestPartIsNotLearnedFrom() {
        String text = "🙂 one two three ".repeat(90) + "four four four four".repeat(8);
        String training = TextData.trainingPart(text);
        assertThat(text).startsWith(training);
        assertThat(training.codePointCount(0, training.length()))
                .isEqualTo(text.codePointCount(0, text.length()) * 9 / 10);
        var words = Words.learn(training, WordOptions.of());
        var data = TextData.of(text, words, 2);
        assertThat(words.words()).doesNotContain("four");
        assertThat(data.split()).isEqualTo(words.encode(training).length);
        assertThat(IntStream.of(data.tokens()).limit(data.split())).doesNotContain(Words.UNK);
        assertThat(IntStream.of(data.tokens()).skip(data.split())).contains(Words.UNK);
    }

    @Test
    void howABookWasReadIsSaid() throws IOException {
        Path utf8 = Files.writeString(folder.resolve("a.txt"), "señor");
        assertThat(TextData.source(utf8).notes()).isEmpty();
        Path windows = Files.write(folder.resolve("b.txt"), "“señor” – 5 €".getBytes("windows-1252"));
        assertThat(TextData.source(windows).text()).isEqualTo("“señor” – 5 €");
        assertThat(TextData.source(windows).notes()).extracting(Object::toString)
                .containsExactly("The file is not UTF-8; it was read as windows-1252.");
        Path latin = Files.write(folder.resolve("c.txt"), "señor".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(TextData.source(latin).text()).isEqualTo("señor");
        assertThat(TextData.source(latin).notes()).extracting(Object::toString)
                .containsExactly("The file is not UTF-8; it was read as ISO-8859-1.");
        // No character of Windows-1252.
        Path other = Files.write(folder.resolve("d.txt"), new byte[] {'a', (byte) 0x81, (byte) 0x93});
        assertThat(TextData.source(other).text()).isEqualTo("a\u0081\u0093");
    }

    @Test
    void whatIsWrongWithAFileNamesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("book.txt"), "abc\nab\nbä\n".repeat(20));
        var source = TextData.source(file);
        assertThatThrownBy(() -> source.by(Characters.of("abc\n"), 2)).isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + ", line 3: The character 'ä' (U+00E4)");
        assertThatThrownBy(() -> source.by(Characters.of(source.text()), 100)).isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + ": The text has 200 tokens");
        assertThat(source.by(Characters.of(source.text()), 4)).isEqualTo(TextData.ofCharacters(source.text(), 4));
    }

    @Test
    void tooLittleTextIsRefused() throws IOException {
        assertThatThrownBy(() -> TextData.ofCharacters("ab".repeat(20), 64))
                .hasMessageContaining("has 40 tokens").hasMessageContaining("650");
        String uneven = "a ".repeat(90) + "abcdefghijklmnopqrst";
        assertThatThrownBy(() -> TextData.of(uneven, Words.learn(uneven, WordOptions.of()), 2))
                .hasMessageContaining("1 to test with").hasMessageContaining("at least 3 of each");
        Path blank = Files.writeString(folder.resolve("blank.txt"), "\n  \n");
        assertThatThrownBy(() -> TextData.read(blank)).isInstanceOf(DataException.class)
                .hasMessageContaining("blank.txt").hasMessageContaining("white space");
        Path picture = Files.write(folder.resolve("picture.txt"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10});
        assertThatThrownBy(() -> TextData.read(picture)).hasMessageContaining("not a file of text")
                .hasMessageContaining("a picture");
    }
}
