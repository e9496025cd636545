package dev.cajal.benchmark;

import static dev.cajal.nn.activation.Activations.RELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.Variables;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Layers of 512, 512 and 10 units on 784 inputs, or of other sizes: trained with batches of 128, or asked for one answer.
///
/// @param name of the workload
/// @param optimizer for training; none for one answer
record Mlp(String name, Optional<Optimizer> optimizer) implements Workload {
    static final Mlp SGD = new Mlp("mlp-sgd", Optional.of(Optimizers.sgd(0.01)));
    static final Mlp ADAM = new Mlp("mlp-adam", Optional.of(Optimizers.adam(1e-4)));
    static final Mlp LATENCY = new Mlp("mlp-latency", Optional.empty());

    @Override
    public Run start(Inputs inputs) {
        return optimizer.<Run>map(chosen -> new TrainingRun(network(inputs), chosen, inputs))
                .orElseGet(() -> answers(inputs));
    }

    /// As many layers, and as wide, as the parameters are for.
    static Layer network(Inputs inputs) {
        List<Integer> widths = inputs.parameters().entrySet().stream().filter(each -> each.getKey().endsWith("/kernel"))
                .map(each -> each.getValue().dim(1)).toList();
        List<Layer> layers = new ArrayList<>();
        widths.subList(0, widths.size() - 1).forEach(width -> layers.add(Dense.of(width, RELU)));
        layers.add(Dense.of(widths.getLast()));
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    private static Run answers(Inputs inputs) {
        Layer network = network(inputs);
        Variables variables = new Variables(inputs.parameters(), new LinkedHashMap<>());
        Tensor x = inputs.get("x");
        CompiledBiFunction<Variables, Tensor, Tensor> forward = Transform
                .compile((Variables v, Tensor batch) -> network.apply(v, batch, Mode.inference()).output());
        return new FunctionRun(() -> forward.apply(variables, x));
    }
}
