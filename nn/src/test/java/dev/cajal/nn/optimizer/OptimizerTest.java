package dev.cajal.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.transform.Tree;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
    static Stream<Optimizer> all() {
        return Stream.of(
                Optimizers.sgd(0.1),
                Optimizers.momentum(0.05, 0.9),
                Optimizers.nesterov(0.05, 0.9),
                Optimizers.rmsProp(0.02),
                RmsProp.of(0.02).withMomentum(0.5).withCentered(true),
                Optimizers.adagrad(0.5),
                Adadelta.of(30),
                Optimizers.adam(0.1),
                Optimizers.amsGrad(0.1),
                AdamW.of(0.1).withWeightDecay(1e-4),
                Optimizers.nadam(0.1),
                Optimizers.radam(0.1),
                Optimizers.lion(0.02),
                Optimizers.lamb(0.02),
                Optimizers.adam(0.1).clippedByGlobalNorm(1),
                Optimizers.sgd(0.1).clippedByValue(0.5).withL1(1e-4).withL2(1e-4),
                Optimizers.sgd(0.1).withWeightDecay(1e-4, ParameterSelection.kernels()),
                Optimizers.sgd(0.1).withMaxNorm(10, ParameterSelection.kernels()),
                Optimizers.adam(0.1).averaged(0.9),
                Adam.of(Schedules.cosine(0.2, 400).withWarmUp(10)));
    }

    private static Tensor distance(SequencedMap<String, Tensor> p) {
        Tensor x = p.values().iterator().next();
        Tensor y = p.lastEntry().getValue();
        Tensor goal = Tensor.of(new float[][] {{1, -2}, {0.5f, 3}});
        return x.minus(goal).square().times(Tensor.of(new float[][] {{1, 0.3f}, {2, 0.5f}})).sum()
                .plus(y.plus(1).square().sum());
    }

    private static SequencedMap<String, Tensor> start() {
        SequencedMap<String, Tensor> p = new LinkedHashMap<>();
        p.put("layer/kernel", Tensor.of(new float[][] {{0.1f, 0.2f}, {-0.1f, 0.3f}}));
        p.put("layer/bias", Tensor.of(new float[] {0.1f, -0.1f}));
        return p;
    }

    @ParameterizedTest
    @MethodSource("all")
    void aQuadraticBowlIsDescended(Optimizer optimizer) {
        var gradient = Transform.grad(OptimizerTest::distance);
        var step = Transform.compile((SequencedMap<String, Tensor> p,
                OptimizerState<SequencedMap<String, Tensor>> s) -> optimizer.update(gradient.apply(p), s, p))
                .donating(0, 1);
        var parameters = start();
        var state = optimizer.init(parameters);
        double before = distance(parameters).item();
        for (int i = 0; i < 400; i++) {
            var update = step.apply(parameters, state);
            parameters = update.parameters();
            state = update.state();
        }
        assertThat(distance(optimizer.forEvaluation(parameters, state)).item()).isLessThan(0.005 * before);
        assertThat(state.step().item()).isEqualTo(400);
    }

    @ParameterizedTest
    @MethodSource("all")
    void updatesKeepStructureAndTypes(Optimizer optimizer) {
        var parameters = start();
        var state = optimizer.init(parameters);
        var gradient = Tree.map(parameters, p -> p.times(0.1));
        var update = optimizer.update(gradient, state, parameters);
        Tree.of(parameters).requireSame(Tree.of(update.parameters()));
        Tree before = Tree.of(state);
        Tree after = Tree.of(update.state());
        before.requireSame(after);
        assertThat(after.leaves().stream().map(Tensor::type).toList())
                .isEqualTo(before.leaves().stream().map(Tensor::type).toList());
        assertThat(after.names()).isEqualTo(before.names());
    }

    @ParameterizedTest
    @MethodSource("all")
    void singleTensorsListsAndDoublesAreTrees(Optimizer optimizer) {
        List<Tensor> parameters = List.of(
                Tensor.of(2f), Tensor.of(new double[] {1, 2, 3}, Shape.of(3)), Tensor.zeros(0, 4));
        var update = optimizer.update(parameters, optimizer.init(parameters), parameters);
        assertThat(update.parameters().stream().map(Tensor::type).toList())
                .isEqualTo(parameters.stream().map(Tensor::type).toList());
        Tensor one = Tensor.of(new float[] {1, 2});
        Tensor moved = optimizer.update(one, optimizer.init(one), one).parameters();
        assertThat(moved.shape()).isEqualTo(one.shape());
        assertThat(moved.toFloats()[0]).isLessThan(1);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aGradientOfZeroMovesNothingFar(Optimizer optimizer) {
        var parameters = start();
        var zero = Tree.map(parameters, Tensor::zerosLike);
        var update = optimizer.update(zero, optimizer.init(parameters), parameters);
        float[] moved = update.parameters().firstEntry().getValue().toFloats();
        assertThat(moved).containsExactly(parameters.firstEntry().getValue().toFloats(), within(1e-3f));
    }

    @Test
    void halfPrecisionIsSteppedInSingle() {
        Tensor parameter = Tensor.of(new float[] {1, -2}).asType(DType.BF16);
        Optimizer adam = Optimizers.adam(0.125);
        var state = adam.init(parameter);
        assertThat(state.slot("mean").dtype()).isEqualTo(DType.F32);
        Tensor gradient = Tensor.of(new float[] {0.5f, -0.5f}).asType(DType.BF16);
        var update = adam.update(gradient, state, parameter);
        assertThat(update.parameters().dtype()).isEqualTo(DType.BF16);
        assertThat(update.parameters().toFloats()).containsExactly(0.875f, -1.875f);
    }

    @Test
    void correctionsKeepTheirDigitsInSinglePrecision() {
        for (double decay : new double[] {0, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
            for (int number : new int[] {1, 2, 10, 1000, 100_000}) {
                double expected = -Math.expm1(number * Math.log(decay));
                var context = new StepContext("p", Tensor.of(number), Tensor.of(1f));
                assertThat(context.correction(decay).item()).isCloseTo(expected, within(5e-7 * expected));
            }
        }
    }

    @Test
    void aVarianceIsNeverNegative() {
        // Of a constant gradient the mean square minus the squared mean is rounding errors of either sign.
        float[] numbers = new float[200];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.exp(Math.sin(i));
        }
        Tensor gradient = Tensor.of(numbers);
        Optimizer centered = RmsProp.of(0).withCentered(true).withDecay(0.5);
        Tensor parameters = Tensor.zerosLike(gradient);
        var state = centered.init(parameters);
        for (int i = 0; i < 40; i++) {
            var update = centered.update(gradient, state, parameters);
            parameters = update.parameters().evaluate();
            state = update.state();
            assertThat(parameters.isFinite().toBooleans()).containsOnly(true);
        }
    }

    @Test
    void theMeanOfHalfPrecisionDoesNotStall() {
        Tensor parameter = Tensor.of(new float[] {1}).asType(DType.BF16);
        Optimizer still = new Averaged(0.999, false, Optimizers.sgd(0));
        var state = still.update(Tensor.zerosLike(parameter), still.init(parameter), parameter).state();
        Tensor moved = Tensor.of(new float[] {2}).asType(DType.BF16);
        for (int i = 0; i < 10; i++) {
            state = still.update(Tensor.zerosLike(moved), state, moved).state();
        }
        // A tenth of the spacing of bf16 numbers around 1 in each step.
        assertThat(state.slot("average").item()).isCloseTo(2 - Math.pow(0.999, 10), within(1e-6));
        assertThat(still.forEvaluation(moved, state).dtype()).isEqualTo(DType.BF16);
    }

    @Test
    void penaltiesAndDecaySpareWhatIsNotSelected() {
        var parameters = start();
        var zero = Tree.map(parameters, Tensor::zerosLike);
        for (Optimizer optimizer : List.of(
                Optimizers.sgd(1).withL1(0.5, ParameterSelection.kernels()),
                Optimizers.sgd(1).withL2(0.5, ParameterSelection.kernels()),
                Optimizers.sgd(1).withWeightDecay(0.5, ParameterSelection.kernels()),
                AdamW.of(1).withWeightDecay(0.5, ParameterSelection.kernels()),
                Lion.of(1).withWeightDecay(0.5, ParameterSelection.kernels()),
                Lamb.of(1).withWeightDecay(0.5, ParameterSelection.kernels()))) {
            var after = optimizer.update(zero, optimizer.init(parameters), parameters).parameters();
            assertThat(after.lastEntry().getValue().toFloats())
                    .containsExactly(parameters.lastEntry().getValue().toFloats());
            assertThat(after.firstEntry().getValue().toFloats()[3]).isNotEqualTo(0.3f);
        }
    }

    @Test
    void theWeightsOfAUnitAreShortenedToTheMaximum() {
        SequencedMap<String, Tensor> p = new LinkedHashMap<>();
        p.put("a/kernel", Tensor.of(new float[][] {{3, 0.3f, 0}, {-4, 0.4f, 0}}));
        p.put("b/kernel", Tensor.of(new float[][] {{30}}));
        p.put("a/bias", Tensor.of(new float[] {7, 8, 9}));
        var zero = Tree.map(p, Tensor::zerosLike);
        Optimizer some = Optimizers.sgd(1).withMaxNorm(2, ParameterSelection.only("a/*"));
        var after = some.update(zero, some.init(p), p).parameters();
        assertThat(after.get("a/kernel").toFloats()).containsExactly(1.2f, 0.3f, 0, -1.6f, 0.4f, 0);
        assertThat(after.get("b/kernel").toFloats()).containsExactly(30);
        assertThat(after.get("a/bias").toFloats()).containsExactly(7, 8, 9);
        assertThatThrownBy(() -> Optimizers.sgd(1).withMaxNorm(0, ParameterSelection.all()))
                .hasMessageContaining("greatest length of the weights of a unit");
    }

    @Test
    void differentStructuresAreRefused() {
        Optimizer sgd = Optimizers.sgd(0.1);
        var parameters = List.of(Tensor.of(1f), Tensor.of(2f));
        assertThatThrownBy(() -> sgd.update(List.of(Tensor.of(1f)), sgd.init(parameters), parameters))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("differ in structure");
        assertThatThrownBy(() -> Optimizers.adam(0.1).update(parameters, sgd.init(parameters), parameters))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("no slot 'mean'");
    }

    @Test
    void theScaleOfTheStateLowersTheRate() {
        Optimizer sgd = Optimizers.sgd(0.5);
        Tensor p = Tensor.of(1f);
        var state = sgd.init(p).withLearningRateScale(0.25);
        assertThat(sgd.learningRate(state).item()).isEqualTo(0.125);
        var update = sgd.update(p, state, p);
        assertThat(update.parameters().item()).isEqualTo(0.875);
        assertThat(update.state().learningRateScale().item()).isEqualTo(0.25);
    }

    @Test
    void aShortGradientIsNotClipped() {
        ClipByGlobalNorm clip = new ClipByGlobalNorm(5, Optimizers.sgd(1));
        List<Tensor> gradient = List.of(Tensor.of(new float[] {3}), Tensor.of(new float[] {4}));
        assertThat(ClipByGlobalNorm.globalNorm(gradient).item()).isEqualTo(5);
        List<Tensor> kept = clip.transform(gradient, gradient);
        assertThat(kept.get(0).toFloats()).containsExactly(3);
        List<Tensor> twice = Tree.map(gradient, g -> g.times(2));
        assertThat(clip.transform(twice, gradient).get(1).toFloats()).containsExactly(4);
        List<Tensor> zero = Tree.map(gradient, Tensor::zerosLike);
        assertThat(clip.transform(zero, gradient).get(1).toFloats()).containsExactly(0);
    }

    @Test
    void wrappersActFromTheOutsideIn() {
        Tensor p = Tensor.of(2f);
        Tensor g = Tensor.of(3f);
        Optimizer penaltyFirst = Optimizers.sgd(1).clippedByValue(1).withL2(10);
        Optimizer clipFirst = Optimizers.sgd(1).withL2(10).clippedByValue(1);
        assertThat(penaltyFirst.update(g, penaltyFirst.init(p), p).parameters().item()).isEqualTo(1);
        assertThat(clipFirst.update(g, clipFirst.init(p), p).parameters().item()).isEqualTo(2 - (1 + 20));
        Optimizer lasso = Optimizers.sgd(1).withL1(0.5);
        assertThat(lasso.update(g, lasso.init(p), p).parameters().item()).isEqualTo(2 - 3.5);
        assertThat(clipFirst.withLearningRate(2).learningRate().at(0)).isEqualTo(2);
        assertThat(clipFirst.withLearningRate(2)).isInstanceOf(ClipByValue.class);
    }

    @Test
    void theMeanBeginsWithTheFirstUpdate() {
        Averaged averaged = new Averaged(0.5, false, Optimizers.sgd(1));
        Tensor p = Tensor.of(10f);
        Tensor g = Tensor.of(1f);
        var state = averaged.init(p);
        assertThat(averaged.forEvaluation(p, state).item()).isEqualTo(10);
        var first = averaged.update(g, state, p);
        assertThat(averaged.forEvaluation(first.parameters(), first.state()).item()).isEqualTo(9);
        var second = averaged.update(g, first.state(), first.parameters());
        assertThat(second.parameters().item()).isEqualTo(8);
        assertThat(averaged.forEvaluation(second.parameters(), second.state()).item()).isEqualTo(8.5);
        Averaged warm = Averaged.of(0.999, Optimizers.sgd(1));
        var third = warm.update(g, second.state(), second.parameters());
        // (1 + 2) / (10 + 2) of 8.5, the rest of 7.
        assertThat(warm.forEvaluation(third.parameters(), third.state()).item()).isCloseTo(7.375, within(1e-6));
        assertThatThrownBy(() -> averaged.averaged(0.9).init(p)).hasMessageContaining("once only");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theStateSharesNoMemoryWithParameters(Optimizer optimizer) {
        var parameters = start();
        var state = optimizer.init(parameters);
        List<Tensor> all = new ArrayList<>(Tree.of(state).leaves());
        all.addAll(Tree.of(parameters).leaves());
        Tensor.evaluate(all);
        assertThat(all.stream().map(Tensor::buffer).map(System::identityHashCode)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void configurationsAreRecords(Optimizer optimizer) {
        List<Class<? extends Record>> types = new ArrayList<>(Optimizers.types());
        types.addAll(Schedules.types());
        RecordCodec codec = new RecordCodec(types);
        assertThat(codec.read(codec.write(optimizer), Optimizer.class)).isEqualTo(optimizer);
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> Optimizers.sgd(-1)).isInstanceOf(CajalException.class).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> Optimizers.sgd(Double.NaN)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Sgd.of(1).withNesterov(true)).hasMessageContaining("Nesterov");
        assertThatThrownBy(() -> Adam.of(1).withBetas(0.9, 1)).hasMessageContaining("beta2 is 1.0");
        assertThatThrownBy(() -> RAdam.of(1).withBetas(0.9, 0.5)).hasMessageContaining("above 2/3");
        assertThatThrownBy(() -> Adadelta.of().withEpsilon(0)).hasMessageContaining("Epsilon");
        assertThatThrownBy(() -> Optimizers.adam(1).clippedByGlobalNorm(0)).isInstanceOf(CajalException.class);
    }
}
