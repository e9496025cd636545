package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

/// What whoever writes a layer meets.
class ScopeTest {
    private static final RandomKey KEY = RandomKey.of(1);
    private static final Tensor X = Tensor.ones(2, 3);

    /// `x * scale`.
    record Scale(Initializer initializer) implements Layer {
        @Override
        public Tensor apply(Tensor x, Scope scope) {
            return x.times(scope.parameter("scale", Shape.of(x.dim(-1)), initializer));
        }
    }

    /// Adds up what it sees.
    record Total() implements Layer {
        @Override
        public Tensor apply(Tensor x, Scope scope) {
            Tensor total = scope.statistic("total", Shape.of(x.dim(-1)), Initializers.zeros());
            scope.update("total", total.plus(x.sum(0)));
            return x;
        }
    }

    private static final Layer NOISY = Layer.of((x, scope) -> scope.isTraining()
            ? x.plus(scope.key().uniform(x.shape()))
            : x);

    private static final Scale RANDOM = new Scale(Initializers.normal(1));

    private static Tensor predict(Network<Tensor, Tensor> network, Variables variables, Tensor x) {
        return network.apply(variables, x, Mode.inference()).output();
    }

    @Test
    void parametersDependOnKeyAndPathOnly() {
        var one = Network.sequential(RANDOM, RANDOM);
        var other = Network.sequential(Layer.of((x, _) -> x.times(2)), RANDOM);
        var parameters = one.init(KEY, X).parameters();
        assertThat(parameters.keySet()).containsExactly("0/scale", "1/scale");
        assertThat(parameters.get("0/scale").sameBits(parameters.get("1/scale"))).isFalse();
        assertThat(parameters.get("1/scale").sameBits(other.init(KEY, X).parameters().get("1/scale"))).isTrue();
        assertThat(parameters.get("1/scale").sameBits(one.init(RandomKey.of(2), X).parameters().get("1/scale")))
                .isFalse();
    }

    @Test
    void equalLayersDoNotShareUnlessToldSo() {
        Layer shared = Layer.of(Shared.of("common", RANDOM));
        var network = Network.sequential(shared, RANDOM, Network.sequential(shared));
        Variables variables = network.init(KEY, X);
        assertThat(variables.parameters().keySet()).containsExactly("common/scale", "1/scale");
        Tensor common = variables.parameters().get("common/scale");
        Tensor expected = X.times(common).times(variables.parameters().get("1/scale")).times(common);
        assertThat(predict(network, variables, X).sameBits(expected)).isTrue();
    }

    @Test
    void aNameSharesOneNetwork() {
        var network = Network.sequential(
                Layer.of(Shared.of("common", RANDOM)), Layer.of(Shared.of("common", new Scale(Initializers.ones()))));
        assertThatThrownBy(() -> network.init(KEY, X))
                .isInstanceOf(CajalException.class)
                .hasMessageStartingWith("Two different networks are shared under the name 'common'");
    }

    @Test
    void sharedParametersHaveOneShape() {
        Layer shared = Layer.of(Shared.of("common", RANDOM));
        var network = Network.sequential(shared, Layer.of((x, _) -> x.slice(1, 0, 2)), shared);
        assertThatThrownBy(() -> network.init(KEY, X))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith(
                        "In layer common: The parameter common/scale has shape [3], but this input needs [2].");
    }

    @Test
    void aSharedNameIsNotThatOfALayer() {
        Layer shared = Layer.of(Shared.of("1", RANDOM));
        for (var network : new Layer[] {Network.sequential(shared, RANDOM),
            Network.sequential(RANDOM, RANDOM, shared)}) {
            assertThatThrownBy(() -> network.init(KEY, X))
                    .isInstanceOf(CajalException.class)
                    .hasMessageStartingWith("The name '1' is that of a shared network and also of a child");
        }
        // Below the outermost network nothing collides.
        assertThat(Network.sequential(Network.sequential(shared, RANDOM)).init(KEY, X).parameters().keySet())
                .containsExactly("1/scale", "0/1/scale");
    }

    @Test
    void namesAreUniqueAndPartsOfPaths() {
        Layer twice = Layer.of((x, scope) -> scope.call("a", RANDOM, scope.call("a", RANDOM, x)));
        assertThatThrownBy(() -> Network.sequential(twice).init(KEY, X))
                .isInstanceOf(CajalException.class)
                .hasMessageStartingWith("In layer 0: The name 'a' is used twice.");
        for (String name : new String[] {"", "a/b"}) {
            assertThatThrownBy(() -> Layer.of((x, scope) -> scope.call(name, RANDOM, x)).init(KEY, X))
                    .isInstanceOf(CajalException.class)
                    .hasMessageContaining("cannot be part of a path");
            assertThatThrownBy(() -> Shared.of(name, RANDOM).init(KEY, X)).isInstanceOf(CajalException.class);
        }
    }

