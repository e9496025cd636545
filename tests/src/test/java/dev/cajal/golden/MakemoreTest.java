package dev.cajal.golden;

import static dev.cajal.nn.activation.Activations.GELU_TANH;
import static dev.cajal.nn.activation.Activations.TANH;
import static dev.cajal.nn.initializer.Initializers.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.data.text.Characters;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.PaddedTexts;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.nn.layer.BatchNorm;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.MultiHeadAttention;
import dev.cajal.nn.layer.PositionEmbedding;
import dev.cajal.nn.layer.Reshape;
import dev.cajal.nn.layer.Residual;
import dev.cajal.nn.optimizer.AdamW;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.ParameterSelection;
import dev.cajal.nn.optimizer.Schedules;
import dev.cajal.nn.train.History;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.oracle.ReferenceData;
import dev.cajal.oracle.TorchPermutation;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Names letter by letter: the losses of A. Karpathy's lectures, [makemore](https://github.com/karpathy/makemore) and nn-zero-to-hero.
@Tag("golden")
class MakemoreTest {
    private static final String SYMBOLS = ".abcdefghijklmnopqrstuvwxyz";
    private static final int CONTEXT = 3;
    private static final int BATCH = 32;
    private static final int STEPS = 200_000;

    private static List<String> names() throws IOException {
        return Files.readAllLines(ReferenceData.file("text/names.txt"));
    }

    /// Each letter, and the end, from those before; full stops stand before the first.
    private static Examples<String, String> examples(List<String> names, int context) {
        var characters = new Characters(SYMBOLS);
        List<int[]> inputs = new ArrayList<>();
        List<Integer> targets = new ArrayList<>();
        for (String name : names) {
            int[] tokens = characters.encode(".".repeat(context) + name + ".");
            for (int i = context; i < tokens.length; i++) {
                inputs.add(Arrays.copyOfRange(tokens, i - context, i));
                targets.add(tokens[i]);
            }
        }
        return new Examples<>(
                new TextInputs(characters, context),
                new ClassTargets<>(Stream.of(SYMBOLS.split("")).toList()),
                Rows.of(inputs.stream().flatMapToInt(Arrays::stream).toArray(), Shape.of(context)),
                Rows.of(targets.stream().mapToInt(Integer::intValue).toArray(), Shape.SCALAR));
    }

    /// The negative logarithm of likelihood of a table of counts, which is the least that any model of pairs can reach.
    private static double ofCounts(Examples<String, String> pairs) {
        double[][] counts = new double[SYMBOLS.length()][SYMBOLS.length()];
        double[] sums = new double[SYMBOLS.length()];
        for (int i = 0; i < pairs.size(); i++) {
            int first = (int) pairs.inputs().get(i, 0);
            counts[first][(int) pairs.targets().get(i, 0)]++;
            sums[first]++;
        }
        double loss = 0;
        for (int i = 0; i < counts.length; i++) {
            for (double count : counts[i]) {
                loss -= count == 0 ? 0 : count * Math.log(count / sums[i]);
            }
        }
        return loss / pairs.size();
    }

    @Test
    void aTableLearnsTheCountsOfPairs() throws IOException {
        Examples<String, String> pairs = examples(names(), 1);
        double least = ofCounts(pairs);
        assertThat(least).isCloseTo(2.45401, within(1e-5));
        long began = System.nanoTime();
        Layer table = Network.sequential(Embedding.of(27, 27), Flatten.of());
        Fit fit = Fit.of().withEpochs(4).withBatch(1024).withOptimizer(
                Optimizers.adam(0.1).withLearningRate(Schedules.cosine(0.1, 4 * Math.ceilDiv(pairs.size(), 1024))));
        double loss = Training.of(table, pairs, fit).run(TrainingListener.NONE).model().evaluate(pairs).loss();
        Results.write("07-makemore-1-pairs", new Results.Line(
                "names.txt, makemore", "bigrams: a table of 27 x 27 logits",
                "modern: Adam, rate 0.1 along a cosine, batch 1,024, 4 epochs",
                "loss 2.45401 (closed form)", String.format(Locale.ROOT, "loss %.5f (closed form %.5f)", loss, least),
                (System.nanoTime() - began) / 1e9, "42"));
        assertThat(loss).isBetween(least - 1e-5, least + 1e-3);
    }

    /// Training and validation loss.
    private record Losses(double train, double validation, double seconds) {}

