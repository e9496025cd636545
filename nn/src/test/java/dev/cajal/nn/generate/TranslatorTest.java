package dev.cajal.nn.generate;

import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Evaluation;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.SentencePair;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.nn.layer.CrossAttention;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.EncoderDecoder;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.MultiHeadAttention;
import dev.cajal.nn.layer.PositionEmbedding;
import dev.cajal.nn.layer.Residual;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A language in which each word is spelled with other letters.
class TranslatorTest {
    private static final int LENGTH = 8;
    private static final Tokenizer SOURCE = new GeneratorTest.Letters(4);
    private static final Tokenizer TARGET = new GeneratorTest.Letters(4);
    private static final SentencePairs PAIRS = new SentencePairs(SOURCE, TARGET, LENGTH);
    private static Model<SentencePair, String> model;

    private static String word(SplittableRandom random) {
        return random.ints(random.nextInt(1, 5), 'a', 'e')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String translated(String word) {
        return word.chars().map(letter -> 'a' + (letter - 'a' + 1) % 4)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static List<String> words(int count, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count).mapToObj(_ -> word(random)).toList();
    }

    private static Examples<SentencePair, String> examples(int count, int seed) {
        List<String> words = words(count, seed);
        return Examples.of(PAIRS, new Sentences(TARGET, LENGTH),
                words.stream().map(word -> new SentencePair(word, translated(word))).toList(),
                words.stream().map(TranslatorTest::translated).toList());
    }

    private static Layer side(Layer... inside) {
        return Network.sequential(
                Embedding.of(SOURCE.marked(), 32), PositionEmbedding.of(LENGTH), Network.sequential(inside),
                Residual.of(Network.sequential(LayerNorm.of(), Dense.of(64, RELU), Dense.of(32))), LayerNorm.of());
    }

    private static Layer branch(Layer inside) {
        return Residual.of(Network.sequential(LayerNorm.of(), inside));
    }

    private static Layer network() {
        return EncoderDecoder.of(PAIRS.padding(),
                side(branch(MultiHeadAttention.of(2))),
                Network.sequential(side(branch(MultiHeadAttention.causal(2)), branch(CrossAttention.of(2))),
                        Dense.of(TARGET.marked())));
    }

    @BeforeAll
    static void train() {
        model = network().fit(examples(800, 1),
                Fit.of().withEpochs(16).withBatch(32).withOptimizer(Optimizers.adam(5e-3)));
    }

    @Test
    void wordsAreTranslatedAsTheyAreLearned(@TempDir Path folder) {
        List<String> words = words(70, 2);
        List<String> expected = words.stream().map(TranslatorTest::translated).toList();
        model.save(folder.resolve("model.cajal"), GeneratorTest.Letters.class);
        var loaded = Model.load(folder.resolve("model.cajal"), SentencePair.class, String.class,
                GeneratorTest.Letters.class);
        assertThat(loaded.inputs()).isEqualTo(PAIRS);
        Translator translator = Translator.of(model);
        for (int width : new int[] {1, 3}) {
            List<String> found = translator.translate(words, Beam.of(width));
            assertThat(IntStream.range(0, words.size()).filter(i -> found.get(i).equals(expected.get(i))).count())
                    .isGreaterThan(50);
            assertThat(Translator.of(loaded).translate(words, Beam.of(width))).isEqualTo(found);
            // Together they are what each is alone.
            for (int i = 0; i < words.size(); i += 9) {
                assertThat(translator.translate(words.get(i), Beam.of(width))).isEqualTo(found.get(i));
            }
        }
    }

    /// The loss of each token by itself, from the network's outputs.
    @Test
    void measuresAreMeansOfTheTokensThatAreThere() {
        Examples<SentencePair, String> examples = examples(45, 3);
        Evaluation evaluation = model.evaluate(examples);
        double loss = 0;
        double right = 0;
        int count = 0;
        for (int row = 0; row < examples.size(); row++) {
            Tensor logits = model.network().apply(model.variables(),
                    examples.inputs().batch(new int[] {row}, 0, 1, 1), Mode.inference()).output();
            double[] logs = logits.logSoftmax(-1).toDoubles();
            int[] best = logits.argMax(-1).toInts();
            String target = examples.targetEncoding() instanceof Sentences sentences
                    ? sentences.decode(examples.targets(), row)
                    : "";
            for (int position = 0; position <= target.length(); position++) {
                int wanted = position < target.length() ? target.charAt(position) - 'a' : TARGET.end();
                loss -= logs[position * TARGET.marked() + wanted];
                right += best[position] == wanted ? 1 : 0;
                count++;
            }
        }
        assertThat(evaluation.loss()).isCloseTo(loss / count, within(1e-5));
        assertThat(evaluation.accuracy()).isCloseTo(right / count, within(1e-6));
        assertThat(evaluation.metric("perplexity")).isCloseTo(Math.exp(loss / count), within(1e-4));
    }

    /// Sentences of several lengths count by their tokens, in whichever part of a batch they are.
    @Test
    void aBatchInPartsHasTheLossOfTheWhole() {
        Examples<SentencePair, String> examples = examples(60, 4);
        Fit fit = Fit.of().withEpochs(2).withBatch(60).withOptimizer(Optimizers.sgd(0.5));
        double whole = network().fit(examples, fit).evaluate(examples).loss();
        double inParts = network().fit(examples, fit.withAccumulation(4)).evaluate(examples).loss();
        assertThat(inParts).isCloseTo(whole, within(1e-4));
    }

    @Test
    void sentencesAreMarkedCutAndFilledUp() {
        SentencePairs pairs = new SentencePairs(SOURCE, TARGET, 4);
        double[] row = new double[8];
        pairs.encode(new SentencePair("abca", "d"), row, 0);
        assertThat(row).containsExactly(SOURCE.beginning(), 0, 1, 2, TARGET.beginning(), 3, 4, 4);
        pairs.encode(SentencePair.of("b"), row, 0);
        assertThat(row).containsExactly(SOURCE.beginning(), 1, SOURCE.end(), 4, TARGET.beginning(), 4, 4, 4);
        Sentences sentences = new Sentences(TARGET, 4);
        var rows = sentences.encode(List.of("abcd", "ab", ""));
        assertThat(rows.batch(new int[] {0, 1, 2}, 0, 3, 3).toInts()).containsExactly(
                0, 1, 2, 3, 0, 1, TARGET.end(), 4, TARGET.end(), 4, 4, 4);
        assertThat(List.of(sentences.decode(rows, 0), sentences.decode(rows, 1), sentences.decode(rows, 2)))
                .containsExactly("abcd", "ab", "");
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> new SentencePairs(SOURCE, new GeneratorTest.Letters(5), 4))
                .hasMessageContaining("4 and 5");
        assertThatThrownBy(() -> model.predict(SentencePair.of("ab"))).hasMessageContaining("Translator");
        var numbers = Network.sequential(Dense.of(2)).fit(
                Examples.of(List.of(1.0, 2.0), x -> x, x -> x > 1 ? "large" : "small"), Fit.of().withEpochs(1));
        assertThatThrownBy(() -> Translator.of(numbers)).hasMessageContaining("does not translate");
    }
}
