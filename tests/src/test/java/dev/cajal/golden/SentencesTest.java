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
import dev.cajal.nn.optimizer.Optimizers;
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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sentences told apart by Y. Kim's convolutional network of 2014 with word vectors that begin at random (CNN-rand), as in [sent-conv-torch](https://github.com/harvardnlp/sent-conv-torch).
///
/// By default one of the ten folds of MR is trained in today's way. A training like the published one takes minutes: `-Dcajal.folds=10` runs it for so many folds, and for SST.
@Tag("golden")
class SentencesTest {
    private static final int FOLDS = 10;
    private static final int WANTED = Integer.getInteger("cajal.folds", 0);
    private static final int LENGTH = 64;
    private static final int BATCH = 50;
    private static final Fit MODERN = Fit.of().withEpochs(3).withBatch(BATCH).withOptimizer(Optimizers.adam(1e-3));
    private static final Fit LIKE_PUBLISHED = Fit.of().withEpochs(10).withBatch(BATCH).withBest("accuracy")
            .withRule(new StopRule.NoImprovement("accuracy", StopRule.Goal.Direction.AT_LEAST, 2, 0))
            .withOptimizer(Adadelta.of().withDecay(0.95).withMaxNorm(3, ParameterSelection.only("body/3/kernel")));

    /// A class's number, a space, and a sentence.
    private static List<String> lines(String name) throws IOException {
        return Files.readAllLines(ReferenceData.file("text-classification/" + name), StandardCharsets.ISO_8859_1);
    }

    private static String text(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    private static Examples<String, String> examples(List<String> lines, PaddedTexts encoding, List<String> classes) {
        return Examples.of(encoding, new ClassTargets<>(classes), lines.stream().map(SentencesTest::text).toList(),
                lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
    }

    /// The percentage of test sentences that are right.
    private static double right(List<String> train, List<String> validation, List<String> test, int classes, Fit fit) {
        var words = Words.learn(train.stream().map(SentencesTest::text).toList(),
                WordOptions.of().withSize(train.size() * LENGTH).withSplitting(WordSplitting.WHITE_SPACE));
        var encoding = PaddedTexts.of(words, LENGTH);
        List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        Layer network = Zoo.create("text-cnn",
                ModelSpec.ofSentences(LENGTH, encoding.vocabulary(), encoding.padding(), classes));
        var examples = examples(train, encoding, names);
        var training = validation.isEmpty()
                ? Training.of(network, examples, fit)
                : Training.of(network, examples, examples(validation, encoding, names), fit);
        return 100 * training.run(TrainingListener.NONE).model().evaluate(examples(test, encoding, names)).accuracy();
    }

    /// Of each ten sentences of MR, in an order of chance, those from one to below another.
    private static List<String> part(int from, int to) throws IOException {
        List<String> lines = new ArrayList<>(lines("rt-polarity.all"));
        Collections.shuffle(lines, new Random(1));
        return IntStream.range(0, lines.size())
                .filter(i -> Math.floorMod(i - from, FOLDS) < to - from)
                .mapToObj(lines::get)
                .toList();
    }

    private static void write(String order, String task, String training, String published, String reached, long began)
            throws IOException {
        Results.write(order, new Results.Line(
                task, "CNN-rand: vectors of 300, windows of 3, 4 and 5 words, 100 filters of each, ReLU, dropout 0.5",
                training, published, reached, (System.nanoTime() - began) / 1e9, "42"));
    }

    private static final String MR = "MR, reviews of films, 10,662 sentences of 2 classes";
    private static final String ALIKE = "like the published one: Adadelta, batch 50, length of the classes' weights at most 3; weights begin as Glorot's, and the best of up to 10 epochs on the validation is taken, where the original has 25";

    @Test
    void reviewsOfFilmsAreToldApart() throws IOException {
        long began = System.nanoTime();
        double right = right(part(1, FOLDS), List.of(), part(0, 1), 2, MODERN);
        write("09-sentences-1-modern", MR, "modern: Adam, rate 0.001, batch 50, 3 epochs",
                "75.9 % right, mean of 10 folds",
                String.format(Locale.ROOT, "%.1f %% right, the first of 10 folds", right), began);
        // A fold has 1,066 sentences, so that its share is uncertain by 1.3 points.
        assertThat(right).isBetween(75.9 - 4, 75.9 + 4);
    }

    @Test
    void reviewsOfFilmsAreToldApartInTheOldWay() throws IOException {
        assumeTrue(WANTED > 0, "a fold takes minutes: -Dcajal.folds=10");
        long began = System.nanoTime();
        double sum = 0;
        for (int fold = 0; fold < WANTED; fold++) {
            sum += right(part(fold + 2, fold + FOLDS), part(fold + 1, fold + 2), part(fold, fold + 1), 2,
                    LIKE_PUBLISHED);
        }
        write("09-sentences-2-mr", MR, ALIKE, "75.9 % right, mean of 10 folds",
                String.format(Locale.ROOT, "%.1f %% right, mean of %s of 10 folds", sum / WANTED, WANTED), began);
        assertThat(sum / WANTED).isBetween(75.9 - 4, 75.9 + 4);
    }

    @Test
    void sentencesOfTheTreebankAreToldApart() throws IOException {
        assumeTrue(WANTED > 0, "SST takes minutes: -Dcajal.folds=10");
        long began = System.nanoTime();
        double two = right(lines("stsa.binary.train"), lines("stsa.binary.dev"), lines("stsa.binary.test"), 2,
                LIKE_PUBLISHED);
        write("09-sentences-3-sst", "SST-2, 6,920 sentences to train, 1,821 to test, without the phrases", ALIKE,
                "83.5 % right, trained with phrases", String.format(Locale.ROOT, "%.1f %% right", two), began);
        began = System.nanoTime();
        double five = right(lines("stsa.fine.train"), lines("stsa.fine.dev"), lines("stsa.fine.test"), 5,
                LIKE_PUBLISHED);
        write("09-sentences-4-sst", "SST-1, 8,544 sentences to train, 2,210 to test, without the phrases", ALIKE,
                "42.2 % right, trained with phrases", String.format(Locale.ROOT, "%.1f %% right", five), began);
        assertThat(two).isGreaterThan(74);
        assertThat(five).isGreaterThan(34);
    }
}
