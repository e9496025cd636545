package dev.cajal.nn;

import static dev.cajal.nn.activation.Activations.RELU;
import static dev.cajal.nn.activation.Activations.SIGMOID;
import static dev.cajal.nn.activation.Activations.SOFTMAX;
import static dev.cajal.nn.activation.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.backend.Backends;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Prediction;
import dev.cajal.nn.layer.BatchNorm;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.train.Trainer;
import dev.cajal.nn.train.TrainingException;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    @TempDir
    Path folder;

    enum Answer {
        NO, YES
    }

    record Point(double x, double y) {}

    record Example(Point point, Answer answer) {}

    private static final List<Example> XOR = List.of(
            new Example(new Point(0, 0), Answer.NO),
            new Example(new Point(0, 1), Answer.YES),
            new Example(new Point(1, 0), Answer.YES),
            new Example(new Point(1, 1), Answer.NO));

    private static Examples<Point, Answer> xor() {
        return Examples.of(XOR, Example::point, Example::answer);
    }

    private static Model<Point, Answer> solved() {
        return Network.sequential(Dense.of(8, TANH), Dense.of(2))
                .fit(xor(), Fit.of().withEpochs(300).withOptimizer(Optimizers.adam(0.05)));
    }

    @Test
    void aNetworkWithAHiddenLayerSolvesXorAndOneWithoutCannot() {
        Model<Point, Answer> model = solved();
        for (Example example : XOR) {
            assertThat(model.predict(example.point()).label()).isEqualTo(example.answer());
        }
        assertThat(model.evaluate(xor()).accuracy()).isEqualTo(1);
        Model<Point, Answer> line = Network.sequential(Dense.of(2))
                .fit(xor(), Fit.of().withEpochs(300).withOptimizer(Optimizers.adam(0.05)));
        assertThat(line.evaluate(xor()).accuracy()).isLessThan(1);
    }

    @Test
    void squaredErrorOfASigmoidLearnsClassesToo() {
        Model<Point, Answer> model = Network
                .sequential(Dense.of(8, TANH), Dense.of(2, SIGMOID))
                .fit(xor(),
                        Fit.of().withEpochs(300).withOptimizer(Optimizers.adam(0.05))
                                .withLoss(Losses.meanSquaredError()));
        for (Example example : XOR) {
            Prediction<Answer> prediction = model.predict(example.point());
            assertThat(prediction.label()).isEqualTo(example.answer());
            assertThat(prediction.probability()).isBetween(0.9, 1.0);
        }
    }

    @Test
    void countsAreNotStandardisedUnderPoisson() {
        Examples<double[], Double> counts = Examples
                .of(List.of(0.0, 1.0, 2.0, 3.0), x -> new double[] {x}, x -> Math.rint(Math.exp(x)));
        Model<double[], Double> model = Network.sequential(Dense.of(1))
                .fit(counts,
                        Fit.of().withEpochs(600).withOptimizer(Optimizers.adam(0.05)).withLoss(Losses.poisson()));
        assertThat(model.predict(new double[] {3}).label()).isCloseTo(20, within(1.0));
        assertThat(model.evaluate(counts).rmse()).isLessThan(1);
    }

    @Test
    void aSavedModelPredictsTheSameBitsAndItsLabelsKeepTheirType() {
        Model<Point, Answer> model = solved();
        Path file = folder.resolve("xor.cajal");
        model.save(file);
        Model<Point, Answer> loaded = Model.load(file, Point.class, Answer.class);
        for (Example example : XOR) {
            assertThat(loaded.predict(example.point())).isEqualTo(model.predict(example.point()));
        }
        assertThat(loaded.evaluate(xor()).metrics()).isEqualTo(model.evaluate(xor()).metrics());
        assertThat(Model.load(file).targets().outputs()).isEqualTo(2);
        assertThatThrownBy(() -> Model.load(file, Point.class, Integer.class))
                .hasMessageContaining("the type that it was trained for");
    }

    private static Examples<float[], Integer> noisy(int count) {
        float[] x = RandomKey.of(3).normal(Shape.of(count, 4)).toFloats();
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(i);
        }
        return Examples.of(
                rows,
                i -> new float[] {x[4 * i], x[4 * i + 1], x[4 * i + 2], x[4 * i + 3]},
                i -> x[4 * i] * x[4 * i + 1] > 0 ? 1 : 0);
    }

    private static Layer network() {
        return Network.sequential(Dense.of(16, RELU), BatchNorm.of(), Dropout.of(0.2), Dense.of(2));
    }

    private static final Fit FIT = Fit.of().withEpochs(3).withBatch(32).withValidation(0.2)
            .withOptimizer(Optimizers.adam(0.01));

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aRunThatIsKilledAndResumedHasTheBitsOfOneThatWasNot() {
        Examples<float[], Integer> examples = noisy(300);
        Training.Trained<float[], Integer> whole = Training.of(network(), examples, FIT).run(TrainingListener.NONE);
        for (int killedAt : new int[] {1, 7, 8, 9, 20}) {
            Path file = folder.resolve("snapshot-" + killedAt + ".cajal");
            Training<float[], Integer> first = Training.of(network(), examples, FIT.withSnapshotSeconds(0));
            int[] steps = {0};
            try {
                first.run(
                        first.start(),
                        new TrainingListener() {
                            @Override
                            public void stepped(StepReport report) {
                                if (steps[0]++ == killedAt) {
                                    throw new Stop();
                                }
                            }
                        },
                        snapshot -> Snapshots.save(file, first, snapshot, List.of()));
            } catch (Stop killed) {
                // As a power cut would.
            }
            Snapshots.Saved saved = Snapshots.load(file, List.of());
            Training<float[], Integer> second = Training.of(network(), examples, saved.fit());
            Training.Trained<float[], Integer> resumed = second.run(saved.snapshot(), TrainingListener.NONE, _ -> {});
            assertSame(resumed.model().variables(), whole.model().variables());
            for (int i = 0; i < 3; i++) {
                assertThat(resumed.history().epochs().get(i).training())
                        .isEqualTo(whole.history().epochs().get(i).training());
                assertThat(resumed.history().epochs().get(i).validation())
                        .isEqualTo(whole.history().epochs().get(i).validation());
            }
        }
    }

    @Test
    void theBestEpochIsKeptEvenIfTheRunIsKilledAfterIt() {
        Examples<float[], Integer> examples = noisy(300);
        // A rate that makes later epochs worse than earlier ones.
        Fit fit = FIT.withEpochs(6).withOptimizer(Optimizers.adam(0.2)).withBest("accuracy");
        Training<float[], Integer> training = Training.of(network(), examples, fit);
        Path file = folder.resolve("best.cajal");
        List<Variables> all = new ArrayList<>();
        Training.Trained<float[], Integer> whole = training.run(
                training.start(), TrainingListener.NONE, snapshot -> {
                    Path each = folder.resolve("epoch.cajal");
                    training.model(snapshot.state()).save(each);
                    all.add(Model.load(each).variables());
                    if (snapshot.position().history().epochs().size() == 5) {
                        Snapshots.save(file, training, snapshot, List.of());
                    }
                });
        List<Double> accuracies = whole.history().values("accuracy");
        int best = accuracies.indexOf(accuracies.stream().max(Double::compare).orElseThrow());
        assertThat(best).as("the first of the best of %s", accuracies).isLessThan(5);
        assertSame(whole.model().variables(), all.get(best));
        Snapshots.Saved saved = Snapshots.load(file, List.of());
        Training<float[], Integer> second = Training.of(network(), examples, saved.fit());
        assertSame(second.run(saved.snapshot(), TrainingListener.NONE, _ -> {}).model().variables(), all.get(best));
    }

    private static void assertSame(Variables a, Variables b) {
        assertThat(a.parameters().keySet()).isEqualTo(b.parameters().keySet());
        for (Map.Entry<String, Tensor> entry : a.parameters().entrySet()) {
            assertThat(entry.getValue().sameBits(b.parameters().get(entry.getKey()))).as(entry.getKey()).isTrue();
        }
        for (Map.Entry<String, Tensor> entry : a.statistics().entrySet()) {
            assertThat(entry.getValue().sameBits(b.statistics().get(entry.getKey()))).as(entry.getKey()).isTrue();
        }
    }

    @Test
    void accumulationGivesTheGradientOfTheWholeBatch() {
        Examples<float[], Integer> examples = noisy(64);
        Layer plain = Network.sequential(Dense.of(8, TANH), Dense.of(2));
        Fit fit = Fit.of().withEpochs(4).withBatch(32).withOptimizer(Optimizers.sgd(0.1));
        float[] whole = plain.fit(examples, fit).outputs(examples.inputs());
        float[] parts = plain.fit(examples, fit.withAccumulation(4)).outputs(examples.inputs());
        assertThat(parts).containsExactly(whole, org.assertj.core.api.Assertions.within(1e-5f));
    }

    @Test
    void aPartOfNothingButPaddingDoesNotSpoilTheAccuracy() {
        Examples<float[], Integer> examples = noisy(130);
        Training.Trained<float[], Integer> trained = Training.of(
                Network.sequential(Dense.of(2)), examples, Fit.of().withEpochs(2).withAccumulation(4))
                .run(TrainingListener.NONE);
        assertThat(trained.history().values("accuracy")).hasSize(2).allMatch(value -> value >= 0 && value <= 1);
    }

    @Test
    void paddingIsAsHarmlessAsTheData() {
        // Rows of length one: a row of zeros would have no length to divide by.
        Layer unit = Layer.of((x, _) -> x.div(x.square().sum(-1).sqrt().expandDims(-1)));
        Training.Trained<float[], Integer> trained = Training.of(
                Network.sequential(unit, Dense.of(2)), noisy(130), Fit.of().withEpochs(1)).run(TrainingListener.NONE);
        assertThat(trained.history().values("loss").getFirst()).isFinite();
    }

    @Test
    void aRunThatWasStoppedByARuleStopsAgainWhenItGoesOn() {
        Fit fit = FIT.withGoal("accuracy", 0.1);
        Training<float[], Integer> training = Training.of(network(), noisy(300), fit);
        Path file = folder.resolve("stopped.cajal");
        Training.Trained<float[], Integer> whole = training.run(
                training.start(), TrainingListener.NONE,
                snapshot -> Snapshots.save(file, training, snapshot, List.of()));
        assertThat(whole.ending().reason()).isEqualTo(Trainer.Ending.Reason.STOPPED);
        assertThat(whole.history().epochs()).hasSize(1);
        Training<float[], Integer> second = Training.of(network(), noisy(300), fit);
        Training.Trained<float[], Integer> resumed = second.run(
                Snapshots.load(file, List.of()).snapshot(), TrainingListener.NONE, _ -> {});
        assertThat(resumed.history().epochs()).hasSize(1);
        assertThat(resumed.ending().explanation()).isEqualTo(whole.ending().explanation());
        assertSame(resumed.model().variables(), whole.model().variables());
    }

    @Test
    void aMetricThatIsNotMeasuredIsRefusedBeforeTheFirstStep() {
        assertThatThrownBy(() -> Training.of(network(), noisy(64), Fit.of().withGoal("acuracy", 0.9)))
                .hasMessageContaining("acuracy")
                .hasMessageContaining("Did you mean \"accuracy\"?");
        assertThatThrownBy(() -> Training.of(network(), noisy(64), Fit.of().withBest("val_loss")))
                .hasMessageContaining("loss, accuracy");
    }

    @Test
    void aGoalForALossIsAnUpperBound() {
        Training.Trained<float[], Integer> trained = Training.of(
                network(), noisy(300), FIT.withEpochs(2).withGoal("loss", 1e-9)).run(TrainingListener.NONE);
        assertThat(trained.history().epochs()).hasSize(2);
    }

    @Test
    void validationIsCheckedBeforeTheFirstStep() {
        Examples<float[], Integer> train = noisy(64);
        Examples<float[], Integer> other = Examples.of(List.of(1, 2), i -> new float[] {i, i, i, i}, i -> i + 5);
        assertThatThrownBy(() -> Training.of(network(), train, other, Fit.of())).hasMessageContaining("6");
    }

    @Test
    void aModelKeepsItsNumbersWhenTrainingGoesOnFromItsState() {
        Training<float[], Integer> training = Training.of(network(), noisy(300), FIT.withEpochs(1));
        Training.Trained<float[], Integer> trained = training.run(TrainingListener.NONE);
        float[] before = trained.model().outputs(noisy(10).inputs());
        Training.of(network(), noisy(300), FIT.withEpochs(2))
                .run(trained.ending().snapshot(), TrainingListener.NONE, _ -> {});
        assertThat(trained.model().outputs(noisy(10).inputs())).isEqualTo(before);
    }

    @Test
    void numbersThatThirtyTwoBitsCannotTellApartAreRefused() {
        List<Integer> rows = List.of(0, 1, 2, 3, 4, 5, 6, 7);
        Examples<double[], Double> times = Examples.of(rows, i -> new double[] {1.7e9 + 100 * i}, i -> (double) i);
        assertThatThrownBy(() -> Training.of(Network.sequential(Dense.of(1)), times, Fit.of()))
                .hasMessageContaining("column 1")
                .hasMessageContaining("Subtract");
    }

    @Test
    void manyWholeNumbersAreNotTakenForClassesSilently() {
        List<Integer> prices = java.util.stream.IntStream.range(0, 100).boxed().toList();
        assertThatThrownBy(() -> Examples.of(prices, price -> new double[] {price}, price -> price))
                .hasMessageContaining("doubles");
    }

    @Test
    void anInterruptedTrainingEndsAfterAStepAndSaves() {
        Training<float[], Integer> training = Training.of(network(), noisy(300), FIT);
        List<Trainer.Snapshot> saved = new ArrayList<>();
        Thread.currentThread().interrupt();
        Training.Trained<float[], Integer> trained = training.run(training.start(), TrainingListener.NONE, saved::add);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(trained.ending().reason()).isEqualTo(Trainer.Ending.Reason.INTERRUPTED);
        assertThat(saved).hasSize(1);
        assertThat(saved.getFirst().position().step()).isEqualTo(1);
    }

    @Test
    void aGoalEndsTraining() {
        Training.Trained<Point, Answer> trained = Training.of(
                Network.sequential(Dense.of(8, TANH), Dense.of(2)),
                xor(),
                Fit.of().withEpochs(10_000).withOptimizer(Optimizers.adam(0.05)).withGoal("accuracy", 1))
                .run(TrainingListener.NONE);
        assertThat(trained.ending().reason()).isEqualTo(Trainer.Ending.Reason.STOPPED);
        assertThat(trained.ending().explanation()).isEqualTo("accuracy reached 1.0000");
    }

    @Test
    void aLossThatIsNotFiniteNamesTheLayerAndKeepsTheLastGoodState() {
        Training<float[], Integer> training = Training.of(
                Network.sequential(Dense.of(8, RELU), Dense.of(2)),
                noisy(64),
                Fit.of().withEpochs(50).withBatch(16).withOptimizer(Optimizers.sgd(1e20)));
        List<Trainer.Snapshot> saved = new ArrayList<>();
        assertThatThrownBy(() -> training.run(training.start(), TrainingListener.NONE, saved::add))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("In layer ")
                .hasMessageContaining("learning rate");
        for (Tensor parameter : saved.getLast().state().parameters().values()) {
            assertThat(parameter.isFinite().all().toBooleans()).containsOnly(true);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeTheFirstStep() {
        assertThatThrownBy(() -> Network.sequential(Dense.of(3)).fit(xor(), Fit.of()))
                .hasMessageContaining("one number for each of the 2 classes")
                .hasMessageContaining("Dense.of(2)");
        assertThatThrownBy(() -> Network.sequential(Dense.of(2), SOFTMAX).fit(xor(), Fit.of()))
                .hasMessageContaining("takes logits");
        assertThatThrownBy(() -> Examples.of(XOR, Example::point, _ -> "same")).hasMessageContaining("same label");
        assertThatThrownBy(() -> Examples.of(List.<Example>of(), Example::point, Example::answer))
                .hasMessageContaining("no examples");
    }

    @Test
    void quantitiesAreLearnedStandardisedAndPredictedInTheirUnits() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            points.add(new Point(i % 20, i / 20));
        }
        Examples<Point, Double> examples = Examples.of(points, point -> point,
                point -> 1000 + 50 * point.x() - 20 * point.y());
        Model<Point, Double> model = Network.sequential(Dense.of(1))
                .fit(examples, Fit.of().withEpochs(60).withBatch(20).withOptimizer(Optimizers.adam(0.05)));
        assertThat(model.predict(new Point(10, 5)).label()).isBetween(1390.0, 1410.0);
        assertThat(model.evaluate(examples).rmse()).isLessThan(5);
        assertThat(model.evaluate(examples).metric("r2")).isGreaterThan(0.999);
    }

    @Test
    void productsOfBf16AreRefusedBeforeTrainingWhereTheirLibraryIsMissing() {
        Fit fit = FIT.withPrecision(DType.BF16);
        // This module's tests have the CPU backend, and no oneDNN.
        Backends.using(Backends.named("cpu"), () -> {
            assertThatThrownBy(() -> Training.of(network(), noisy(50), fit)).isInstanceOf(CajalException.class)
                    .hasMessageContaining("Add the dependency dev.cajal:cajal-onednn")
                    .extracting(failure -> ((CajalException) failure).code()).isEqualTo("cpu.bf16-library");
            return Training.of(network(), noisy(50), FIT);
        });
        assertThatThrownBy(() -> FIT.withPrecision(DType.I32)).isInstanceOf(CajalException.class)
                .hasMessageContaining("can be f32 or bf16, but not i32");
    }

    @Test
    void mixedPrecisionIsNearSinglePrecisionAndKeepsWeightsInIt() {
        Backends.using(Backends.named("reference"), () -> {
            Layer small = Network.sequential(Dense.of(8, RELU), Dense.of(2));
            Training.Trained<float[], Integer> wide = Training.of(small, noisy(128), FIT).run(TrainingListener.NONE);
            Training.Trained<float[], Integer> narrow = Training.of(small, noisy(128), FIT.withPrecision(DType.BF16))
                    .run(TrainingListener.NONE);
            double loss = wide.history().values("loss").getLast();
            assertThat(narrow.history().values("loss").getLast()).isCloseTo(loss, within(0.02 * loss))
                    .isNotEqualTo(loss);
            narrow.model().variables().parameters().values()
                    .forEach(weights -> assertThat(weights.dtype()).isEqualTo(DType.F32));
            return narrow;
        });
    }

    @Test
    void aSnapshotRemembersThePrecision() {
        Backends.using(Backends.named("reference"), () -> {
            Path file = folder.resolve("precise.cajal");
            Training<float[], Integer> training = Training.of(network(), noisy(50), FIT.withPrecision(DType.BF16));
            Snapshots.save(file, training, training.start(), List.of());
            assertThat(Snapshots.load(file, List.of()).fit()).isEqualTo(training.fit());
            return training;
        });
    }
}
