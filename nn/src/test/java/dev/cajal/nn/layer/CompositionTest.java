package dev.cajal.nn.layer;

import static dev.cajal.nn.activation.Activations.RELU;
import static dev.cajal.nn.activation.Activations.SOFTMAX;
import static dev.cajal.nn.activation.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.Chain;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.Shared;
import dev.cajal.nn.Variables;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private static final RandomKey KEY = RandomKey.of(1);
    private static final Tensor X = Tensor.of(new float[][] {{1, 2}, {-3, 4}});

    /// A layer whose output is the input times a number.
    private static Layer times(double number) {
        return Layer.of((x, _) -> x.times(number));
    }

    private static <I, O> O apply(Network<I, O> network, I input) {
        return network.apply(network.init(KEY, input), input, Mode.inference()).output();
    }

    @Test
    void layersInARowAreNamedByPosition() {
        var network = Network.sequential(Dense.of(5, RELU), Dense.of(4), BatchNorm.of());
        Variables variables = network.init(KEY, X);
        assertThat(variables.parameters().keySet())
                .containsExactly("0/kernel", "0/bias", "1/kernel", "1/bias", "2/scale", "2/bias");
        assertThat(variables.statistics().keySet()).containsExactly("2/mean", "2/variance");
        Tensor hidden = X.matmul(variables.parameters().get("0/kernel"));
        Tensor expected = hidden.maximum(0).matmul(variables.parameters().get("1/kernel"));
        Tensor output = Sequential.of(network.layers().subList(0, 2)).apply(variables, X, Mode.inference()).output();
        assertThat(output.toFloats()).containsExactly(expected.toFloats());
    }

    @Test
    void layersInARowCanHaveNames() {
        var network = Network.sequential(Dense.of(5), Dense.of(4)).withNames("hidden", "output");
        assertThat(network.init(KEY, X).parameters().keySet())
                .containsExactly("hidden/kernel", "hidden/bias", "output/kernel", "output/bias");
        assertThat(Sequential.of().with("hidden", Dense.of(5)).with("output", Dense.of(4))).isEqualTo(network);
        assertThat(network.with(times(2)).names()).containsExactly("hidden", "output", "2");
        assertThatThrownBy(() -> network.with("output", times(2)))
                .isInstanceOf(CajalException.class)
                .hasMessage(
                        "The 3 layers of a Sequential need as many names, all different, but got [hidden, output, output].");
        assertThatThrownBy(() -> network.withNames("one")).isInstanceOf(CajalException.class);
    }

    @Test
    void anEmptyRowDoesNothing() {
        assertThat(apply(Network.sequential(), X)).isSameAs(X);
        assertThat(Network.sequential().outputActivation()).isEmpty();
    }

    @Test
    void theLastActivationIsKnown() {
        assertThat(Network.sequential(Dense.of(3, RELU), Dense.of(3)).outputActivation()).isEmpty();
        assertThat(Network.sequential(Dense.of(3), SOFTMAX).outputActivation()).contains(SOFTMAX);
        assertThat(Network.sequential(Network.sequential(Dense.of(3, SOFTMAX))).outputActivation()).contains(SOFTMAX);
        assertThat(Layer.of(Shared.of("a", Dense.of(3, SOFTMAX))).outputActivation()).contains(SOFTMAX);
        assertThat(Layer.of(Dense.of(3).then(Shared.of("a", SOFTMAX))).outputActivation()).contains(SOFTMAX);
        assertThat(Layer.of((x, _) -> x).outputActivation()).isEmpty();
        assertThat(Residual.of(Dense.of(3, SOFTMAX)).outputActivation()).isEmpty();
    }

    @Test
    void residualsAdd() {
        assertThat(apply(Residual.of(times(10)), X).toFloats()).containsExactly(11, 22, -33, 44);
        assertThat(apply(Residual.of(times(10)).withProjection(times(2)), X).toFloats())
                .containsExactly(12, 24, -36, 48);
        assertThat(Residual.of(Dense.of(3)).withProjection(Dense.of(3)).init(KEY, X).parameters().keySet())
                .containsExactly("branch/kernel", "branch/bias", "projection/kernel", "projection/bias");
    }

    @Test
    void residualsExplainWhatDoesNotFit() {
        assertThatThrownBy(() -> apply(Network.sequential(Residual.of(Dense.of(3))), X))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith(
                        "In layer 0: Residual adds the input to what its branch gives, so both need one shape, but they have [2, 2] "
                                + "and [2, 3]. Let the branch keep the shape, or bring the input to the branch's with "
                                + "withProjection(Dense.of(3)).");
        assertThatThrownBy(() -> apply(Residual.of(Dense.of(3)).withProjection(Dense.of(4)), X))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 4] and [2, 3]. Let branch and projection end in the same shape.");
    }

    @Test
    void branchesAreMerged() {
        assertThat(apply(Branches.concatenated(times(1), times(10)), X).toFloats())
                .containsExactly(1, 2, 10, 20, -3, 4, -30, 40);
        assertThat(apply(Branches.summed(times(1), times(10), times(100)), X).toFloats())
                .containsExactly(111, 222, -333, 444);
        assertThat(apply(Branches.multiplied(times(1), times(10)), X).toFloats()).containsExactly(10, 40, 90, 160);
        assertThat(Branches.summed(Dense.of(3), Dense.of(3)).init(KEY, X).parameters().keySet())
                .containsExactly("0/kernel", "0/bias", "1/kernel", "1/bias");
        assertThatThrownBy(() -> Branches.summed())
                .isInstanceOf(CajalException.class)
                .hasMessage("The number of branches has to be at least 1, but is 0.");
    }

    @Test
    void mergesExplainWhatDoesNotFit() {
        List<Tensor> ragged = List.of(Tensor.zeros(2, 3), Tensor.zeros(4, 3));
        assertThatThrownBy(() -> apply(Concatenate.of(), ragged))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "Concatenate joins tensors that differ along axis -1 only, but got shapes [[2, 3], [4, 3]].");
        assertThat(apply(Concatenate.of(0), ragged).shape()).isEqualTo(Shape.of(6, 3));
        // No broadcasting: [2, 1] and [2, 3] would make a sum.
        for (Merge merge : List.of(Sum.of(), Product.of())) {
            assertThatThrownBy(() -> apply(merge, List.of(Tensor.zeros(2, 1), Tensor.zeros(2, 3))))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(merge.getClass().getSimpleName()
                            + " takes tensors of one shape, but got [[2, 1], [2, 3]].");
        }
        assertThatThrownBy(() -> apply(Sum.of(), List.of()))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Sum needs at least one tensor, but got none.");
        assertThatThrownBy(() -> apply(Concatenate.of(), List.of())).isInstanceOf(ShapeException.class);
    }

    @Test
    void severalInputsOneOutput() {
        Network<List<Tensor>, Tensor> network = Parallel.of(Dense.of(4, RELU), Embedding.of(10, 4))
                .then(Sum.of())
                .then(Dense.of(3));
        List<Tensor> inputs = List.of(X, Tensor.of(new int[] {7, 1}));
        assertThat(network.init(KEY, inputs).parameters().keySet())
                .containsExactly("0/0/kernel", "0/0/bias", "0/1/table", "2/kernel", "2/bias");
        assertThat(apply(network, inputs).shape()).isEqualTo(Shape.of(2, 3));
        assertThatThrownBy(() -> apply(network, List.of(X)))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("In layer 0: Parallel has 2 branches and takes as many inputs, but got 1.");
    }

    @Test
    void oneInputSeveralOutputs() {
        Network<Tensor, List<Tensor>> heads = Dense.of(8, TANH).then(Fork.of(Dense.of(3), Dense.of(1)));
        List<Tensor> outputs = apply(heads, X);
        assertThat(outputs).extracting(Tensor::shape).containsExactly(Shape.of(2, 3), Shape.of(2, 1));
        assertThat(heads.init(KEY, X).parameters().keySet())
                .containsExactly("0/kernel", "0/bias", "1/0/kernel", "1/0/bias", "1/1/kernel", "1/1/bias");
    }

    @Test
    void chainsOfAnyTypes() {
        Network<Tensor, String> described = times(2).then((x, _) -> x.shape().toString());
        assertThat(apply(described, X)).isEqualTo("[2, 2]");
        assertThatThrownBy(() -> new Chain<>(List.of())).isInstanceOf(CajalException.class);
        assertThat(times(2).then(times(3)).then(times(4))).isInstanceOfSatisfying(
                Chain.class, chain -> assertThat(chain.parts()).hasSize(3));
    }

    @Test
    void aTowerForTwoInputs() {
        // The same embedding of both sides, as for comparing questions with answers.
        var tower = Shared.of("tower", Network.sequential(Dense.of(4).withKernel(Initializers.normal(1)), TANH));
        Network<List<Tensor>, Tensor> network = Parallel.of(tower, tower).then(Product.of());
        Tensor other = X.plus(1);
        Variables variables = network.init(KEY, List.of(X, other));
        assertThat(variables.parameters().keySet()).containsExactly("tower/0/kernel", "tower/0/bias");
        Tensor one = network.apply(variables, List.of(X, other), Mode.inference()).output();
        Tensor turned = network.apply(variables, List.of(other, X), Mode.inference()).output();
        assertThat(one.sameBits(turned)).isTrue();
        assertThat(one.dtype()).isEqualTo(DType.F32);
    }
}
