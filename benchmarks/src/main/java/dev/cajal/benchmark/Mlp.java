package dev.cajal.benchmark;

import static dev.cajal.nn.activation.Activations.RELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Variables;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Layers of 512, 512 and 10 units on 784 inputs: trained with batches of 128, or asked for one answer.
///
/// @param name of the workload
/// @param optimizer for training; none for one answer
record Mlp(String name, Optional<Optimizer> optimizer) implements Workload {
    static final Mlp SGD = new Mlp("mlp-sgd", Optional.of(Optimizers.sgd(0.01)));
    static final Mlp ADAM = new Mlp("mlp-adam", Optional.of(Optimizers.adam(1e-4)));
    static final Mlp LATENCY = new Mlp("mlp-latency", Optional.empty());

    static final Layer NETWORK = Network.sequential(Dense.of(512, RELU), Dense.of(512, RELU), Dense.of(10));

    @Override
    public Run start(Inputs inputs) {
        return optimizer.<Run>map(chosen -> new TrainingRun(NETWORK, chosen, inputs)).orElseGet(() -> answers(inputs));
    }

    private static Run answers(Inputs inputs) {
        Variables variables = new Variables(inputs.parameters(), new LinkedHashMap<>());
        Tensor x = inputs.get("x");
        CompiledBiFunction<Variables, Tensor, Tensor> forward = Transform
                .compile((Variables v, Tensor batch) -> NETWORK.apply(v, batch, Mode.inference()).output());
        return new FunctionRun(() -> forward.apply(variables, x));
    }
}
