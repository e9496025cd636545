package dev.cajal.zoo;

import static dev.cajal.transform.Transform.compile;
import static dev.cajal.transform.Transform.valueAndGradWithAux;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.nn.loss.Loss;
import dev.cajal.nn.loss.Losses;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.WithAux;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every model learns: on one batch its loss falls, and each of its parameters has a gradient.
class LearningTest {
    private static final List<String> LARGE = List.of("alexnet", "vgg11", "vgg16", "mobilenet", "resnet18", "resnet34",
            "resnet50", "convnext-tiny", "vit-base", "gpt-medium", "gpt2", "bert-small", "bert-base", "transformer");
    private static final int STEPS = 3;
    /// How much of the loss a step is to take away, if the gradient were the same everywhere: rates that are small enough differ by powers of ten between models.
    private static final double SHARE = 0.05;
    private static final int SIDE = 32;
    private static final int BATCH = 4;
    private static final int LENGTH = 6;
    private static final int TOKENS = 11;
    private static final int CLASSES = 3;
    private static final int PADDING = 0;

    private record Batch(Tensor inputs, Tensor targets) {}

    /// @param gradients the largest number of each
    private record Step(Variables variables, Tensor loss, SequencedMap<String, Tensor> gradients) {}

    private static Stream<String> small() {
        return Zoo.names().stream().filter(name -> !LARGE.contains(name));
    }

    private static Stream<String> large() {
        return LARGE.stream();
    }

    private static ModelSpec spec(String name) {
        int side = Zoo.sides(name).fitting(SIDE);
        return switch (Zoo.input(name)) {
            case TEXTS -> ModelSpec.ofText(LENGTH, TOKENS);
            case SENTENCES -> ModelSpec.ofSentences(LENGTH, TOKENS, PADDING, CLASSES);
            case PAIRS -> ModelSpec.ofPairs(LENGTH, TOKENS, TOKENS, PADDING);
            // The smallest that it takes: its own is that of the paper.
            case PICTURES -> ModelSpec.of(Shape.of(Math.min(side, 67), Math.min(side, 67), 1), CLASSES);
            case NUMBERS -> ModelSpec.of(Shape.of(8, 8, 1), CLASSES);
        };
    }

    private static Batch batch(String name, ModelSpec spec) {
        RandomKey key = RandomKey.of(7);
        Shape shape = spec.input().insert(0, BATCH);
        return switch (spec.kind()) {
            case NUMBERS, PICTURES -> {
                Tensor inputs = key.uniform(shape).evaluate();
                yield new Batch(inputs, Zoo.reconstructs(name) ? inputs : labels(Shape.of(BATCH), CLASSES));
            }
            case TEXTS -> new Batch(tokens(shape), labels(Shape.of(BATCH, LENGTH), TOKENS));
            case SENTENCES -> new Batch(tokens(shape), labels(Shape.of(BATCH), CLASSES));
            case PAIRS -> new Batch(tokens(shape), labels(Shape.of(BATCH, LENGTH), TOKENS));
        };
    }

    private static Tensor tokens(Shape shape) {
        return RandomKey.of(8).integers(shape, PADDING + 1, TOKENS).evaluate();
    }

    private static Tensor labels(Shape shape, int count) {
        return RandomKey.of(9).integers(shape, 0, count).evaluate();
    }

    @ParameterizedTest
    @MethodSource("small")
    void smallModelsLearn(String name) {
        learn(name);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("large")
    void largeModelsLearn(String name) {
        learn(name);
    }

    private static void learn(String name) {
        ModelSpec spec = spec(name);
        Batch batch = batch(name, spec);
        Layer network = Zoo.create(name, spec);
        Loss loss = Zoo.reconstructs(name) ? Losses.meanSquaredError() : Losses.categoricalCrossEntropy();
        // What chance leaves out is the same in each step, so that the losses can be compared.
        Mode mode = Mode.training(RandomKey.of(5));
        var step = compile((Variables variables, Batch given) -> {
            var result = valueAndGradWithAux((SequencedMap<String, Tensor> parameters) -> {
                Applied<Tensor> applied = network.apply(variables.withParameters(parameters), given.inputs(), mode);
                Tensor mean = loss.mean(applied.output(), given.targets());
                return new WithAux<>(applied.penalties().stream().reduce(mean, Tensor::plus), applied.statistics());
            }).apply(variables.parameters());
            Tensor squares = result.gradient().values().stream().map(gradient -> gradient.square().sum())
                    .reduce(Tensor::plus).orElseThrow();
            Tensor rate = result.value().times(SHARE).div(squares);
            SequencedMap<String, Tensor> moved = new LinkedHashMap<>();
            SequencedMap<String, Tensor> largest = new LinkedHashMap<>();
            result.gradient().forEach((path, gradient) -> {
                Tensor before = variables.parameters().get(path);
                moved.put(path, before.minus(gradient.times(rate)));
                largest.put(path, gradient.abs().max());
            });
            return new Step(new Variables(moved, result.aux()), result.value(), largest);
        }).donating(0);
        Variables variables = begin(network, batch.inputs(), LARGE.contains(name));
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Step done = step.apply(variables, batch);
            variables = done.variables();
            losses.add(done.loss().item());
            done.gradients()
                    .forEach((path, largest) -> assertThat(largest.item()).as("gradient of %s in %s", path, name)
                            .isFinite().isPositive());
        }
        assertThat(losses).as(name).allSatisfy(each -> assertThat(each).isFinite());
        assertThat(losses.getLast()).as("%s: %s", name, losses).isLessThan(losses.getFirst());
    }

    /// @param isLarge whether to compile: one by one, the first numbers of VGG's first dense layer take 4 GB on the way
    private static Variables begin(Layer network, Tensor inputs, boolean isLarge) {
        RandomKey key = RandomKey.of(6);
        return isLarge
                ? compile((RandomKey first, Tensor x) -> network.init(first, x)).apply(key, inputs)
                : network.init(key, inputs);
    }
}