    @Test
    void perceptronsReachTheLossesOfTheLectures() throws IOException {
        Layer plain = Network.sequential(
                Embedding.of(27, 10), Flatten.of(),
                Dense.of(200, TANH).withKernel(normal(1)).withBias(normal(1)),
                Dense.of(27).withKernel(normal(1)).withBias(normal(1)));
        // Gain 5 / 3 of the hyperbolic tangent.
        Layer normalised = Network.sequential(
                Embedding.of(27, 10), Flatten.of(),
                Dense.of(200).withKernel(normal(5.0 / 3 / Math.sqrt(30))).withoutBias(), BatchNorm.of(), TANH,
                Dense.of(27).withKernel(normal(0.01)));
        // Side by side, since a batch of 32 is too little work for several threads.
        List<Losses> reached = Stream.of(plain, normalised).parallel().map(MakemoreTest::train).toList();
        write("07-makemore-2-mlp", "MLP, context 3, embedding 10, 200 hidden, tanh, N(0, 1); 11,897 parameters",
                "2.1245 / 2.1682", reached.get(0));
        write("07-makemore-3-norm", "the same with batch normalisation and smaller first weights",
                "2.0668 / 2.1048", reached.get(1));
        assertThat(reached.get(0).train()).isCloseTo(2.1245, within(0.03));
        assertThat(reached.get(0).validation()).isCloseTo(2.1682, within(0.03));
        assertThat(reached.get(1).train()).isCloseTo(2.0668, within(0.03));
        assertThat(reached.get(1).validation()).isCloseTo(2.1048, within(0.03));
    }

    /// Letters are taken together two by two, three times, as in the lecture on WaveNet (A. van den Oord et al., 2016).
    @Test
    void aTreeReachesTheLossesOfTheLecture() throws IOException {
        Layer network = Network.sequential(
                Embedding.of(27, 24),
                Reshape.of(4, 48), Dense.of(128).withoutBias(), BatchNorm.of(), TANH,
                Reshape.of(2, 256), Dense.of(128).withoutBias(), BatchNorm.of(), TANH,
                Flatten.of(), Dense.of(128).withoutBias(), BatchNorm.of(), TANH,
                Dense.of(27).withKernel(normal(0.01)));
        Losses reached = train(network, 8, STEPS * 3 / 4);
        Results.write("07-makemore-4-wavenet", new Results.Line(
                "names.txt, makemore",
                "WaveNet-like: context 8, embedding 24, three layers of 128 that halve the positions, batch normalisation, tanh",
                "as published: SGD, rate 0.1, after three quarters 0.01, batch 32, 200,000 steps (36 epochs)",
                "training / validation loss 1.769 / 1.993",
                String.format(Locale.ROOT, "%.4f / %.4f", reached.train(), reached.validation()), reached.seconds(),
                "42"));
        assertThat(reached.train()).isCloseTo(1.769, within(0.03));
        assertThat(reached.validation()).isCloseTo(1.993, within(0.03));
    }

    /// Names whole: at each place the letter that comes next, from all before. makemore's own settings: PyTorch's first weights, a constant rate, and of all measurements on the
    /// 1,000 names that it keeps back the best one, here after each epoch, there after each 500 steps.
    @Test
    void aTransformerReachesTheLossOfMakemore() throws IOException {
        Initializer kernel = Initializers.uniform(-Math.pow(WIDTH, -0.5), Math.pow(WIDTH, -0.5));
        Initializer wide = Initializers.uniform(-Math.pow(4 * WIDTH, -0.5), Math.pow(4 * WIDTH, -0.5));
        Dense hidden = Dense.of(4 * WIDTH, GELU_TANH).withKernel(kernel).withBias(kernel);
        History history = transformer(
                normal(1), MultiHeadAttention.causal(4).withKernels(kernel, kernel),
                List.of(hidden, Dense.of(WIDTH).withKernel(wide).withBias(wide)), kernel, 30,
                _ -> AdamW.of(5e-4).withBetas(0.9, 0.99).withWeightDecay(0.01, ParameterSelection.all()),
                "07-makemore-5-transformer",
                "as published: all but makemore's 1,000 names, PyTorch's first weights, AdamW, decay 0.01, rate 0.0005, batch 32, up to 30 epochs, of which the best by the test loss counts");
        assertThat(Collections.min(history.values("loss"))).isLessThan(1.96);
    }

    /// The same network with smaller first weights, dropout, more decay and a rate that falls; the loss is that of the end.
    @Test
    void aTransformerOfTodayIsBelowTheLossOfMakemore() throws IOException {
        History history = transformer(
                normal(0.02), MultiHeadAttention.causal(4),
                List.of(Dense.of(4 * WIDTH, GELU_TANH), Dense.of(WIDTH), Dropout.of(0.1)), Initializers.glorotUniform(),
                20,
                steps -> AdamW.of(Schedules.warmUp(100, Schedules.cosine(1e-3, steps - 100)))
                        .withBetas(0.9, 0.99).withWeightDecay(0.1, ParameterSelection.kernels()),
                "07-makemore-6-transformer-modern",
                "modern: the same names, dropout 0.1, AdamW, decay 0.1, rate 0.001 along a cosine after 100 steps of warm-up, batch 32, 20 epochs");
        assertThat(history.values("loss").getLast()).isLessThan(1.95);
    }

