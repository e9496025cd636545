package dev.cajal.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fixture;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Losses and their gradients equal PyTorch's (the multi-class hinge scikit-learn's).
class LossFixtureTest {
    private static final Fixture FIXTURE = Fixture.of(LossFixtureTest.class, "losses.json");
    private static final Shape SHAPE = Shape.of(5, 4);

    private static Tensor numbers(String name) {
        return Tensor.of(FIXTURE.doubles(name), SHAPE);
    }

    private static Tensor labels() {
        return Tensor.of(FIXTURE.ints("labels"));
    }

    static Stream<Arguments> cases() {
        double[] weights = FIXTURE.doubles("weights");
        var binary = BinaryCrossEntropy.of();
        var categorical = CategoricalCrossEntropy.of();
        return Stream.of(
                Arguments.of("mse", Losses.meanSquaredError(), numbers("values")),
                Arguments.of("quadratic", Losses.quadraticCost(), numbers("values")),
                Arguments.of("mae", Losses.meanAbsoluteError(), numbers("values")),
                Arguments.of("huber", Losses.huber(1.5), numbers("values")),
                Arguments.of("log_cosh", Losses.logCosh(), numbers("values")),
                Arguments.of("binary", binary, numbers("answers")),
                Arguments.of("binary", binary, numbers("answers").asType(DType.BOOL)),
                Arguments.of("binary", binary, numbers("answers").asType(DType.U8)),
                Arguments.of("binary_soft", binary, numbers("soft")),
                Arguments.of("binary_weight", binary.withPositiveWeight(3), numbers("answers")),
                Arguments.of("binary_smoothing", binary.withSmoothing(0.2), numbers("answers")),
                Arguments.of("categorical", categorical, labels()),
                Arguments.of("categorical", categorical, labels().asType(DType.I64)),
                Arguments.of("categorical", categorical, labels().asType(DType.U8)),
                Arguments.of("categorical", categorical, labels().reshape(5, 1)),
                Arguments.of("categorical", categorical, labels().oneHot(4, DType.F32)),
                Arguments.of("categorical_smoothing", categorical.withSmoothing(0.1), labels()),
                Arguments.of("categorical_smoothing", categorical.withSmoothing(0.1), labels().oneHot(4, DType.I32)),
                Arguments.of("categorical_weights", categorical.withClassWeights(weights), labels()),
                Arguments.of("categorical_weights", categorical.withClassWeights(weights),
                        labels().oneHot(4, DType.F32)),
                Arguments.of("categorical_both", categorical.withClassWeights(weights).withSmoothing(0.1), labels()),
                Arguments.of("categorical_dense", categorical, numbers("dense")),
                Arguments.of("categorical_dense_both", categorical.withClassWeights(weights).withSmoothing(0.1),
                        numbers("dense")),
                Arguments.of("hinge", Losses.hinge(), numbers("answers")),
                Arguments.of("hinge", Losses.hinge(), numbers("answers").times(2).minus(1)),
                Arguments.of("hinge_squared", Losses.squaredHinge(), numbers("answers").asType(DType.BOOL)),
                Arguments.of("kullback_leibler", Losses.kullbackLeibler(), numbers("dense")),
                Arguments.of("poisson", Losses.poisson(), numbers("counts")),
                Arguments.of("cosine", Losses.cosineDistance(), numbers("values")),
                Arguments.of("multi_class_hinge", Losses.multiClassHinge(), labels()),
                Arguments.of("multi_class_hinge", Losses.multiClassHinge(), labels().oneHot(4, DType.F32)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("cases")
    void doublePrecision(String name, Loss loss, Tensor target) {
        check(name, loss, numbers("prediction"), target, 1e-7);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("cases")
    void singlePrecision(String name, Loss loss, Tensor target) {
        check(name, loss, numbers("prediction").asType(DType.F32), target, 2e-6);
    }

    private static void check(String name, Loss loss, Tensor prediction, Tensor target, double tolerance) {
        Fixture expected = FIXTURE.get(name);
        Tensor losses = loss.perExample(prediction, target);
        assertThat(losses.shape()).isEqualTo(Shape.of(5));
        assertThat(losses.dtype()).isEqualTo(prediction.dtype());
        assertThat(losses.toDoubles()).containsExactly(expected.doubles("losses"), within(tolerance));
        double[] gradient = expected.doubles("gradient");
        if (gradient.length > 0) {
            Tensor actual = Transform.grad((Tensor p) -> loss.perExample(p, target).sum()).apply(prediction);
            assertThat(actual.toDoubles()).containsExactly(gradient, within(tolerance));
        }
    }
}
