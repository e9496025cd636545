package dev.cajal.nn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.nn.layer.Conv1d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.Lstm;
import dev.cajal.nn.layer.MultiHeadAttention;
import dev.cajal.nn.layer.PositionEmbedding;
import dev.cajal.nn.layer.Residual;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    private static final int LENGTH = 8;
    private static final String TEXT = "abcde";

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

    /// Letters, one of which stands for all others.
    record Strangers(int size, int stranger) implements Tokenizer {
        @Override
        public OptionalInt unknown() {
            return OptionalInt.of(stranger);
        }

        @Override
        public int[] encode(String text) {
            return text.chars().map(c -> c < 'a' || c >= 'a' + size ? stranger : c - 'a').toArray();
        }

        @Override
        public byte[] bytes(int token) {
            return new byte[] {(byte) (token == stranger ? '?' : 'a' + token)};
        }
    }

    private static Layer transformer() {
        return Network.sequential(
                Embedding.of(5, 16), PositionEmbedding.of(LENGTH),
                Residual.of(MultiHeadAttention.causal(2)), Dense.of(5));
    }

    private static Layer recurrent() {
        return Network.sequential(Embedding.of(5, 8), Lstm.of(16).withSequences(), Dense.of(5));
    }

    /// A text that repeats itself is easy to learn.
    private static Model<String, String> trained(Layer network) {
        return trained(network, new Letters(5));
    }

    private static Model<String, String> trained(Layer network, Tokenizer tokenizer) {
        return trained(network, tokenizer, 12);
    }

    private static Model<String, String> trained(Layer network, Tokenizer tokenizer, int epochs) {
        int[] tokens = tokenizer.encode(TEXT.repeat(60));
        var examples = new Examples<>(new TextInputs(tokenizer, LENGTH), new NextTokens(tokenizer, LENGTH),
                Rows.windows(tokens, 0, tokens.length - 1, LENGTH, 1),
                Rows.windows(tokens, 1, tokens.length, LENGTH, 1));
        return network.fit(examples, Fit.of().withEpochs(epochs).withBatch(32).withOptimizer(Optimizers.adam(0.02)));
    }

    @Test
    void aLearnedTextGoesOnBeyondWhatTheNetworkSeesAtATime(@TempDir Path folder) {
        for (Layer network : List.of(transformer(), recurrent())) {
            Model<String, String> model = trained(network);
            model.save(folder.resolve("model.cajal"), Letters.class);
            var loaded = Model.load(folder.resolve("model.cajal"), String.class, String.class, Letters.class);
            for (Model<String, String> each : List.of(model, loaded)) {
                List<String> parts = new ArrayList<>();
                assertThat(Generator.of(each).generate("abcd", 43, Sampling.greedy(), parts::add)).isTrue();
                assertThat(String.join("", parts)).isEqualTo(TEXT.repeat(10).substring(4, 47));
                assertThat(parts).hasSize(43);
                for (int width : new int[] {1, 3, 30}) {
                    assertThat(Generator.of(each).generate("abcd", 43, Beam.of(width)))
                            .isEqualTo(String.join("", parts));
                }
            }
            assertThat(Generator.of(model).generate(TEXT.repeat(9), 3, Sampling.greedy())).isEqualTo("abc");
        }
    }

    /// Behind `b` comes what is not known, always; the next best is written.
    @Test
    void theUnknownTokenIsNeverDrawn() {
        Tokenizer tokenizer = new Strangers(5, 2);
        Generator generator = Generator.of(trained(recurrent(), tokenizer));
        for (Sampling sampling : List.of(Sampling.greedy(), Sampling.of(), Sampling.of().withTopK(1),
                Sampling.of().withTopP(0.1))) {
            assertThat(generator.generate("ab", 40, sampling)).hasSize(40).doesNotContain("?");
        }
        assertThat(generator.generate("abcd", 1, Sampling.greedy())).isEqualTo("e");
    }

    /// A beam as wide as there are texts finds the best one of them, as asking the network for each of them does.
    @Test
    void aBeamFindsTheMostProbableText() {
        Model<String, String> model = trained(recurrent(), new Letters(5), 1);
        Generator generator = Generator.of(model);
        String best = generator.generate("abd", 3, Beam.of(125));
        assertThat(best).isEqualTo(IntStream.range(0, 125)
                .mapToObj(i -> "" + (char) ('a' + i / 25) + (char) ('a' + i / 5 % 5) + (char) ('a' + i % 5))
                .max(Comparator.comparingDouble(text -> logProbability(model, "abd" + text))).orElseThrow());
        double greedy = logProbability(model, "abd" + generator.generate("abd", 5, Sampling.greedy()));
        assertThat(logProbability(model, "abd" + generator.generate("abd", 5, Beam.of(4)))).isGreaterThan(greedy);
        assertThat(generator.generate("abd", 0, Beam.of(4))).isEmpty();
        assertThat(generator.generate("abd", 40, Beam.of(4))).hasSize(40)
                .isEqualTo(generator.generate("abd", 40, Beam.of(4).withPenalty(2)));
    }

    private static double logProbability(Model<String, String> model, String text) {
        int[] tokens = new Letters(5).encode(text);
        double[] logs = model.network().apply(model.variables(), Tensor.of(tokens, Shape.of(1, tokens.length)),
                Mode.inference()).output().logSoftmax(-1).toDoubles();
        return IntStream.range(3, tokens.length).mapToDouble(i -> logs[(i - 1) * 5 + tokens[i]]).sum();
    }

    /// What is known so far is handed on.
    @Test
    void aSearchThatIsInterruptedEnds() {
        List<String> parts = new ArrayList<>();
        Generator generator = Generator.of(trained(recurrent(), new Letters(5), 1));
        Thread.currentThread().interrupt();
        assertThat(generator.generate("abcd", 50, Beam.of(2), parts::add)).isFalse();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(parts).hasSize(1);
        assertThatThrownBy(() -> generator.generate("", 3, Beam.of(2))).hasMessageContaining("prompt is empty");
    }

    @Test
    void measuresAreOfAllPositions() {
        Model<String, String> model = trained(recurrent());
        var tokenizer = new Letters(5);
        int[] tokens = tokenizer.encode(TEXT.repeat(30));
        var examples = new Examples<>(model.inputs(), model.targets(),
                Rows.windows(tokens, 0, tokens.length - 1, LENGTH, 3),
                Rows.windows(tokens, 1, tokens.length, LENGTH, 3));
        var evaluation = model.evaluate(examples);
        assertThat(evaluation.examples()).isEqualTo(48);
        assertThat(evaluation.accuracy()).isGreaterThan(0.99);
        assertThat(evaluation.metric("perplexity")).isCloseTo(Math.exp(evaluation.loss()), within(1e-9));
        assertThat(model.predict("abcdeabc").label()).isEqualTo("d");
        assertThatThrownBy(() -> model.predict("abc")).hasMessageContaining("has 3 tokens")
                .hasMessageContaining("Generator");
    }

    @Test
    void theSameSeedWritesTheSame() {
        Model<String, String> model = trained(Network.sequential(Embedding.of(5, 4), Dense.of(5)));
        Sampling hot = Sampling.of().withTemperature(3);
        String text = Generator.of(model).generate("a", 50, hot);
        assertThat(Generator.of(model).generate("a", 50, hot)).isEqualTo(text);
        assertThat(Generator.of(model).generate("a", 50, hot.withSeed(7))).isNotEqualTo(text);
        assertThat(Generator.of(model).generate("a", 50, hot.withTopK(1)))
                .isEqualTo(Generator.of(model).generate("a", 50, Sampling.greedy()));
    }

    @Test
    void tokensAreDrawnAsProbableAsTheyAre() {
        float[] logits = {0, (float) Math.log(3), Float.NEGATIVE_INFINITY, (float) Math.log(4)};
        assertThat(shares(Sampling.of(), logits)).containsExactly(new double[] {0.125, 0.375, 0, 0.5}, within(0.01));
        assertThat(shares(Sampling.of().withTemperature(0.5), logits))
                .containsExactly(new double[] {1 / 26.0, 9 / 26.0, 0, 16 / 26.0}, within(0.01));
        assertThat(shares(Sampling.of().withTopK(2), logits))
                .containsExactly(new double[] {0, 3 / 7.0, 0, 4 / 7.0}, within(0.01));
        assertThat(shares(Sampling.of().withTopP(0.45), logits)).containsExactly(0, 0, 0, 1);
        assertThat(shares(Sampling.of().withTopP(0.6), logits))
                .containsExactly(new double[] {0, 3 / 7.0, 0, 4 / 7.0}, within(0.01));
        assertThat(shares(Sampling.greedy(), logits)).containsExactly(0, 0, 0, 1);
    }

    private static double[] shares(Sampling sampling, float[] logits) {
        var random = new SplittableRandom(4);
        double[] shares = new double[logits.length];
        int draws = 40_000;
        for (int i = 0; i < draws; i++) {
            shares[sampling.draw(logits, random)] += 1.0 / draws;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.round(shares[i] * 1e9) / 1e9;
        }
        return shares;
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> Sampling.of().withTemperature(-1)).hasMessageContaining("temperature")
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> Sampling.of().withTopP(0)).hasMessageContaining("top-p");
        Model<String, String> model = trained(recurrent());
        assertThatThrownBy(() -> Generator.of(model).generate("", 3, Sampling.of())).isInstanceOf(CajalException.class)
                .hasMessageContaining("prompt is empty");
        var numbers = Network.sequential(Dense.of(2)).fit(
                Examples.of(List.of(1.0, 2.0), x -> x, x -> x > 1 ? "large" : "small"), Fit.of().withEpochs(1));
        assertThatThrownBy(() -> Generator.of(numbers)).hasMessageContaining("does not continue texts");
    }

    @Test
    void aNetworkThatForgetsIsRefused() {
        var model = trained(Network.sequential(Embedding.of(5, 4), Conv1d.of(5, 3).withSamePadding()));
        assertThatThrownBy(() -> Generator.of(model)).hasMessageContaining("piece by piece")
                .hasMessageContaining("Conv");
    }

    @Test
    void charactersComeWhole() {
        List<String> parts = new ArrayList<>();
        Utf8Stream stream = new Utf8Stream(parts::add);
        for (byte b : "añ🙂".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            stream.write(new byte[] {b});
        }
        stream.write(new byte[] {(byte) 0xf0, (byte) 0x9f});
        stream.end();
        assertThat(parts).containsExactly("a", "ñ", "🙂", "\ufffd");
    }
}
