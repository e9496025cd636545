package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.data.dataset.DataTypes;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.Standardization;
import dev.cajal.type.Phrase;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableInputsTest {
    private static final String TRAINING = """
            size,colour,ok,class
            1.0,red,yes,a
            2.0,red,no,b
            3.0,red,yes,a
            ,blue,,b
            2.0,blue,no,a
            4.0,blue,yes,b
            2.0,green,yes,b
            0.0,,no,a
            """;

    private static Table table(String text) {
        return Table.parse("t.csv", text, CsvOptions.of());
    }

    private static TableData training() {
        return TableData.of(table(TRAINING), TableOptions.of());
    }

    private static TableInputs learned() {
        return training().inputs().learn(training().classification().inputs());
    }

    @Test
    void numbersAreStandardisedOverTheRowsThatHaveThem() {
        var inputs = learned();
        var rows = training().classification().inputs();
        float[] prepared = inputs.prepare(rows.batch(IntStream.range(0, 8).toArray(), 0, 8, 8)).toFloats();
        int width = inputs.names().size();
        double deviation = Math.sqrt((1 + 0 + 1 + 0 + 4 + 0 + 4) / 7.0);
        assertThat(inputs.names().getFirst()).isEqualTo("size");
        assertThat(prepared[0]).isEqualTo((float) ((1 - 2) / deviation), within(1e-6f));
        assertThat(prepared[3 * width]).as("missing is the mean").isZero();
        assertThat(prepared[3 * width + 1]).as("and said to be missing").isEqualTo(1);
    }

    @Test
    void columnsHaveMeanZeroAndDeviationOne() {
        var random = new SplittableRandom(3);
        var text = new StringBuilder("x,y,class\n");
        for (int i = 0; i < 500; i++) {
            text.append(1e6 + random.nextInt(100)).append(',')
                    .append(random.nextInt(5) == 0 ? "?" : random.nextDouble() * 1e-3)
                    .append(',').append(i % 2 == 0 ? "a\n" : "b\n");
        }
        var data = TableData.of(table(text.toString()), TableOptions.of());
        var rows = data.classification().inputs();
        float[] prepared = data.inputs().learn(rows).prepare(rows.batch(IntStream.range(0, 500).toArray(), 0, 500, 500))
                .toFloats();
        for (int column = 0; column < 2; column++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < 500; row++) {
                sum += prepared[row * 3 + column];
                squares += Math.pow(prepared[row * 3 + column], 2);
            }
            assertThat(sum / 500).isEqualTo(0, within(1e-2));
            assertThat(squares / rowsPresent(rows, column)).isEqualTo(1, within(1e-2));
        }
    }

    private static int rowsPresent(Rows rows, int column) {
        return (int) IntStream.range(0, rows.count()).filter(row -> !Double.isNaN(rows.get(row, column))).count();
    }

    @Test
    void onlyTheTrainingRowsAreLearnedFrom() {
        var all = training().classification();
        var some = all.select(0, 1, 2);
        var learned = (TableInputs) some.encoding().learn(some.inputs());
        assertThat(learned.standardization().orElseThrow().mean().getFirst()).isEqualTo(2);
        assertThat(learned.standardization().orElseThrow().deviation().getFirst()).isEqualTo(Math.sqrt(2 / 3.0),
                within(1e-6));
    }

    @Test
    void categoriesHaveAPlaceEachRareOnesOneTogetherAndMissingOne() {
        var inputs = training().inputs();
        assertThat(inputs.names()).containsExactly("size", "size is missing", "colour=blue", "colour=red",
                "colour is another",
                "colour is missing", "ok", "ok is missing");
        assertThat(encoded(inputs, Map.of("size", "1", "colour", "red", "ok", "yes"))).containsExactly(1, 0, 0, 1, 0, 0,
                1, 0);
        assertThat(encoded(inputs, Map.of("size", "1", "colour", "green", "ok", "no"))).containsExactly(1, 0, 0, 0, 1,
                0, 0, 0);
        assertThat(encoded(inputs, Map.of("size", "1", "colour", "unheard of", "ok", "TRUE"))).containsExactly(1, 0, 0,
                0, 1, 0, 1, 0);
        assertThat(encoded(inputs, Map.of())).containsExactly(Double.NaN, 1, 0, 0, 0, 1, Double.NaN, 1);
    }

    private static double[] encoded(TableInputs inputs, Map<String, String> fields) {
        double[] numbers = new double[inputs.names().size()];
        inputs.encode(TableRow.of(fields), numbers, 0);
        return numbers;
    }

    @Test
    void textWhereTheModelNeedsANumberIsRefused() {
        assertThatThrownBy(() -> encoded(learned(), Map.of("size", "big")))
                .hasMessage("Column \"size\" needs a number, but has \"big\".");
        assertThatThrownBy(() -> encoded(learned(), Map.of("size", "1", "ok", "maybe")))
                .hasMessage("Column \"ok\" needs yes or no, but has \"maybe\".");
        assertThatThrownBy(() -> examples("size,colour,ok,class\n1,red,yes,a\nbig,red,no,b\n"))
                .hasMessage("t.csv, line 3: Column \"size\" needs a number, but has \"big\".");
    }

    private static double[] examples(String text) {
        var examples = TableData.examples(table(text), learned(), new ClassTargets<>(List.of("a", "b")));
        return IntStream.range(0, examples.size()).mapToDouble(i -> examples.inputs().get(i, 0)).toArray();
    }

    @Test
    void columnsOfAnotherTableMayStandInAnyOrder() {
        assertThat(examples("class,ok,extra,colour,size\nb,no,1,red,5\na,yes,2,blue,6\n")).containsExactly(5, 6);
        var fitted = learned().schema().fit(table("class,ok,extra,colour,size\nb,no,1,red,5\n"));
        assertThat(fitted.notes()).map(Phrase::toString)
                .containsExactly("Not used, since the model was trained without: \"extra\".");
        assertThat(fitted.hasTarget()).isTrue();
        assertThat(learned().schema().fit(table("ok,colour,size\nno,red,5\n")).hasTarget()).isFalse();
    }

    @Test
    void columnsThatAreNotThereAreNamed() {
        assertThatThrownBy(() -> learned().schema().fit(table("class,sise,colour\nb,1,red\n")))
                .hasMessage(
                        "t.csv: The model needs the columns \"size\", \"ok\", which are not there. Did you mean \"sise\"? The columns are: "
                                + "\"class\", \"sise\", \"colour\".");
    }

    @Test
    void withoutNamesTheOrderCounts() {
        var data = TableData.of(table("1,a,5.5\n2,b,6.5\n3,a,7.5\n"), TableOptions.of().withTarget("2"));
        var schema = data.inputs().schema();
        assertThat(schema.fit(table("1,a,5.5\n2,b,6.5\n")).table().columns()).containsExactly("column 1", "column 2",
                "column 3");
        assertThat(schema.fit(table("1,5.5\n2,6.5\n")).table().columns()).containsExactly("column 1", "column 3");
        assertThatThrownBy(() -> schema.fit(table("1\n2\n"))).hasMessageContaining("trained with 3 columns, 2 of them");
        assertThat(learned().schema().fit(table("1,red,yes,a\n2,blue,no,b\n")).notes().getFirst())
                .asString().contains("order of training");
    }

    @Test
    void labelsOfAnotherTableHaveToBeKnown() {
        assertThatThrownBy(() -> examples("size,colour,ok,class\n1,red,yes,aa\n"))
                .hasMessage(
                        "t.csv, line 2, column \"class\": The model does not know the class \"aa\". Did you mean \"a\"? It knows: a, b.");
        assertThatThrownBy(() -> examples("size,colour,ok\n1,red,yes\n"))
                .hasMessageContaining("\"class\", is not in this table");
        assertThatThrownBy(() -> examples("size,colour,ok,class\n1,red,yes,?\n"))
                .hasMessageContaining("line 2, column \"class\"");
        var numbers = NumberTargets.<Double>of(NumberTargets.Kind.DOUBLE, 1);
        assertThatThrownBy(() -> TableData.examples(table("size,colour,ok,class\n1,red,yes,a\n"), learned(), numbers))
                .hasMessageContaining("A number is needed, but there is \"a\".");
    }

    @Test
    void theyCanBeSavedWithAModel() {
        var codec = new RecordCodec(new DataTypes().types()).with(List.of(Standardization.class));
        var json = codec.write(learned());
        assertThat(codec.read(json, InputEncoding.class)).isEqualTo(learned());
    }
}
