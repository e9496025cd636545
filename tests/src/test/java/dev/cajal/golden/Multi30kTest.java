package dev.cajal.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.data.text.PairData;
import dev.cajal.data.text.WordOptions;
import dev.cajal.data.text.WordSplitting;
import dev.cajal.data.text.Words;
import dev.cajal.nn.Evaluation;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.SentencePair;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.generate.Beam;
import dev.cajal.nn.generate.Translator;
import dev.cajal.nn.metric.Bleu;
import dev.cajal.nn.optimizer.Adam;
import dev.cajal.nn.train.History;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.oracle.ReferenceData;
import dev.cajal.zoo.ModelSpec;
import dev.cajal.zoo.Zoo;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// German to English by the Transformer of [B. Trevett's sixth notebook](https://github.com/bentrevett/pytorch-seq2seq).
@Tag("golden")
class Multi30kTest {
    private static final int LENGTH = 100;
    private static final int BATCH = 128;
    /// Words of a sentence.
    private static final int SHORT = 10;

    private static PairData part(String name) {
        return PairData.ofLines(
                ReferenceData.file("multi30k/" + name + ".lc.norm.tok.de"),
                ReferenceData.file("multi30k/" + name + ".lc.norm.tok.en"));
    }

    private static Words words(List<String> sentences) {
        return Words.learn(sentences, WordOptions.of().withSize(Integer.MAX_VALUE).withMinimumCount(2)
                .withSplitting(WordSplitting.WHITE_SPACE));
    }

    private record Run(Training.Trained<SentencePair, String> trained, SentencePairs encoding, double seconds) {}

    private static Run train(PairData pairs, PairData validation, int length, int batch, int epochs) {
        var encoding = new SentencePairs(words(pairs.sources()), words(pairs.targets()), length);
        Layer network = Zoo.create("transformer-small", ModelSpec.ofPairs(length, encoding.source().size(),
                encoding.target().size(), encoding.padding()));
        Fit fit = Fit.of().withEpochs(epochs).withBatch(batch).withSeed(1)
                .withOptimizer(Adam.of(5e-4).clippedByGlobalNorm(1)).withBest("loss");
        long began = System.nanoTime();
        var trained = Training.of(network, pairs.examples(encoding), validation.examples(encoding), fit)
                .run(new TrainingListener() {
                    @Override
                    public void epochEnded(History.Epoch epoch) {
                        IO.println(epoch);
                    }
                });
        return new Run(trained, encoding, (System.nanoTime() - began) / 1e9);
    }

    /// Of the pairs the short ones.
    private static PairData upTo(PairData data, int words, int most) {
        return new PairData(data.pairs().stream()
                .filter(pair -> pair.source().split(" ").length <= words && pair.target().split(" ").length <= words)
                .limit(most).toList());
    }

    /// The same network on short sentences only, for so many steps that it learns more than how frequent each word is.
    @Test
    void theFirstStepsLearnMoreThanWhichWordsAreFrequent() {
        PairData validation = upTo(part("val"), SHORT, 200);
        Run run = train(upTo(part("train"), SHORT, 60 * 32), validation, SHORT + 2, 32, 1);
        assertThat(run.trained().model().evaluate(validation.examples(run.encoding())).loss())
                .isBetween(2.5, entropy(validation, run.encoding()));
    }

    /// The loss of a model that knows how frequent each word is, and nothing else.
    private static double entropy(PairData pairs, SentencePairs encoding) {
        Examples<SentencePair, String> examples = pairs.examples(encoding);
        double[] counts = new double[encoding.target().size()];
        double all = 0;
        for (int row = 0; row < examples.size(); row++) {
            for (int position = 0; position < encoding.length(); position++) {
                int token = (int) examples.targets().get(row, position);
                if (token != encoding.padding()) {
                    counts[token]++;
                    all++;
                }
            }
        }
        double entropy = 0;
        for (double count : counts) {
            entropy -= count == 0 ? 0 : count / all * Math.log(count / all);
        }
        return entropy;
    }

    /// Takes half an hour on two cores, so it runs where somebody asks for it: `-Dcajal.multi30k.epochs=10`.
    @Test
    @EnabledIfSystemProperty(named = "cajal.multi30k.epochs", matches = "\\d+")
    void lossesAreThoseOfTheNotebook() throws IOException {
        int epochs = Integer.getInteger("cajal.multi30k.epochs");
        double[] published = {3.025, 2.317, 1.996, 1.821, 1.717, 1.660, 1.624, 1.603, 1.612, 1.620};
        Run run = train(part("train"), part("val"), LENGTH, BATCH, epochs);
        List<Double> validation = run.trained().history().epochs().stream().map(Multi30kTest::loss).toList();
        PairData test = part("test_2016_flickr");
        Evaluation evaluation = run.trained().model().evaluate(test.examples(run.encoding()));
        double bleu = Bleu.of().withWords(Bleu.Splitting.WHITE_SPACE).of(
                Translator.of(run.trained().model()).translate(test.sources(), Beam.of(4)), test.targets());
        Results.write("10-multi30k", new Results.Line(
                "Multi30k, German to English",
                "Transformer, 3 + 3 blocks, 8 heads, 256 wide, dropout 0.1, learned positions, words that come twice",
                "as published, but for the words (the data's own splitting) and biases that begin with zeros: Adam, rate 0.0005, gradients of norm at most 1, batch 128, "
                        + epochs + " epochs",
                "validation loss by epoch 3.025, 2.317, 1.996, 1.821, 1.717, 1.660, 1.624, 1.603, 1.612, 1.620; test loss 1.662",
                String.format(Locale.ROOT, "validation loss by epoch %s; test loss %.3f, BLEU %.1f with a beam of 4",
                        validation.stream().map(loss -> String.format(Locale.ROOT, "%.3f", loss))
                                .collect(Collectors.joining(", ")),
                        evaluation.loss(), bleu),
                run.seconds(), "1"));
        for (int epoch = 0; epoch < Math.min(epochs, published.length); epoch++) {
            assertThat(validation.get(epoch)).as("epoch %s", epoch + 1).isLessThan(published[epoch] + 0.15);
        }
        if (epochs == published.length) {
            assertThat(evaluation.loss()).isLessThan(1.662 + 0.1);
        }
    }

    private static double loss(History.Epoch epoch) {
        return epoch.validation().getOrDefault("loss", Double.NaN);
    }
}
