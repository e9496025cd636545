package dev.cajal.benchmark;

import static dev.cajal.nn.activation.Activations.GELU_TANH;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.Residual;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A language model of the kind of GPT-2 on 65 characters: 6 blocks, 384 wide, 6 heads, 256 positions, batches of 8, AdamW.
record Gpt(String name) implements Workload {
    static final Gpt ADAM_W = new Gpt("gpt");

    static final int SYMBOLS = 65;

    @Override
    public Run start(Inputs inputs) {
        Layer network = network(inputs.get("x").dim(1), 384, 6, 6);
        return new TrainingRun(network, Optimizers.adamW(1e-4), inputs);
    }

    /// The model, for texts of a length.
    static Layer network(int positions, int width, int heads, int blocks) {
        List<Layer> layers = new ArrayList<>();
        layers.add(Embedding.of(SYMBOLS, width));
        layers.add(new Positions(positions));
        for (int i = 0; i < blocks; i++) {
            layers.add(Residual.of(Network.sequential(
                    LayerNorm.of(), Dense.of(3 * width), new CausalAttention(heads), Dense.of(width))));
            layers.add(Residual.of(Network.sequential(
                    LayerNorm.of(), Dense.of(4 * width, GELU_TANH), Dense.of(width))));
        }
        layers.add(LayerNorm.of());
        layers.add(Dense.of(SYMBOLS).withoutBias());
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    /// Adds a learned row of numbers to each position.
    record Positions(int count) implements Layer {
        @Override
        public Tensor apply(Tensor x, Scope scope) {
            return x.plus(scope.parameter("table", Shape.of(count, x.dim(-1)), Initializers.normal(0.02)));
        }
    }

    /// Attention of each position to itself and those before: `softmax(q k^T / sqrt(d)) v` for each head, from `[batch, positions, 3 * width]`, the
    /// queries, keys and values side by side.
    record CausalAttention(int heads) implements Layer {
        @Override
        public Tensor apply(Tensor x, Scope scope) {
            int batch = x.dim(0);
            int positions = x.dim(1);
            int width = x.dim(2) / 3;
            List<Tensor> parts = x.split(-1, 3).stream()
                    .map(part -> part.reshape(batch, positions, heads, width / heads))
                    .toList();
            return parts.get(0).attend(parts.get(1), parts.get(2), true, Optional.empty())
                    .reshape(batch, positions, width);
        }
    }
}
