package dev.cajal.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cajal.data.text.WordOptions;
import dev.cajal.data.text.WordSplitting;
import dev.cajal.data.text.Words;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.PaddedTexts;
import dev.cajal.nn.optimizer.Adadelta;
import dev.cajal.nn.optimizer.ParameterSelection;
import dev.cajal.nn.train.StopRule;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.oracle.ReferenceData;
import dev.cajal.zoo.ModelSpec;
import dev.cajal.zoo.Zoo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sentences told apart by Y. Kim's convolutional network of 2014 with word vectors that begin at random (CNN-rand), as in [sent-conv-torch](https://github.com/harvardnlp/sent-conv-torch).
///
/// By default one of the ten folds of MR is trained, the others and SST with `-Dcajal.golden.long=true`.
@Tag("golden")
class SentencesTest {
    private static final int FOLDS = 10;
    private static final int LENGTH = 64;
    private static final int EPOCHS = 10;
    private static final boolean LONG = Boolean.getBoolean("cajal.golden.long");

    /// A class's number, a space, and a sentence.
    private static List<String> lines(String name) throws IOException {
        return Files.readAllLines(ReferenceData.file("text-classification/" + name), StandardCharsets.ISO_8859_1);
    }

    private static String text(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    private static Examples<String, String> examples(List<String> lines, PaddedTexts encoding, int classes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            names.add(String.valueOf(i));
        }
        return Examples.of(encoding, new ClassTargets<>(names), lines.stream().map(SentencesTest::text).toList(),
                lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
    }

    /// The share of test sentences that are right after the epoch that is best on the validation.
    private static double accuracy(List<String> train, List<String> validation, List<String> test, int classes) {
        var words = Words.learn(train.stream().map(SentencesTest::text).toList(),
                WordOptions.of().withSize(train.size() * LENGTH).withSplitting(WordSplitting.WHITE_SPACE));
        var encoding = PaddedTexts.of(words, LENGTH);
        Layer network = Zoo.create("text-cnn",
                ModelSpec.ofSentences(LENGTH, encoding.vocabulary(), encoding.padding(), classes));
        Fit fit = Fit.of().withEpochs(EPOCHS).withBatch(50).withBest("accuracy")
                .withRule(new StopRule.NoImprovement("accuracy", StopRule.Goal.Direction.AT_LEAST, 2, 0))
                .withOptimizer(Adadelta.of().withDecay(0.95).withMaxNorm(3, ParameterSelection.only("body/3/kernel")));
        var trained = Training.of(network, examples(train, encoding, classes), examples(validation, encoding, classes),
                fit).run(TrainingListener.NONE);
        return trained.model().evaluate(examples(test, encoding, classes)).accuracy();
    }

    private static void write(String order, String task, String published, String reached, long began)
            throws IOException {
        Results.write(order, new Results.Line(
                task, "CNN-rand: vectors of 300, windows of 3, 4 and 5 words, 100 filters of each, ReLU, dropout 0.5",
                "as published: Adadelta, batch 50, length of the classes' weights at most 3, the best of up to 10 epochs on the validation",
                published, reached, (System.nanoTime() - began) / 1e9, "42"));
    }

    @Test
    void reviewsOfFilmsAreToldApart() throws IOException {
        List<String> lines = new ArrayList<>(lines("rt-polarity.all"));
        Collections.shuffle(lines, new Random(1));
        long began = System.nanoTime();
        int folds = LONG ? FOLDS : 1;
        double[] right = new double[folds];
        for (int fold = 0; fold < folds; fold++) {
            List<String> test = new ArrayList<>();
            List<String> validation = new ArrayList<>();
            List<String> train = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                (i % FOLDS == fold ? test : i % FOLDS == (fold + 1) % FOLDS ? validation : train).add(lines.get(i));
            }
            right[fold] = 100 * accuracy(train, validation, test, 2);
        }
        double mean = Arrays.stream(right).average().orElseThrow();
        write("09-sentences-1-mr", "MR, reviews of films, 10,662 sentences of 2 classes",
                "75.9 % right, mean of 10 folds",
                String.format(Locale.ROOT, "%.1f %% right, %s", mean,
                        LONG ? "mean of 10 folds, " + Arrays.toString(right) : "the first of 10 folds"),
                began);
        // A fold has 1,066 sentences, so that its share is uncertain by 1.3 points.
        assertThat(mean).isBetween(75.9 - 4, 75.9 + 4);
    }

    @Test
    void sentencesOfTheTreebankAreToldApart() throws IOException {
        assumeTrue(LONG, "SST takes minutes: -Dcajal.golden.long=true");
        long began = System.nanoTime();
        double two = 100 * accuracy(lines("stsa.binary.train"), lines("stsa.binary.dev"), lines("stsa.binary.test"), 2);
        write("09-sentences-2-sst", "SST-2, 6,920 sentences to train, 1,821 to test, without the phrases",
                "83.5 % right, trained with phrases", String.format(Locale.ROOT, "%.1f %% right", two), began);
        began = System.nanoTime();
        double five = 100 * accuracy(lines("stsa.fine.train"), lines("stsa.fine.dev"), lines("stsa.fine.test"), 5);
        write("09-sentences-3-sst", "SST-1, 8,544 sentences to train, 2,210 to test, without the phrases",
                "42.2 % right, trained with phrases", String.format(Locale.ROOT, "%.1f %% right", five), began);
        assertThat(two).isGreaterThan(76);
        assertThat(five).isGreaterThan(35);
    }
}
