package dev.cajal.nn.loss;

import static dev.cajal.nn.EachBackend.agree;
import static dev.cajal.nn.EachBackend.randomShape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.transform.ValueAndGradient;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The gradient of every loss, by the prediction and by a target that is differentiable, against central differences in f64 along random
/// directions, on random shapes.
class LossGradientTest {
    private static final double STEP = 1e-5;

    /// What targets a loss takes.
    private enum Kind {
        VALUES, ANSWERS, COUNTS, LABELS, SHARES
    }

    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of(Losses.meanSquaredError(), Kind.VALUES),
                Arguments.of(Losses.quadraticCost(), Kind.VALUES),
                Arguments.of(Losses.meanAbsoluteError(), Kind.VALUES),
                Arguments.of(Losses.huber(0.7), Kind.VALUES),
                Arguments.of(Losses.logCosh(), Kind.VALUES),
                Arguments.of(Losses.cosineDistance(), Kind.VALUES),
                Arguments.of(Losses.binaryCrossEntropy(), Kind.SHARES),
                Arguments.of(BinaryCrossEntropy.of().withPositiveWeight(3).withSmoothing(0.2), Kind.SHARES),
                Arguments.of(Losses.hinge(), Kind.ANSWERS),
                Arguments.of(Losses.squaredHinge(), Kind.ANSWERS),
                Arguments.of(Losses.poisson(), Kind.COUNTS),
                Arguments.of(Poisson.ofRates(), Kind.COUNTS),
                Arguments.of(Losses.categoricalCrossEntropy(), Kind.LABELS),
                Arguments.of(Losses.categoricalCrossEntropy(), Kind.SHARES),
                Arguments.of(CategoricalCrossEntropy.of().withSmoothing(0.1).withClassWeights(1, 2, 3), Kind.LABELS),
                Arguments.of(CategoricalCrossEntropy.of().withSmoothing(0.1).withClassWeights(1, 2, 3), Kind.SHARES),
                Arguments.of(Losses.multiClassHinge(), Kind.LABELS),
                Arguments.of(Losses.kullbackLeibler(), Kind.SHARES));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("all")
    void gradients(Loss loss, Kind kind) {
        Random random = new Random(5);
        for (Shape shape : List.of(Shape.of(4, 3), Shape.of(1, 3), Shape.of(2, 5, 3), Shape.of(3, 2, 2, 3))) {
            double lowest = loss.equals(Poisson.ofRates()) ? 0.5 : -3;
            Tensor prediction = uniform(random, shape, lowest, 3);
            Tensor target = target(random, shape, kind);
            Tensor weights = uniform(random, Shape.of(shape.dim(0)), 0.5, 2);
            check(random, (p, t) -> loss.mean(p, t, weights), prediction, target);
            if (kind == Kind.VALUES || kind == Kind.SHARES) {
                check(random, (t, p) -> loss.mean(p, t, weights), target, prediction);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("all")
    void backendsAgreeOnRandomShapes(Loss loss, Kind kind) {
        Random random = new Random(8);
        for (int i = 0; i < 8; i++) {
            Shape shape = randomShape(random, 3);
            double lowest = loss.equals(Poisson.ofRates()) ? 0.5 : -3;
            double[] prediction = random.doubles(shape.size(), lowest, 3).toArray();
            Tensor target = target(random, shape, kind);
            double[] targets = target.toDoubles();
            double[] weights = random.doubles(shape.dim(0), 0.5, 2).toArray();
            agree(loss + " of " + shape, 1e-5, () -> {
                Tensor p = Tensor.of(prediction, shape).asType(DType.F32);
                Tensor t = Tensor.of(targets, target.shape())
                        .asType(target.dtype().isFloating() ? DType.F32 : target.dtype());
                Tensor w = Tensor.of(weights, Shape.of(weights.length)).asType(DType.F32);
                ValueAndGradient<Tensor> both = Transform.valueAndGrad((Tensor x) -> loss.mean(x, t, w)).apply(p);
                return List.of(both.value(), both.gradient(), loss.perExample(p, t));
            });
        }
    }

    private static void check(Random random, BiFunction<Tensor, Tensor, Tensor> function, Tensor x, Tensor other) {
        Tensor gradient = Transform.grad((Tensor p) -> function.apply(p, other)).apply(x);
        for (int i = 0; i < 3; i++) {
            Tensor direction = uniform(random, x.shape(), -1, 1);
            double up = function.apply(x.plus(direction.times(STEP)), other).item();
            double down = function.apply(x.minus(direction.times(STEP)), other).item();
            double slope = gradient.times(direction).sum().item();
            assertThat(slope).isCloseTo((up - down) / (2 * STEP), within(1e-7 * (1 + Math.abs(slope))));
        }
    }

    private static Tensor target(Random random, Shape shape, Kind kind) {
        int rows = Math.toIntExact(shape.size() / shape.dim(-1));
        Shape rowShape = shape.without(List.of(shape.rank() - 1));
        return switch (kind) {
            case VALUES -> uniform(random, shape, -3, 3);
            case ANSWERS -> uniform(random, shape, -1, 1).gt(0);
            case COUNTS -> uniform(random, shape, 0, 6).floor();
            case LABELS -> Tensor.of(random.ints(rows, 0, shape.dim(-1)).toArray(), rowShape);
            case SHARES -> uniform(random, shape, -1, 1).softmax(-1).evaluate();
        };
    }

    private static Tensor uniform(Random random, Shape shape, double low, double high) {
        return Tensor.of(random.doubles(shape.size(), low, high).toArray(), shape);
    }
}
