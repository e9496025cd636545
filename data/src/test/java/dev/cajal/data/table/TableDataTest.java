package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import dev.cajal.data.table.TableOptions.Task;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.type.Phrase;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableDataTest {
    private static final TableOptions LAST = TableOptions.of();

    private static TableData data(String text, TableOptions options) {
        return TableData.of(Table.parse("t.csv", text, CsvOptions.of()), options);
    }

    /// A table with a header, and rows made from their number.
    private static String rows(String header, int count, IntFunction<String> row) {
        return header + "\n" + IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n")) + "\n";
    }

    private static ColumnType type(String name, String text) {
        return data(text, LAST).columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow()
                .type();
    }

    @Test
    void columnsAreWhatTheirTextsSay() {
        String text = rows("n,whole,colour,ok,same,none,when,name,id,target", 40,
                i -> i * 0.5 + "," + i % 7 + "," + List.of("red", "green", "blue").get(i % 3) + ","
                        + (i % 2 == 0 ? "yes" : "no") + ",x,?,2024-01-"
                        + (10 + i % 9) + ",person " + i + "," + (100 + i) + "," + i % 2);
        assertThat(type("n", text)).isEqualTo(new ColumnType.Numbers(0, 19.5, 9.75, false, false));
        assertThat(type("whole", text)).isInstanceOfSatisfying(ColumnType.Numbers.class,
                n -> assertThat(n.whole()).isTrue());
        assertThat(type("colour", text)).isInstanceOfSatisfying(ColumnType.Categories.class,
                categories -> assertThat(categories.counts()).containsExactly(
                        Map.entry("red", 14), Map.entry("blue", 13), Map.entry("green", 13)));
        assertThat(type("ok", text)).isEqualTo(new ColumnType.Truth("no", "yes"));
        assertThat(type("same", text))
                .isEqualTo(new ColumnType.Ignored(Phrase.of("column.constant", "\"%s\" in every row", "x")));
        assertThat(type("none", text)).isEqualTo(new ColumnType.Ignored(Phrase.of("column.empty", "empty")));
        assertThat(type("when", text).describe()).asString().contains("dates");
        assertThat(type("name", text).describe()).asString().contains("such as a name");
        assertThat(type("id", text).describe()).asString().contains("numbers the rows");
    }

    @Test
    void decimalsMayStandBehindAComma() {
        var data = data("price;class\n1,5;a\n2,25;b\n3;a\n-0,5;b\n", LAST);
        assertThat(data.columns().getFirst().type()).isEqualTo(new ColumnType.Numbers(-0.5, 3, 1.5625, false, true));
        assertThat(data.classification().inputs().get(1, 0)).isEqualTo(2.25);
    }

    @Test
    void allWaysToSayMissing() {
        String text = "x,c\n"
                + String.join("\n", List.of(",a", "?,b", "NA,a", "N/A,b", "NaN,a", "null,b", "-,a", "7,b", "8,a"));
        assertThat(data(text, LAST).columns().getFirst().missing()).isEqualTo(7);
    }

    @Test
    void targetsAreChosenByNameThenNumberThenLast() {
        String text = "5,b,c\n1,x,2.5\n2,y,3.5\n1,x,4.5\n";
        var header = CsvOptions.of().withHeader(true);
        for (var wanted : Map.of("5", "5", "b", "b", "2", "b", "last", "c", "3", "c").entrySet()) {
            var data = TableData.of(Table.parse("t", text, header), LAST.withTarget(wanted.getKey()));
            assertThat(data.inputs().schema().target()).as("target %s", wanted.getKey()).isEqualTo(wanted.getValue());
        }
        assertThatThrownBy(() -> TableData.of(Table.parse("t", text, header), LAST.withTarget("4")))
                .hasMessage("t: There is no column 4: the table has columns 1 to 3.");
        assertThatThrownBy(() -> data("length,species\n1,a\n2,b\n", LAST.withTarget("spices")))
                .hasMessageContaining("Did you mean \"species\"?");
    }

    @Test
    void theTaskFollowsFromTheTarget() {
        assertThat(data(rows("x,y", 40, i -> i * 0.1 + "," + i % 4), LAST).task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(data(rows("x,y", 39, i -> i * 0.1 + "," + i % 4), LAST).task()).isEqualTo(Task.REGRESSION);
        assertThat(data(rows("x,y", 40, i -> i * 0.1 + "," + i % 4 * 0.5), LAST).task()).isEqualTo(Task.REGRESSION);
        assertThat(data(rows("x,y", 40, i -> i * 0.1 + ",c" + i % 4), LAST).task()).isEqualTo(Task.CLASSIFICATION);
        String whole = rows("x,y", 40, i -> i * 0.1 + "," + i % 4);
        assertThat(data(whole, LAST.withTask(Task.REGRESSION)).regression().targets().get(3, 0)).isEqualTo(3);
        assertThatThrownBy(() -> data(whole, LAST).regression()).hasMessageContaining("a column for classification");
        assertThatThrownBy(() -> data(rows("x,y", 40, i -> i + ".5,c" + i % 4), LAST.withTask(Task.REGRESSION)))
                .hasMessageContaining("predicted as a number, but has texts in it");
    }

    @Test
    void classesAreInTheOrderOfNumbersThenTexts() {
        var examples = data(rows("x,y", 60, i -> i + ".5," + List.of("10", "9", "2.0").get(i % 3)), LAST)
                .classification();
        assertThat(((ClassTargets<String>) examples.targetEncoding()).classes()).containsExactly("2", "9", "10");
        assertThat(examples.targets().get(0, 0)).isEqualTo(2);
    }

    @Test
    void rowsWithoutATargetAreLeftOutAndCounted() {
        var data = data("x,y\n1.5,a\n2.5,\n3.5,b\n4.5,?\n", LAST);
        assertThat(data.classification().size()).isEqualTo(2);
        assertThat(data.notes()).map(Phrase::toString)
                .containsExactly("2 rows have no value in column \"y\" and were left out.");
        assertThat(data.report()).contains("2 rows have no value");
    }

    @Test
    void whatCannotBeLearnedIsRefused() {
        refused("table.one-class", "All rows belong to one class, \"a\"", "x,y\n1.5,a\n2.5,a\n");
        refused("table.one-value", "the same number, 7.0, in every row", "x,y\n1.5,7\n2.5,7\n");
        refused("table.empty-target", "column \"y\": No row has a value", "x,y\n1.5,\n2.5,?\n");
        refused("table.too-many-classes", "these are no classes", rows("x,y", 50, i -> i + ".5,name " + i));
        refused("table.no-features",
                "There is no column to predict \"y\" from. All others are ignored:\n  x  ignored: \"same\" in every row",
                "x,y\nsame,1.5\nsame,2.5\n");
        refused("table.only-target", "The table has only this one.", "y\n1.5\n2.5\n");
    }

    @Test
    void textAmongNumbersIsRefusedWithItsLineAndColumn() {
        refused("table.not-a-number",
                "t.csv, line 31, column \"age\": \"forty\" is not a number, but 49 of 50 values in this column are.",
                rows("age,y", 50, i -> (i == 29 ? "forty" : i + 0.5) + "," + (i % 2 == 0 ? "a" : "b")));
    }

    private static void refused(String code, String message, String text) {
        assertThatThrownBy(() -> data(text, LAST))
                .isInstanceOfSatisfying(DataException.class, refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageStartingWith("t.csv")
                .hasMessageContaining(message);
    }

    @Test
    void columnsCanBeLeftOut() {
        String text = rows("a,b,y", 20, i -> i + ".5," + (20 - i) + ".5," + (i % 2 == 0 ? "c" : "d"));
        assertThat(data(text, LAST.withIgnored("a")).inputs().names()).containsExactly("b");
        assertThatThrownBy(() -> data(text, LAST.withIgnored("aa"))).hasMessageContaining("Did you mean \"a\"?");
    }

    @Test
    void realTables() {
        var iris = real("uci/iris.csv", "5");
        assertThat(iris.classification().inputShape().size()).isEqualTo(4);
        assertThat(iris.report()).contains("3 classes: Iris-setosa 50, Iris-versicolor 50, Iris-virginica 50");
        assertThat(iris.classification().size()).isEqualTo(150);

        var titanic = real("tabular-other/titanic-train.csv", "Survived");
        assertThat(titanic.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(titanic.inputs().names()).containsExactly("Pclass", "Sex=female", "Sex=male", "Age",
                "Age is missing", "SibSp",
                "Parch", "Fare", "Embarked=C", "Embarked=Q", "Embarked=S", "Embarked is missing");

        assertThat(real("uci/wine.csv", "last").classification().inputShape().size()).isEqualTo(13);
        assertThat(real("uci/abalone.csv", "last").task()).isEqualTo(Task.REGRESSION);
        assertThat(real("uci/auto-insurance.csv", "last").regression().size()).isEqualTo(63);
        assertThat(real("uci/winequality-red.csv", "last").task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(real("uci/breast-cancer-wisconsin.csv", "last").inputs().names()).contains("column 6 is missing");
        assertThat(real("tabular-other/california-housing.csv", "median_house_value").regression().size())
                .isEqualTo(20_640);
        assertThat(real("uci/adult-train.csv", "last").inputs().names()).contains("column 2 is missing",
                "column 10=Female");
    }

    private static TableData real(String file, String target) {
        return TableData.of(Table.read(SharedData.path(file)), LAST.withTarget(target));
    }
}
