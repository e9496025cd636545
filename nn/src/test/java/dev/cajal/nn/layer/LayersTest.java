package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.agree;
import static dev.cajal.nn.EachBackend.randomShape;
import static dev.cajal.nn.activation.Activations.GELU;
import static dev.cajal.nn.activation.Activations.GLU;
import static dev.cajal.nn.activation.Activations.PRELU;
import static dev.cajal.nn.activation.Activations.SIGMOID;
import static dev.cajal.nn.activation.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Chain;
import dev.cajal.nn.GradientChecks;
import dev.cajal.nn.Layer;
import dev.cajal.nn.LayerNetwork;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.Shared;
import dev.cajal.nn.Variables;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.transform.Tree;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every built-in layer.
public class LayersTest {
    private static final RandomKey KEY = RandomKey.of(11);

    /// A network and inputs of several shapes.
    public record Case<I>(String name, Network<I, ?> network, List<I> inputs) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case<Tensor> layer(Layer layer, Shape... shapes) {
        Random random = new Random(layer.getClass().getName().hashCode());
        List<Tensor> inputs = Stream.of(shapes).map(shape -> GradientChecks.noise(shape, random)).toList();
        return new Case<>(layer.getClass().getSimpleName(), layer, inputs);
    }

    /// A layer of a type that a class with another name makes.
    private static Case<Tensor> made(Class<?> maker, Layer layer, Shape... shapes) {
        Case<Tensor> made = layer(layer, shapes);
        return new Case<>(maker.getSimpleName(), made.network(), made.inputs());
    }

    private static Case<List<Tensor>> several(Network<List<Tensor>, ?> network, Shape... shapes) {
        Random random = new Random(network.getClass().getName().hashCode());
        List<Tensor> inputs = Stream.of(shapes).map(shape -> GradientChecks.noise(shape, random)).toList();
        return new Case<>(network.getClass().getSimpleName(), network, List.of(inputs));
    }

