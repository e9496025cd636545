package dev.cajal.nn;

import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.PaddedTexts;
import dev.cajal.nn.example.Prediction;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.nn.layer.Conv1d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.Padded;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.train.Trainer;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.type.CajalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts of many lengths, from encoding to prediction.
class PaddedTextsTest {
    private static final int LENGTH = 48;

    /// The bytes of a text less those of `a`.
    record Letters(int size) implements Tokenizer {
        @Override
        public int[] encode(String text) {
            return text.chars().map(c -> c - 'a').toArray();
        }

        @Override
        public byte[] bytes(int token) {
            return new byte[] {(byte) ('a' + token)};
        }
    }

    private static final PaddedTexts ENCODING = PaddedTexts.of(new Letters(5), LENGTH);
    private static final ClassTargets<Boolean> CLASSES = new ClassTargets<>(List.of(false, true));

    private static final Layer NETWORK = Padded.of(ENCODING.padding(), Network.sequential(
            Embedding.of(ENCODING.vocabulary(), 8), Conv1d.of(16, 2, RELU).withSamePadding(), GlobalPooling.max(),
            Dropout.of(0.1), Dense.of(2)));

    private static final Fit FIT = Fit.of().withEpochs(4).withBatch(16).withOptimizer(Optimizers.adam(0.01));

    /// Whether there is an `ab` in a text.
    private static List<String> texts(int count) {
        SplittableRandom random = new SplittableRandom(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(1, i % 4 == 0 ? LENGTH : 12);
            random.ints(length, 'a', 'f').forEach(text::appendCodePoint);
            texts.add(i % 2 == 0 ? text.toString().replace("ab", "ba") : text + "ab");
        }
        return texts;
    }

    private static Examples<String, Boolean> examples(int count) {
        List<String> texts = texts(count);
        return Examples.of(ENCODING, CLASSES, texts, texts.stream().map(text -> text.contains("ab")).toList());
    }

    @Test
    void aTextIsCutAtTheFrontOrFilledUp() {
        var encoding = PaddedTexts.of(new Letters(5), 3);
        assertThat(encoding.padding()).isEqualTo(5);
        assertThat(encoding.vocabulary()).isEqualTo(6);
        assertThat(encode(encoding, "ab")).containsExactly(0, 1, 5);
        assertThat(encode(encoding, "abcd")).containsExactly(0, 1, 2);
        assertThat(encode(encoding, "")).containsExactly(5, 5, 5);
        assertThat(new PaddedTexts(new Letters(5), 3, 0).vocabulary()).isEqualTo(5);
        assertThatThrownBy(() -> new PaddedTexts(new Letters(5), 3, 6)).isInstanceOf(CajalException.class)
                .hasMessageContaining("5").hasMessageContaining("6");
        assertThatThrownBy(() -> PaddedTexts.of(new Letters(5), 0)).isInstanceOf(CajalException.class)
                .hasMessageContaining("at least 1");
    }

    private static double[] encode(PaddedTexts encoding, String text) {
        double[] numbers = {9, 9, 9, 9};
        encoding.encode(text, numbers, 1);
        assertThat(numbers[0]).isEqualTo(9);
        return new double[] {numbers[1], numbers[2], numbers[3]};
    }

    @Test
    void whatIsTrainedInBatchesPredictsForEachTextWhatItDoesAlone(@TempDir Path folder) {
        Examples<String, Boolean> examples = examples(400);
        Model<String, Boolean> model = NETWORK.fit(examples, FIT.withEpochs(12));
        assertThat(model.evaluate(examples).accuracy()).isGreaterThan(0.97);
        model.save(folder.resolve("model.cajal"), Letters.class);
        var loaded = Model.load(folder.resolve("model.cajal"), String.class, Boolean.class, Letters.class);
        assertThat(loaded.inputs()).isEqualTo(ENCODING);
        List<String> texts = texts(40);
        List<Prediction<Boolean>> together = model.predict(texts);
        assertThat(loaded.predict(texts)).isEqualTo(together);
        for (int i = 0; i < texts.size(); i++) {
            Prediction<Boolean> alone = model.predict(texts.get(i));
            assertThat(alone.label()).isEqualTo(together.get(i).label());
            assertThat(alone.probability()).isCloseTo(together.get(i).probability(), within(1e-5));
        }
    }

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aRunThatIsKilledAndResumedHasTheBitsOfOneThatWasNot() {
        Examples<String, Boolean> examples = examples(120);
        var whole = Training.of(NETWORK, examples, FIT).run(TrainingListener.NONE);
        Trainer.Snapshot[] latest = new Trainer.Snapshot[1];
        var first = Training.of(NETWORK, examples, FIT.withSnapshotSeconds(0));
        try {
            first.run(first.start(), TrainingListener.NONE, snapshot -> {
                if (snapshot.position().epoch() == 2 && snapshot.position().step() == 3) {
                    latest[0] = snapshot;
                    throw new Stop();
                }
            });
        } catch (Stop expected) {
            assertThat(latest[0].position().step()).isEqualTo(3);
        }
        var resumed = Training.of(NETWORK, examples, FIT).run(latest[0], TrainingListener.NONE, _ -> {});
        whole.model().variables().parameters().forEach((name, tensor) -> assertThat(
                resumed.model().variables().parameters().get(name).toFloats()).containsExactly(tensor.toFloats()));
    }

    @Test
    void aBatchInPartsIsCutToo() {
        Examples<String, Boolean> examples = examples(400);
        Model<String, Boolean> model = NETWORK.fit(examples, FIT.withEpochs(12).withAccumulation(2));
        assertThat(model.evaluate(examples).accuracy()).isGreaterThan(0.97);
    }
}
