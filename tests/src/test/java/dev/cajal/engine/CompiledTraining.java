package dev.cajal.engine;

import static dev.cajal.nn.activation.Activations.GELU_TANH;
import static dev.cajal.nn.activation.Activations.RELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.Variables;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.MultiHeadAttention;
import dev.cajal.nn.layer.Residual;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.OptimizerState;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Update;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import dev.cajal.transform.Tree;
import dev.cajal.transform.ValueAndGradient;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A loop of one's own: forward, loss, backward and update as one compiled function whose state is donated, on one batch over and over.
public final class CompiledTraining {
    private static final RandomKey KEY = RandomKey.of(7);

    private final Layer network;
    private final Optimizer optimizer;
    private final Batch batch;
    private final CompiledBiFunction<State, Batch, Result> compiled;
    private State state;
    private Tensor loss = Tensor.of(Float.NaN);

    /// What a step changes.
    public record State(SequencedMap<String, Tensor> parameters,
            OptimizerState<SequencedMap<String, Tensor>> optimizer) {}

    /// Examples and their classes.
    public record Batch(Tensor x, Tensor y) {}

    /// What a step gives.
    public record Result(State state, Tensor loss) {}

    private CompiledTraining(Layer network, Optimizer optimizer, Tensor x, Tensor y) {
        this.network = network;
        this.optimizer = optimizer;
        this.batch = new Batch(x.evaluate(), y.evaluate());
        this.compiled = Transform.compile(this::train).donating(0);
        SequencedMap<String, Tensor> parameters = network.init(KEY.foldIn("parameters"), x).parameters();
        this.state = new State(parameters, optimizer.init(parameters));
    }

    /// The training of a name: `mlp` or `transformer`.
    static CompiledTraining of(String name) {
        return switch (name) {
            case "mlp" -> mlp(70, 200, 96, 64, 10);
            case "transformer" -> transformer();
            default -> throw new IllegalArgumentException("There is no training '" + name + "'.");
        };
    }

    /// Layers of these sizes with stochastic gradient descent.
    ///
    /// @param sizes inputs, hidden layers, classes
    static CompiledTraining mlp(int batch, int... sizes) {
        Layer[] layers = new Layer[sizes.length - 1];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = i < layers.length - 1 ? Dense.of(sizes[i + 1], RELU) : Dense.of(sizes[i + 1]);
        }
        return new CompiledTraining(Sequential.of(layers), Optimizers.sgd(0.01),
                KEY.foldIn("x").normal(Shape.of(batch, sizes[0])),
                KEY.foldIn("y").integers(Shape.of(batch), 0, sizes[sizes.length - 1]));
    }

    /// A transformer's block between an embedding and logits, with AdamW: gather and scatter, attention with scores in memory and without, norms, GELU, dropout, batches of
    /// products.
    static CompiledTraining transformer() {
        int symbols = 40;
        int positions = 12;
        int width = 40;
        Layer network = Sequential.of(
                Embedding.of(symbols, width),
                Residual.of(Network.sequential(LayerNorm.of(), Dense.of(3 * width), new CausalAttention(4),
                        Dense.of(width))),
                Residual.of(Network.sequential(LayerNorm.of(), MultiHeadAttention.causal(4))),
                Residual.of(Network.sequential(
                        LayerNorm.of(), Dense.of(4 * width, GELU_TANH), Dense.of(width), Dropout.of(0.1))),
                LayerNorm.of(),
                Dense.of(symbols).withoutBias());
        return new CompiledTraining(network, Optimizers.adamW(1e-3),
                KEY.foldIn("x").integers(Shape.of(6, positions), 0, symbols),
                KEY.foldIn("y").integers(Shape.of(6, positions), 0, symbols));
    }

    /// `softmax(q k^T / sqrt(d)) v` for each head, from queries, keys and values side by side; no position sees a later one.
    ///
    /// @param heads how many
    public record CausalAttention(int heads) implements Layer {
        @Override
        public Tensor apply(Tensor x, Scope scope) {
            int batch = x.dim(0);
            int positions = x.dim(1);
            int size = x.dim(2) / 3 / heads;
            List<Tensor> parts = x.split(-1, 3).stream()
                    .map(part -> part.reshape(batch, positions, heads, size).transpose(0, 2, 1, 3))
                    .toList();
            Tensor scores = parts.get(0).matmul(parts.get(1).swapAxes(-1, -2)).times(1 / Math.sqrt(size));
            Tensor position = Tensor.range(positions, DType.I32);
            Tensor isSeen = position.expandDims(0).le(position.expandDims(1));
            Tensor attention = isSeen.choose(scores, Tensor.of(-1e9f)).softmax(-1);
            return attention.matmul(parts.get(2)).transpose(0, 2, 1, 3).reshape(batch, positions, heads * size);
        }
    }

    private Result train(State before, Batch examples) {
        ValueAndGradient<SequencedMap<String, Tensor>> both = Transform
                .valueAndGrad((SequencedMap<String, Tensor> parameters) -> {
                    Variables variables = new Variables(parameters, new LinkedHashMap<>());
                    RandomKey key = KEY.foldIn(before.optimizer().step());
                    Tensor output = network.apply(variables, examples.x(), Mode.training(key)).output();
                    return Losses.categoricalCrossEntropy().mean(output, examples.y());
                })
                .apply(before.parameters());
        Update<SequencedMap<String, Tensor>> update = optimizer.update(
                both.gradient(), before.optimizer(), before.parameters());
        return new Result(new State(update.parameters(), update.state()), both.value());
    }

    void step() {
        Result result = compiled.apply(state, batch);
        state = result.state();
        loss = result.loss();
    }

    double loss() {
        return loss.item();
    }

    /// How many tensors a step gives back.
    int results() {
        return Tree.of(state).leaves().size() + 1;
    }

    /// A number into which every bit of the state and of the loss went.
    long fingerprint() {
        long hash = 0;
        for (Tensor tensor : Tree.of(new Result(state, loss)).leaves()) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment elements = arena.allocate(Math.max(1, tensor.type().byteSize()));
                tensor.read(elements);
                for (long i = 0; i < tensor.type().byteSize(); i++) {
                    hash = 31 * hash + elements.get(ValueLayout.JAVA_BYTE, i);
                }
            }
        }
        return hash;
    }
}