    private static final int WIDTH = 64;

    /// @param table of tokens and of positions, how they begin
    /// @param optimizer by the number of steps
    private static History transformer(Initializer table, MultiHeadAttention attention, List<Layer> dense,
            Initializer output, int epochs, IntFunction<Optimizer> optimizer, String order, String training)
            throws IOException {
        int length = 16;
        int batch = 32;
        var characters = new Characters(SYMBOLS);
        int tokens = new Sentences(characters, length).outputs();
        List<Layer> inner = new ArrayList<>(List.of(LayerNorm.of(), attention));
        dense.stream().filter(Dropout.class::isInstance).forEach(inner::add);
        List<Layer> outer = new ArrayList<>(List.of(LayerNorm.of()));
        outer.addAll(dense);
        List<Layer> layers = new ArrayList<>(
                List.of(Embedding.of(tokens, WIDTH).withTable(table), PositionEmbedding.of(length).withTable(table)));
        for (int block = 0; block < 4; block++) {
            layers.add(Residual.of(Sequential.of(inner)));
            layers.add(Residual.of(Sequential.of(outer)));
        }
        layers.addAll(List.of(LayerNorm.of(), Dense.of(tokens).withKernel(output).withoutBias()));
        List<String> names = inTheOrderOfMakemore();
        // As many as makemore keeps for its test.
        int split = names.size() - 1000;
        Examples<String, String> train = whole(names.subList(0, split), characters, length);
        Examples<String, String> test = whole(names.subList(split, names.size()), characters, length);
        Fit fit = Fit.of().withEpochs(epochs).withBatch(batch);
        long began = System.nanoTime();
        var trained = Training.of(Sequential.of(layers), train, test,
                fit.withOptimizer(optimizer.apply(fit.steps(train.size())))).run(TrainingListener.NONE);
        List<Double> losses = trained.history().values("loss");
        Results.write(order, new Results.Line(
                "names.txt, makemore",
                String.format(Locale.ROOT, "Transformer, 4 blocks, 4 heads, 64 wide; %,d parameters",
                        trained.model().variables().parameters().values().stream()
                                .mapToLong(tensor -> tensor.shape().size()).sum()),
                training, "test loss about 1.92",
                String.format(Locale.ROOT, "test loss %.4f at best, %.4f at the end", Collections.min(losses),
                        losses.getLast()),
                (System.nanoTime() - began) / 1e9, "42"));
        return trained.history();
    }

    /// As makemore shuffles them with its seed.
    private static List<String> inTheOrderOfMakemore() throws IOException {
        List<String> names = names();
        return Arrays.stream(TorchPermutation.of(names.size(), 3407)).mapToObj(names::get).toList();
    }

    private static Examples<String, String> whole(List<String> names, Characters characters, int length) {
        var inputs = PaddedTexts.of(characters, length);
        var targets = new Sentences(characters, length);
        return new Examples<>(inputs, targets,
                Examples.encode(inputs, names.stream().map(name -> "." + name).toList()), targets.encode(names));
    }

    private static List<String> shuffled() {
        try {
            List<String> names = new ArrayList<>(names());
            Collections.shuffle(names, new Random(42));
            return names;
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private static Losses train(Layer network) {
        return train(network, CONTEXT, STEPS / 2);
    }

    /// @param slower the step from which on the rate is a tenth
    private static Losses train(Layer network, int context, int slower) {
        long began = System.nanoTime();
        List<String> names = shuffled();
        Examples<String, String> train = examples(names.subList(0, names.size() * 8 / 10), context);
        Examples<String, String> validation = examples(names.subList(names.size() * 8 / 10, names.size() * 9 / 10),
                context);
        int epochs = Math.ceilDiv(STEPS, Math.ceilDiv(train.size(), BATCH));
        Fit fit = Fit.of().withEpochs(epochs).withBatch(BATCH).withOptimizer(Optimizers.sgd(0.1)
                .withLearningRate(Schedules.piecewise(List.of(slower), List.of(0.1, 0.01))));
        Model<String, String> model = Training.of(network, train, fit).run(TrainingListener.NONE).model();
        return new Losses(model.evaluate(train).loss(), model.evaluate(validation).loss(),
                (System.nanoTime() - began) / 1e9);
    }

    private static void write(String order, String network, String published, Losses reached) throws IOException {
        Results.write(order, new Results.Line(
                "names.txt, makemore", network,
                "as published: SGD, rate 0.1, from the middle on 0.01, batch 32, 200,000 steps (36 epochs)",
                "training / validation loss " + published,
                String.format(Locale.ROOT, "%.4f / %.4f", reached.train(), reached.validation()), reached.seconds(),
                "42"));
    }
}