    public static Stream<Case<?>> all() {
        Shape rows = Shape.of(5, 4);
        Shape images = Shape.of(2, 3, 2, 4);
        Shape one = Shape.of(1, 4);
        Shape sequences = Shape.of(2, 7, 3);
        Tensor whole = Tensor.of(new int[] {0, 5, 5, 2, 1, 0}, Shape.of(2, 3));
        Layer branch = Dense.of(4, TANH);
        return Stream.of(
                layer(Dense.of(6, TANH), rows, images, one),
                layer(Dense.of(6, PRELU).withoutBias().withKernel(Initializers.orthogonal()), rows, one),
                layer(Dense.of(6, GLU), rows, images),
                layer(Dropout.of(0.4), rows, images, one),
                layer(BatchNorm.of(), rows, images),
                layer(BatchNorm.of().withoutScale().withoutBias(), rows, Shape.of(64, 1)),
                layer(LayerNorm.of(), rows, images, one),
                layer(LayerNorm.of().withoutBias(), rows),
                layer(Flatten.of(), rows, images),
                layer(Reshape.of(2, -1), rows, images),
                layer(GaussianNoise.of(0.3), rows, images),
                layer(MaskingNoise.of(0.4), rows, images),
                layer(GaussianLatent.of(3), rows, one),
                layer(AutoEncoder.of(Network.sequential(Dense.of(6, TANH), GaussianLatent.of(2)), Dense.of(4, TANH)),
                        rows),
                new Case<>("RecurrentStates", Lstm.of(3).withStates(), List.of(
                        new RecurrentStates.Passage(GradientChecks.noise(Shape.of(2, 4, 3), new Random(7)),
                                List.of(GradientChecks.noise(Shape.of(2, 3), new Random(8)),
                                        GradientChecks.noise(Shape.of(2, 3), new Random(9)))),
                        RecurrentStates.Passage.of(GradientChecks.noise(Shape.of(1, 2, 2), new Random(7))))),
                new Case<>("Padded", Padded.of(0, Network.sequential(Embedding.of(6, 3), GlobalPooling.average())),
                        List.of(whole)),
                new Case<>("Embedding", Embedding.of(6, 3), List.of(whole, whole.flatten(), whole.asType(DType.I64))),
                layer(Residual.of(branch), rows, images, one),
                layer(Residual.of(Dense.of(3, GELU)).withProjection(Dense.of(3)), rows, one),
                layer(Branches.concatenated(branch, Dense.of(2)), rows, images),
                layer(Branches.summed(branch, branch), rows, one),
                layer(Branches.multiplied(branch, Dense.of(4, SIGMOID)), rows),
                layer(Network.sequential(branch, LayerNorm.of(), branch), rows, images),
                layer(Layer.of(Shared.of("twice", branch)), rows),
                layer(Layer.of(branch.then(Layer.of(Shared.of("b", branch)))), rows),
                several(Parallel.of(branch, Dense.of(2)), rows, one),
                new Case<>("Fork", Fork.of(branch, Dense.of(2)), List.of(GradientChecks.noise(rows, new Random(1)))),
                several(Concatenate.of(), rows, Shape.of(5, 2)),
                several(Sum.of(), rows, rows, rows),
                several(Product.of(), rows, rows),
                made(Conv1d.class, Conv1d.of(3, 2, TANH).withStrides(2), sequences),
                made(Conv2d.class, Conv2d.of(6, 2, TANH), images, Shape.of(3, 5, 4, 2)),
                made(Conv2d.class, Conv2d.of(4, 3, TANH).withSamePadding().withStrides(2, 1).withGroups(2), images),
                made(Conv2d.class, Conv2d.of(3, 1, PRELU), images),
                made(Conv2d.class,
                        Conv2d.of(3, 2).withDilation(2).withPadding(new Padding.Explicit(List.of(1, 0), List.of(2, 1)))
                                .withoutBias(),
                        images),
                made(Conv3d.class, Conv3d.of(2, 2, TANH).withPadding(1), Shape.of(2, 2, 3, 2, 2)),
                made(MaxPool1d.class, MaxPool1d.of(2), sequences),
                made(MaxPool2d.class, MaxPool2d.of(2).withStrides(1), images, Shape.of(1, 4, 5, 3)),
                made(MaxPool2d.class, MaxPool2d.of(3).withSamePadding().withStrides(2), images),
                made(MaxPool3d.class, MaxPool3d.of(2), Shape.of(2, 2, 4, 3, 2)),
                made(AveragePool1d.class, AveragePool1d.of(3).withPadding(1), sequences),
                made(AveragePool2d.class, AveragePool2d.of(2), images),
                made(AveragePool2d.class, AveragePool2d.of(2).withSamePadding(), images),
                made(AveragePool3d.class, AveragePool3d.of(2), Shape.of(2, 2, 4, 3, 2)),
                layer(GlobalPooling.average(), images, sequences),
                layer(GlobalPooling.max(), images),
                layer(AdaptivePooling.average(2, 2), images),
                layer(AdaptivePooling.max(3, 1), images),
                layer(RandomTranslation.of(2), images, Shape.of(5, 4, 3, 1)),
                layer(RandomFlip.of(), images, Shape.of(5, 4, 3, 1)),
                layer(RandomCrop.of(4, 3).withPadding(1), images, Shape.of(5, 4, 3, 1)),
                layer(RandomResizedCrop.of(0.3), images, Shape.of(5, 4, 3, 1)),
                layer(RandomAffine.rotation(30).withShear(10).withZoom(0.8, 1.3).withTranslation(0.2), images,
                        Shape.of(5, 4, 3, 1)),
                layer(RandomErasing.of(0.7), images, Shape.of(5, 4, 3, 1)),
                layer(ColorJitter.of(0.4), images, Shape.of(4, 3, 5, 3)),
                layer(ColorJitter.of(0.4).withHue(0.1), images, Shape.of(4, 3, 5, 3)),
                layer(RandAugment.of(2, 15), Shape.of(3, 4, 3, 3), Shape.of(4, 3, 3, 1)),
                made(ConvTranspose1d.class, ConvTranspose1d.of(2, 3, TANH).withStrides(2), sequences),
                made(ConvTranspose2d.class, ConvTranspose2d.of(3, 3, TANH).withStrides(2).withSamePadding(), images),
                made(ConvTranspose2d.class, ConvTranspose2d.of(3, 1).withStrides(3).withSamePadding().withoutBias(),
                        images),
                made(ConvTranspose3d.class, ConvTranspose3d.of(2, 2).withPadding(1), Shape.of(2, 2, 3, 2, 2)),
                made(DepthwiseConv2d.class, DepthwiseConv2d.of(2).withMultiplier(2).withActivation(TANH), images),
                made(DepthwiseConv1d.class, DepthwiseConv1d.of(3).withSamePadding().withStrides(2), sequences),
                made(SeparableConv2d.class, SeparableConv2d.of(3, 3, TANH), images),
                made(SeparableConv1d.class, SeparableConv1d.of(3, 3, TANH), sequences),
                layer(GroupNorm.of(2), images, rows),
                layer(InstanceNorm.of(), images, sequences),
                layer(RmsNorm.of(), rows, images),
                layer(LocalResponseNorm.of(), images, rows),
                layer(SpatialDropout.of(0.5), images, sequences),
                layer(DropPath.of(0.5), rows, images),
                layer(SqueezeExcite.of(2), images, sequences),
                layer(UpSampling.nearest(2), images, sequences),
                layer(UpSampling.linear(3), images),
                layer(UpSampling.linear(2), sequences, Shape.of(1, 1, 3)),
                layer(Rescaling.of(2, -1), rows, images),
                layer(ConstantPadding.of(2, -1), images, sequences),
                layer(ChannelSlice.of(1, 3), rows, images),
                layer(Bias.of(), rows, images),
                layer(MultiHeadAttention.of(2), Shape.of(2, 5, 4), Shape.of(1, 1, 6)),
                layer(MultiHeadAttention.causal(4).withKeyValueHeads(2).withRotaryPositions().withoutBias(),
                        Shape.of(2, 5, 8)),
                layer(MultiHeadAttention.causal(3).withPositions(new AttentionPositions.LinearBias()).withDropout(0.3),
                        Shape.of(2, 4, 6)),
                layer(PositionEmbedding.of(9), sequences),
                layer(SinusoidalPositions.of(), sequences, Shape.of(1, 4, 6)),
                new Case<>("TiedEmbedding", TiedEmbedding.of(6, 3, Dense.of(3, TANH)).withTable(Initializers.normal(1)),
                        List.of(whole, whole.flatten())),
                new Case<>("EncoderDecoder", TWO_TABLES, List.of(PAIRS)),
                new Case<>("EncoderDecoder", ONE_TABLE, List.of(PAIRS)),
                made(Rnn.class, Rnn.of(3), sequences, Shape.of(1, 1, 2)),
                made(Rnn.class, Rnn.of(3).withSequences().reverse(), sequences),
                made(Lstm.class, Lstm.of(3), sequences, Shape.of(1, 1, 2)),
                made(Lstm.class, Lstm.of(4, 2).withSequences(), sequences),
                made(Lstm.class, Lstm.of(2).withSequences().bidirectional(), sequences),
                layer(LayerScale.of(0.5), rows, images),
                layer(ClassToken.of(), sequences),
                layer(PositionSlice.of(-1), sequences),
                made(Gru.class, Gru.of(3), sequences),
                made(Gru.class, Gru.of(3).withSequences().reverse(), sequences));
    }

