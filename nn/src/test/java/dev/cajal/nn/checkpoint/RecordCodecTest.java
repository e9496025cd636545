package dev.cajal.nn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.type.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    interface Part {}

    enum Colour implements Part {
        RED, GREEN
    }

    record Box(int width, double depth, long volume, float weight, boolean open, String name, Shape shape)
            implements Part {}

    record Tree(List<Part> parts, Optional<Part> extra, Map<String, Double> numbers, List<List<Integer>> table)
            implements Part {}

    record Positive(int number) implements Part {
        Positive {
            if (number < 1) {
                throw new IllegalArgumentException("the number has to be positive");
            }
        }
    }

    private final RecordCodec codec = new RecordCodec(List.of(Colour.class, Box.class, Tree.class, Positive.class));

    @Test
    void whatIsWrittenIsReadAgain() {
        Box box = new Box(3, 0.1, 1L << 60, 1.5f, true, "ñ", Shape.of(2, 3));
        Tree tree = new Tree(
                List.of(box, Colour.GREEN, new Tree(List.of(), Optional.empty(), Map.of(), List.of())),
                Optional.of(Colour.RED),
                Map.of("pi", Math.PI),
                List.of(List.of(1, 2), List.of()));
        Json json = Json.parse(codec.write(tree).print());
        assertThat(codec.read(json, Part.class)).isEqualTo(tree);
    }

    @Test
    void aLambdaCannotBeWritten() {
        Part lambda = new Part() {};
        assertThatThrownBy(() -> codec.write(new Tree(List.of(lambda), Optional.empty(), Map.of(), List.of())))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("Tree.parts[0]")
                .hasMessageContaining("Make it a record");
    }

    record Stranger(int number) implements Part {}

    @Test
    void anUnknownTypeIsRefusedBothWays() {
        assertThatThrownBy(() -> codec.write(new Stranger(1))).hasMessageContaining("withTypes(Stranger.class)");
        Json json = codec.with(List.of(Stranger.class)).write(new Stranger(1));
        assertThatThrownBy(() -> codec.read(json, Part.class)).hasMessageContaining("a type that is not known here");
        assertThat(codec.with(List.of(Stranger.class)).read(json, Part.class)).isEqualTo(new Stranger(1));
    }

    @Test
    void aFileCannotNameAClassToLoad() {
        Json json = Json.parse("{\"type\": \"java.lang.ProcessBuilder\"}");
        assertThatThrownBy(() -> codec.read(json, Part.class)).hasMessageContaining("not known here");
    }

    @Test
    void membersTooManyOrTooFewAreRefused() {
        assertThatThrownBy(() -> codec.read(Json.parse("{\"type\": \"Positive\"}"), Part.class))
                .hasMessageContaining("lacks 'number'");
        assertThatThrownBy(
                () -> codec.read(Json.parse("{\"type\": \"Positive\", \"number\": 1, \"more\": 2}"), Part.class))
                .hasMessageContaining("'more', which is not known here");
    }

    @Test
    void theRecordsOwnChecksCount() {
        assertThatThrownBy(() -> codec.read(Json.parse("{\"type\": \"Positive\", \"number\": 0}"), Part.class))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("the number has to be positive");
    }

    @Test
    void kindsAreChecked() {
        assertThatThrownBy(() -> codec.read(Json.parse("{\"type\": \"Positive\", \"number\": \"x\"}"), Part.class))
                .hasMessageContaining("number needs a int");
        assertThatThrownBy(() -> codec.read(Json.parse("{\"type\": \"Positive\", \"number\": 1}"), Box.class))
                .hasMessageContaining("is a Positive where a Box is needed");
        assertThatThrownBy(() -> codec.read(Json.parse("{\"type\": \"Colour\", \"name\": \"BLUE\"}"), Part.class))
                .hasMessageContaining("BLUE");
    }

    static final class Other {
        record Box(int n) {}
    }

    @Test
    void simpleNamesHaveToDiffer() {
        assertThatThrownBy(() -> new RecordCodec(List.of(Box.class, Other.Box.class)))
                .hasMessageContaining("same simple name");
    }
}
