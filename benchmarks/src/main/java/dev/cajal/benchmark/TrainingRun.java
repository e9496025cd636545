package dev.cajal.benchmark;

import dev.cajal.backend.PlanSummary;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.OptimizerState;
import dev.cajal.nn.optimizer.Update;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import dev.cajal.transform.ValueAndGradient;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// The training of a classifier, or of one for each position, on one batch over and over: forward, cross-entropy, backward, update, as one compiled
/// function whose state is donated.
///
/// The batch is `x` and `y` of the inputs.
final class TrainingRun implements Workload.Run {
    private static final RandomKey KEY = RandomKey.of(0);

    private final Layer network;
    private final Optimizer optimizer;
    private final Batch batch;
    private final CompiledBiFunction<State, Batch, Result> compiled;
    private State state;
    private Tensor loss = Tensor.of(Float.NaN);

    /// What a step changes.
    record State(SequencedMap<String, Tensor> parameters, OptimizerState<SequencedMap<String, Tensor>> optimizer) {}

    record Batch(Tensor x, Tensor y) {}

    record Result(State state, Tensor loss) {}

    TrainingRun(Layer network, Optimizer optimizer, Inputs inputs) {
        this.network = network;
        this.optimizer = optimizer;
        this.batch = new Batch(inputs.get("x"), inputs.get("y"));
        this.compiled = Transform.compile(this::train).donating(0);
        this.state = new State(inputs.parameters(), optimizer.init(inputs.parameters()));
    }

    private Result train(State before, Batch examples) {
        ValueAndGradient<SequencedMap<String, Tensor>> both = Transform
                .valueAndGrad((SequencedMap<String, Tensor> parameters) -> {
                    Variables variables = new Variables(parameters, new LinkedHashMap<>());
                    Tensor output = network.apply(variables, examples.x(), Mode.training(KEY)).output();
                    return Losses.categoricalCrossEntropy().mean(output, examples.y());
                })
                .apply(before.parameters());
        Update<SequencedMap<String, Tensor>> update = optimizer.update(
                both.gradient(), before.optimizer(), before.parameters());
        return new Result(new State(update.parameters(), update.state()), both.value());
    }

    @Override
    public void step() {
        Result result = compiled.apply(state, batch);
        state = result.state();
        loss = result.loss();
    }

    @Override
    public OptionalLong plannedBytes() {
        // The state is donated: its results take no memory of their own.
        PlanSummary plan = compiled.summary(state, batch);
        return OptionalLong.of(plan.argumentBytes() + plan.temporaryBytes());
    }

    @Override
    public double check() {
        return loss.item();
    }
}
