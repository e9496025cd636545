package dev.cajal.golden;

import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.ObjectInputs;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Schedules;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The demonstration of micrograd: two moons, 100 points, a network 2-16-16-1 with the max-margin loss.
///
/// A. Karpathy, <https://github.com/karpathy/micrograd>, `demo.ipynb`: loss 0.8958 before, 0.0110 after 100 steps, all points right.
class TwoMoonsTest {
    private static final int POINTS = 100;
    private static final int STEPS = 100;
    private static final double PENALTY = 1e-4;

    private static final Layer NETWORK = Network.sequential(dense(16), dense(16), readout());

    private static Dense dense(int units) {
        return Dense.of(units, RELU).withKernel(Initializers.uniform(-1, 1));
    }

    private static Dense readout() {
        return Dense.of(1).withKernel(Initializers.uniform(-1, 1));
    }

    private record Outcome(double before, double after, double accuracy) {}

    @Test
    void allPointsAreRightAfterAHundredSteps() throws IOException {
        List<Long> seeds = List.of(1L, 2L, 3L, 4L, 5L);
        List<Outcome> outcomes = new ArrayList<>();
        long began = System.nanoTime();
        for (long seed : seeds) {
            outcomes.add(train(seed));
        }
        double seconds = (System.nanoTime() - began) / 1e9 / seeds.size();
        double loss = outcomes.stream().mapToDouble(Outcome::after).average().orElseThrow();
        double accuracy = outcomes.stream().mapToDouble(Outcome::accuracy).average().orElseThrow();
        Results.write(
                "02-two-moons",
                new Results.Line(
                        "two moons, 100 points, noise 0.1",
                        "2-16-16-1, ReLU, 337 parameters, max-margin loss + 1e-4 L2",
                        "as published: SGD, all points at once, rate 1.0 - 0.9 k/100, 100 steps",
                        "loss 0.0110, 100 % right (one seed)",
                        String.format(Locale.ROOT, "loss %.4f, %.1f %% right (mean of 5 seeds)", loss, 100 * accuracy),
                        seconds,
                        "1 to 5"));
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.before()).isGreaterThan(0.3));
        assertThat(loss).isLessThan(0.03);
        assertThat(accuracy).isGreaterThanOrEqualTo(0.995);
    }

    private static Outcome train(long seed) {
        Examples<double[], Double> moons = moons(seed);
        // The penalty adds twice its factor to the gradient.
        Fit fit = Fit.of()
                .withEpochs(STEPS)
                .withBatch(POINTS)
                .withSeed(seed)
                .withLoss(Losses.hinge())
                .withOptimizer(Optimizers.sgd(1)
                        .withLearningRate(Schedules.linear(1.0, STEPS).withEnd(0.1))
                        .withL2(2 * PENALTY));
        Training<double[], Double> training = Training.of(NETWORK, moons, fit);
        Model<double[], Double> untrained = training.model(training.start().state());
        Model<double[], Double> trained = training.run(TrainingListener.NONE).model();
        assertThat(trained.variables().parameterCount()).isEqualTo(337);
        return new Outcome(loss(untrained, moons), loss(trained, moons), accuracy(trained, moons));
    }

    /// With the penalty, as the demonstration counts it.
    private static double loss(Model<double[], Double> model, Examples<double[], Double> moons) {
        double squares = 0;
        for (Tensor parameter : model.variables().parameters().values()) {
            squares += parameter.square().sum().item();
        }
        return model.evaluate(moons).loss() + PENALTY * squares;
    }

    private static double accuracy(Model<double[], Double> model, Examples<double[], Double> moons) {
        float[] scores = model.outputs(moons.inputs());
        int right = 0;
        for (int i = 0; i < POINTS; i++) {
            right += scores[i] > 0 == moons.targets().get(i, 0) > 0 ? 1 : 0;
        }
        return (double) right / POINTS;
    }

    /// As scikit-learn's `make_moons`, with labels -1 and 1.
    private static Examples<double[], Double> moons(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int half = POINTS / 2;
        float[] points = new float[2 * POINTS];
        float[] labels = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double angle = Math.PI * (i % half) / (half - 1);
            boolean upper = i < half;
            points[2 * i] = (float) (upper ? Math.cos(angle) : 1 - Math.cos(angle));
            points[2 * i + 1] = (float) (upper ? Math.sin(angle) : 0.5 - Math.sin(angle));
            points[2 * i] += (float) (0.1 * random.nextGaussian());
            points[2 * i + 1] += (float) (0.1 * random.nextGaussian());
            labels[i] = upper ? -1 : 1;
        }
        return new Examples<>(
                ObjectInputs.like(new double[2]).raw(),
                NumberTargets.of(NumberTargets.Kind.DOUBLE, 1),
                Rows.of(points, Shape.of(2)),
                Rows.of(labels, Shape.of(1)));
    }
}
