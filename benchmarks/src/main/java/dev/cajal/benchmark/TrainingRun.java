package dev.cajal.benchmark;

import dev.cajal.backend.PlanSummary;
import dev.cajal.nn.Applied;
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
import dev.cajal.transform.Tree;
import dev.cajal.transform.ValueAuxAndGradient;
import dev.cajal.transform.WithAux;
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
    record State(
            SequencedMap<String, Tensor> parameters,
            SequencedMap<String, Tensor> statistics,
            OptimizerState<SequencedMap<String, Tensor>> optimizer) {}

    record Batch(Tensor x, Tensor y) {}

    record Result(State state, Tensor loss) {}

    TrainingRun(Layer network, Optimizer optimizer, Inputs inputs) {
        this.network = network;
        this.optimizer = optimizer;
        this.batch = new Batch(inputs.get("x"), inputs.get("y"));
        this.compiled = Transform.compile(this::train).donating(0);
        SequencedMap<String, Tensor> statistics = network.init(KEY, batch.x()).statistics();
        this.state = new State(inputs.parameters(), Tree.map(statistics, Tensor::evaluate),
                optimizer.init(inputs.parameters()));
    }

    private Result train(State before, Batch examples) {
        ValueAuxAndGradient<SequencedMap<String, Tensor>, SequencedMap<String, Tensor>> all = Transform
                .valueAndGradWithAux((SequencedMap<String, Tensor> parameters) -> {
                    Applied<Tensor> applied = network.apply(new Variables(parameters, before.statistics()),
                            examples.x(), Mode.training(KEY));
                    Tensor loss = Losses.categoricalCrossEntropy().mean(applied.output(), examples.y());
                    return new WithAux<>(loss, applied.statistics());
                })
                .apply(before.parameters());
        Update<SequencedMap<String, Tensor>> update = optimizer.update(
                all.gradient(), before.optimizer(), before.parameters());
        return new Result(new State(update.parameters(), all.aux(), update.state()), all.value());
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
