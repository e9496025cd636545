package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.table.TableOptions.Task;
import dev.cajal.data.text.WordOptions;
import dev.cajal.data.text.Words;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.Padded;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.type.Phrase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTableTest {
    private static final String REVIEWS = """
            stars,review
            good,a fine film about cats
            bad,a dull film about dogs
            good,"cats, cats and a fine plot"
            bad,so dull and so long
            good,fine
            bad,dull dull dull
            """;

    private static LabelledTable labelled(String csv, TableOptions options) {
        return LabelledTable.of(Table.parse("t", csv, CsvOptions.of()), options);
    }

    private static TextTable reviews() {
        return TextTable.of(Table.parse("t", REVIEWS, CsvOptions.of()), TableOptions.of().withTarget("stars"));
    }

    @Test
    void aTableWhoseOnlyOtherColumnHasTextsIsOne() {
        TextTable reviews = reviews();
        assertThat(reviews.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(reviews.texts()).hasSize(6).contains("cats, cats and a fine plot");
        assertThat(reviews.report()).contains("stars   to predict: 2 classes: bad 3, good 3")
                .contains("review  text, 4.2 words on average");
        assertThat(labelled("x,kind\n1.5,a rather long text\n2.5,another rather long one\n", TableOptions.of()
                .withTarget("kind"))).isInstanceOf(TableData.class);
        // Texts of one word are names.
        assertThatThrownBy(() -> labelled("name,kind\nanna,f\nbert,m\nclara,f\n", TableOptions.of()))
                .isInstanceOf(DataException.class).hasMessageContaining("All others are ignored");
        assertThat(labelled("name,kind\nanna,f\nbert,m\nclara,f\n", TableOptions.of().withText("name")))
                .isInstanceOf(TextTable.class);
    }

    @Test
    void aColumnThatIsNamedIsReadAlone() {
        var data = labelled("x,body,kind\n1.5,some words here,a\n2.5,others,b\n3,,a\n4,?,b\n",
                TableOptions.of().withText("2"));
        assertThat(data).isInstanceOfSatisfying(TextTable.class,
                texts -> assertThat(texts.texts()).containsExactly("some words here", "others"));
        assertThat(data.findings()).map(Phrase::toString).contains(
                "  x     ignored: the texts alone are predicted from",
                "2 rows have no value in column \"body\" and were left out.");
    }

    @Test
    void numbersArePredictedToo() {
        var data = labelled("body,price\na b c d,1.5\nb c d e,2.5\nc d e f,3.25\n", TableOptions.of());
        assertThat(((TextTable) data).examples(Words.learn("a b c", WordOptions.of()), 3).targetEncoding())
                .isInstanceOf(NumberTargets.class);
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> labelled(REVIEWS, TableOptions.of().withTarget("stars").withText("stars")))
                .hasMessageContaining("\"stars\"").hasMessageContaining("cannot be both");
        assertThatThrownBy(() -> labelled(REVIEWS, TableOptions.of().withTarget("stars").withText("revue")))
                .hasMessageContaining("Did you mean \"review\"?");
        assertThatThrownBy(() -> labelled("a,body\nx,\ny,\n", TableOptions.of().withTarget("a").withText("body")))
                .hasMessageContaining("No row has a text");
        assertThatThrownBy(() -> TableData.of(Table.parse("t", REVIEWS, CsvOptions.of()), TableOptions.of()
                .withTarget("stars"))).hasMessageContaining("use TextTable");
        assertThatThrownBy(() -> TextTable.of(Table.parse("t", "x,y\n1,2\n2,3\n", CsvOptions.of()), TableOptions.of()))
                .hasMessageContaining("withText");
    }

    @Test
    void partsAreThoseOfTheExamples() {
        TextTable.Parts parts = reviews().split(0.34, 3);
        assertThat(parts.train().size()).isEqualTo(4);
        assertThat(parts.test().size()).isEqualTo(2);
        var words = Words.learn(reviews().texts(), WordOptions.of());
        assertThat(reviews().longest(words)).isEqualTo(7);
        Examples<TableRow, ?> all = reviews().examples(words, 8);
        assertThat(parts.test().texts()).doesNotContainAnyElementsOf(parts.train().texts());
        var second = all.split(0.34, 3).second();
        for (int i = 0; i < 8; i++) {
            assertThat(parts.test().examples(words, 8).inputs().get(1, i)).isEqualTo(second.inputs().get(1, i));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void aSavedModelReadsOtherTablesAndSentences(@TempDir Path folder) {
        var words = Words.learn(reviews().texts(), WordOptions.of());
        var examples = (Examples<TableRow, String>) reviews().examples(words, 8);
        assertThat(((ClassTargets<String>) examples.targetEncoding()).classes()).containsExactly("bad", "good");
        var network = Padded.of(Words.PAD, Network.sequential(Embedding.of(words.size(), 8), GlobalPooling.average(),
                Dense.of(2)));
        network.fit(examples, Fit.of().withEpochs(100).withOptimizer(Optimizers.adam(0.02)))
                .save(folder.resolve("model.cajal"));
        var model = Model.load(folder.resolve("model.cajal"), TableRow.class, String.class);
        assertThat(model.inputs()).isEqualTo(examples.encoding());
        var inputs = (TableTexts) model.inputs();
        assertThat(model.predict(List.of(inputs.row("a fine thing"), inputs.row("how dull"))))
                .map(prediction -> prediction.label()).containsExactly("good", "bad");
        assertThat(model.predict(inputs.row("")).probability()).isBetween(0.5, 1.0);
        var other = Table.parse("t", "id,review,stars\n7,fine fine,good\n8,dull,bad\n9,,good\n", CsvOptions.of());
        assertThat(model.evaluate(TableData.examples(other, inputs, model.targets())).examples()).isEqualTo(3);
        assertThat(model.evaluate(TableData.examples(other.select(0, 1), inputs, model.targets())).accuracy())
                .isEqualTo(1);
    }
}
