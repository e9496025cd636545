package dev.cajal.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Archive;
import dev.cajal.nn.checkpoint.AtomicFile;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.checkpoint.SafeTensors;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.layer.BatchNorm;
import dev.cajal.nn.layer.LayersTest;
import dev.cajal.nn.loss.Losses;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What comes out of a file is, to the bit, what went into it, for every built-in layer.
class SavedLayersTest {
    @TempDir
    Path folder;

    /// Numbers as the network gets them.
    public record Given(DType dtype, List<Integer> dims) implements InputEncoding<double[]> {
        @Override
        public Shape shape() {
            return Shape.of(dims);
        }

        @Override
        public void encode(double[] input, double[] target, int offset) {
            System.arraycopy(input, 0, target, offset, input.length);
        }

        @Override
        public Tensor prepare(Tensor batch) {
            return batch;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.cajal.nn.layer.LayersTest#all")
    <I> void aFileKeepsEveryBit(LayersTest.Case<I> example) {
        I input = narrow(example.inputs().getFirst());
        Network<I, ?> network = example.network();
        Variables variables = trained(network, input);
        Path file = folder.resolve("layer.cajal");
        List<Tensor> expected = outputs(network, variables, input);
        if (network instanceof Layer layer && input instanceof Tensor x) {
            var inputs = new Given(x.dtype(), x.shape().dims().subList(1, x.shape().rank()));
            new Model<>(layer, variables, inputs, new ClassTargets<>(List.of(0, 1)), Losses.categoricalCrossEntropy())
                    .save(file, Given.class);
            Model<?, ?> read = Model.load(file, Given.class);
            assertSame(expected, outputs(read.network(), read.variables(), x));
        } else {
            write(file, network, variables);
            assertSame(expected, outputs(read(file), ModelFile.variables(file, Archive.read(file), ModelFile.WEIGHTS),
                    input));
        }
    }

    /// A network that is no layer is part of a model only inside of one.
    private static void write(Path file, Network<?, ?> network, Variables variables) {
        String json = ModelFile.codec(List.of()).write(network).print();
        SequencedMap<String, AtomicFile.Content> parts = new LinkedHashMap<>();
        parts.put(ModelFile.CONFIGURATION, out -> out.write(json.getBytes(UTF_8)));
        parts.put(ModelFile.WEIGHTS, out -> SafeTensors.write(ModelFile.weights(variables), out));
        Archive.write(file, parts);
    }

    @SuppressWarnings("unchecked")
    private static <I> Network<I, ?> read(Path file) {
        RecordCodec codec = ModelFile.codec(List.of());
        Map<String, byte[]> parts = Archive.read(file);
        return ModelFile.json(file, parts, ModelFile.CONFIGURATION, (Json json) -> codec.read(json, Network.class));
    }

    /// Parameters none of which is what it was at the beginning, and statistics after a step.
    private static <I> Variables trained(Network<I, ?> network, I input) {
        Random random = new Random(5);
        Variables made = network.init(RandomKey.of(3), input);
        Variables moved = made.withParameters(Tree.map(made.parameters(),
                tensor -> GradientChecks.noise(tensor.shape(), random).asType(DType.F32)));
        var statistics = network.apply(moved, input, Mode.training(RandomKey.of(4))).statistics();
        if (network instanceof BatchNorm) {
            assertThat(statistics.get("mean").sameBits(made.statistics().get("mean"))).isFalse();
        }
        return moved.withStatistics(statistics);
    }

    private static <I> I narrow(I input) {
        return Tree.map(input, tensor -> tensor.dtype().isFloating() ? tensor.asType(DType.F32) : tensor);
    }

    private static <I> List<Tensor> outputs(Network<I, ?> network, Variables variables, I input) {
        return Tree.of(network.apply(variables, input, Mode.inference()).output()).leaves();
    }

    private static void assertSame(List<Tensor> expected, List<Tensor> found) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).sameBits(expected.get(i))).isTrue();
        }
    }
}