    @Test
    void missingVariablesAreNamed() {
        Variables none = new Variables(new LinkedHashMap<>(), new LinkedHashMap<>());
        assertThatThrownBy(() -> predict(Network.sequential(RANDOM), none, X))
                .isInstanceOf(CajalException.class)
                .hasMessageStartingWith("There is no parameter 0/scale.");
    }

    @Test
    void statisticsMoveInTraining() {
        var network = Network.sequential(new Total());
        Variables variables = network.init(KEY, X);
        assertThat(variables.parameters()).isEmpty();
        assertThat(variables.statistics().get("0/total").toFloats()).containsExactly(0, 0, 0);
        var after = network.apply(variables, X, Mode.training(KEY)).statistics();
        assertThat(after.get("0/total").toFloats()).containsExactly(2, 2, 2);
        assertThat(network.apply(variables, X, Mode.inference()).statistics()).isEqualTo(variables.statistics());
    }

    @Test
    void statisticsKeepTheirType() {
        Layer total = new Total();
        Variables variables = total.init(KEY, X);
        Tensor wide = X.asType(DType.F64);
        assertThat(total.apply(variables, wide, Mode.training(KEY)).statistics().get("total").dtype())
                .isEqualTo(DType.F32);
    }

    @Test
    void updatesAreChecked() {
        Layer unknown = Layer.of((x, scope) -> {
            scope.update("mean", x);
            return x;
        });
        assertThatThrownBy(() -> Network.sequential(unknown).init(KEY, X))
                .isInstanceOf(CajalException.class)
                .hasMessage("In layer 0: There is no statistic 'mean' to update; ask for it with statistic() first.");
        Layer another = Layer.of((x, scope) -> {
            scope.statistic("mean", Shape.of(3), Initializers.zeros());
            scope.update("mean", x);
            return x;
        });
        assertThatThrownBy(() -> another.init(KEY, X))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("The statistic 'mean' has shape [3], but its update has [2, 3].");
    }

    @Test
    void randomNumbersDependOnKeyAndPath() {
        var network = Network.sequential(NOISY, NOISY);
        Variables variables = network.init(KEY, X);
        Tensor first = network.apply(variables, X, Mode.training(KEY)).output();
        assertThat(first.sameBits(network.apply(variables, X, Mode.training(KEY)).output())).isTrue();
        assertThat(first.sameBits(network.apply(variables, X, Mode.training(RandomKey.of(9))).output())).isFalse();
        Tensor alone = NOISY.apply(variables, X, Mode.training(KEY)).output().minus(X);
        assertThat(first.minus(X).minus(alone).sameBits(alone)).isFalse();
        Layer careless = Layer.of((x, scope) -> x.plus(scope.key().uniform(x.shape())));
        assertThatThrownBy(() -> predict(Network.sequential(careless), variables, X))
                .isInstanceOf(CajalException.class)
                .hasMessage("In layer 0: There are no random numbers outside of training, so that predictions repeat. "
                        + "Ask isTraining() first.");
    }

    @Test
    void shapeErrorsTellHowItCameAbout() {
        Layer half = Layer.of((x, _) -> x.slice(1, 0, 1));
        Layer wrong = Layer.of((x, _) -> x.matmul(Tensor.zeros(7, 7)));
        var network = Network.sequential(Network.sequential(half, RANDOM), Network.sequential(RANDOM, wrong));
        assertThatThrownBy(() -> network.init(KEY, X))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        """
                                In layer 1/1: matmul of shapes [2, 1] and [7, 7]: the left has 1 columns, the right 7 rows. \
                                It needs [..., m, k] and [..., k, n].
                                Shapes up to there:
                                  0 (Sequential) got f32[2, 3]
                                  1 (Sequential) got f32[2, 1]
                                  1/0 (Scale) got f32[2, 1]
                                  1/1 (LayerNetwork) got f32[2, 1]""")
                .satisfies(error -> assertThat(((ShapeException) error).code()).isEqualTo("shape.matmul"))
                .satisfies(error -> assertThat(((ShapeException) error).arguments()).isNotEmpty());
    }

    @Test
    void initializersKeepToTheShape() {
        assertThatThrownBy(() -> new Scale((_, _) -> Tensor.zeros(2)).init(KEY, X))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("made shape [2] for scale, which needs [3]");
    }
}