    /// A sentence is shorter than the other, and so is a translation; one is empty but for its beginning.
    private static final Tensor PAIRS = Tensor.of(new int[] {5, 3, 0, 1, 0, 0, 2, 4, 3, 1, 5, 2}, Shape.of(2, 2, 3));

    private static final Layer CROSS = Residual.of(CrossAttention.of(2).withDropout(0.2));

    private static final EncoderDecoder TWO_TABLES = EncoderDecoder.of(0,
            Network.sequential(Embedding.of(6, 3), Gru.of(4).withSequences()),
            Network.sequential(Embedding.of(7, 4), Gru.of(4).withSequences(), CROSS, Dense.of(7)));

    private static final EncoderDecoder ONE_TABLE = EncoderDecoder
            .of(0, MultiHeadAttention.of(2), Network.sequential(MultiHeadAttention.causal(2), CROSS))
            .withTable(Embedding.of(6, 4));

    @ParameterizedTest
    @MethodSource("all")
    <I> void gradientsEqualDifferencesInTraining(Case<I> example) {
        for (I input : example.inputs()) {
            GradientChecks.check(example.network(), input, Mode.training(KEY), 3);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    <I> void gradientsEqualDifferencesInPrediction(Case<I> example) {
        for (I input : example.inputs()) {
            GradientChecks.check(example.network(), input, Mode.inference(), 4);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    <I> void theSameKeyMakesTheSame(Case<I> example) {
        I input = example.inputs().getFirst();
        Tree first = Tree.of(example.network().init(KEY, input));
        Tree again = Tree.of(example.network().init(RandomKey.of(11), input));
        assertThat(again.names()).isEqualTo(first.names());
        for (int i = 0; i < first.leaves().size(); i++) {
            assertThat(again.leaves().get(i).sameBits(first.leaves().get(i))).isTrue();
            assertThat(first.leaves().get(i).dtype()).isEqualTo(DType.F32);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    <I> void allBackendsAgree(Case<I> example) {
        for (I input : example.inputs()) {
            List<double[]> elements = Tree.of(input).leaves().stream().map(Tensor::toDoubles).toList();
            agree(example.name(), 1e-5, () -> trained(example.network(), copy(input, elements)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void allBackendsAgreeOnRandomShapes(int seed) {
        Random random = new Random(seed);
        Shape shape = randomShape(random, 0);
        int units = 1 + random.nextInt(70);
        double[] elements = GradientChecks.noise(shape, random).toDoubles();
        Layer branch = Network.sequential(LayerNorm.of(), Dense.of(shape.dim(-1), GELU));
        List<Layer> layers = List.of(
                Dense.of(units, SIGMOID), Dropout.of(0.3), BatchNorm.of(), LayerNorm.of(), Flatten.of(),
                Reshape.of(-1, 1), Residual.of(branch), Branches.concatenated(branch, Dense.of(units)),
                Branches.summed(branch, Dense.of(shape.dim(-1), TANH)),
                Network.sequential(Dense.of(units, PRELU), BatchNorm.of(), Dense.of(3)));
        for (Layer layer : layers) {
            agree(layer + " of " + shape, 2e-4, () -> trained(layer, Tensor.of(elements, shape).asType(DType.F32)));
        }
        double[] rows = random.ints(50, 0, units).asDoubleStream().toArray();
        agree("Embedding", 1e-5, () -> trained(
                Embedding.of(units, 3), Tensor.of(rows, Shape.of(5, 10)).asType(DType.I32)));
    }

    /// The input in f32, made on the current backend.
    private static <I> I copy(I input, List<double[]> elements) {
        Tree tree = Tree.of(input);
        List<Tensor> copies = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            Tensor like = tree.leaves().get(i);
            copies.add(Tensor.of(elements.get(i), like.shape())
                    .asType(like.dtype().isFloating() ? DType.F32 : like.dtype()));
        }
        return tree.with(copies);
    }

    /// Output, statistics and gradients of a step, compiled.
    private static <I> Object trained(Network<I, ?> network, I input) {
        Variables variables = network.init(RandomKey.of(11), input);
        RandomKey key = RandomKey.of(12);
        var step = Transform.compile((Variables v, I x, RandomKey k) -> {
            var applied = network.apply(v, x, Mode.training(k));
            var gradient = Transform.grad((SequencedMap<String, Tensor> p) -> Tree
                    .of(network.apply(v.withParameters(p), x, Mode.training(k)).output())
                    .leaves().stream()
                    .map(leaf -> leaf.times(0.5).plus(leaf.square()).mean())
                    .reduce(Tensor::plus)
                    .orElseThrow()).apply(v.parameters());
            return List.of(applied.output(), applied.statistics(), gradient);
        });
        return step.apply(variables, input, key);
    }

    @ParameterizedTest
    @MethodSource("all")
    <I> void configurationsAreRecords(Case<I> example) {
        RecordCodec codec = new RecordCodec(AllTypes.types());
        Json json = codec.write(example.network());
        assertThat(codec.read(Json.parse(json.print()), Network.class)).isEqualTo(example.network());
    }

    @Test
    void everyTypeIsTested() {
        Set<Class<?>> seen = new HashSet<>(List.of(Chain.class, Shared.class, LayerNetwork.class, Sequential.class,
                CrossAttention.class));
        all().forEach(example -> seen.add(example.network().getClass()));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(Layers.types());
    }

    /// A record that is left out of the list could be trained, but not be saved.
    @Test
    void everyPublicNetworkOfThePackageIsListed() {
        List<Class<?>> networks = publicClasses()
                .filter(type -> type.isRecord() && Network.class.isAssignableFrom(type))
                .toList();
        assertThat(networks).contains(Dense.class, Recurrent.class, EncoderDecoder.class);
        assertThat(Layers.types()).containsAll(networks).doesNotHaveDuplicates();
    }

    @Test
    void everyMakerIsTested() {
        List<String> makers = publicClasses().filter(type -> !type.isRecord() && !type.isInterface())
                .filter(type -> Stream.of(type.getMethods()).anyMatch(LayersTest::makesNetworks))
                .<String>map(Class::getSimpleName).toList();
        assertThat(makers).contains("Lstm", "Conv1d", "SeparableConv2d", "AveragePool3d");
        assertThat(all().map(Case::name)).containsAll(makers);
    }

    private static boolean makesNetworks(Method method) {
        return Modifier.isStatic(method.getModifiers()) && Network.class.isAssignableFrom(method.getReturnType());
    }

    /// Those of the package of layers that are not inside of others, as they have been compiled.
    private static Stream<Class<?>> publicClasses() {
        try (Stream<Path> files = Files.list(Path.of(Layers.class.getResource("Layers.class").toURI()).getParent())) {
            List<Class<?>> types = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("$")) {
                    types.add(Class.forName(Layers.class.getPackageName() + "." + name.replace(".class", "")));
                }
            }
            return types.stream().filter(type -> Modifier.isPublic(type.getModifiers()));
        } catch (IOException | URISyntaxException | ClassNotFoundException cause) {
            throw new AssertionError(cause);
        }
    }
}
