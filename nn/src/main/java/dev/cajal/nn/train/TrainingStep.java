package dev.cajal.nn.train;

import dev.cajal.backend.Plan;
import dev.cajal.backend.PlanSummary;
import dev.cajal.backend.Profile;
import dev.cajal.ir.Origin;
import dev.cajal.nn.example.Batch;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Update;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Loops;
import dev.cajal.transform.Transform;
import dev.cajal.transform.Tree;
import dev.cajal.transform.ValueAuxAndGradient;
import dev.cajal.transform.WithAux;
import dev.cajal.type.DType;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// One step of training as one compiled graph: forward, backward, update.
///
/// The update is predicated on loss and gradient being finite: if they are not, the state stays as it was, and [#explain] replays
/// the batch to name the operation and layer that went wrong.
final class TrainingStep {
    private final Objective objective;
    private final Optimizer optimizer;
    private final RandomKey key;
    private final DType precision;
    private final CompiledBiFunction<TrainState, Batch, Result> compiled;

    /// What a step gives: a tree.
    ///
    /// @param state after the step, or before it if something was not finite
    /// @param loss mean over the batch
    /// @param count how many examples, or tokens, the means are of
    /// @param measures means over the batch, by name
    /// @param finite whether the state was updated
    record Result(TrainState state, Tensor loss, Tensor count, SequencedMap<String, Tensor> measures, Tensor finite) {}

    private record Pass(SequencedMap<String, Tensor> gradient, Objective.Outcome outcome) {}

    /// @param precision of the operands of products, forward and backward; the update is none of its business
    TrainingStep(Objective objective, Optimizer optimizer, RandomKey key, DType precision) {
        this.objective = objective;
        this.optimizer = optimizer;
        this.key = key;
        this.precision = precision;
        this.compiled = Transform.compile(this::step).donating(0, 1);
    }

    /// Runs a step. State and batch are donated: they must not be used afterwards, and what memory of theirs the result does not need is free at once.
    Result run(TrainState state, Batch batch) {
        return compiled.apply(state, batch);
    }

    /// What a step costs.
    PlanSummary summary(TrainState state, Batch batch) {
        return compiled.summary(state, batch);
    }

    /// The plan of a step.
    Optional<Plan> plan(TrainState state, Batch batch) {
        return compiled.plan(state, batch);
    }

    /// How long the regions of a step take. The state stays as it is.
    Optional<Profile> profile(TrainState state, Batch batch, Duration warmUp, int runs) {
        return compiled.profile(state, batch, warmUp, runs);
    }

    /// Runs a step that went wrong again, slowly.
    ///
    /// @throws dev.cajal.backend.RunException naming the first operation whose result is not finite
    void explain(TrainState state, Batch batch) {
        compiled.checked().apply(state, batch);
    }

    private Result step(TrainState state, Batch batch) {
        RandomKey now = key.foldIn(state.optimizer().step());
        Pass pass = batch.weights().shape().rank() == 1 ? pass(state, batch, now) : accumulated(state, batch, now);
        return new Origin("", Origin.Phase.UPDATE).in(() -> updated(state, pass));
    }

    private Result updated(TrainState state, Pass pass) {
        Update<SequencedMap<String, Tensor>> update = optimizer.update(pass.gradient(), state.optimizer(),
                state.parameters());
        Tensor finite = pass.outcome().loss().isFinite();
        for (Tensor gradient : pass.gradient().values()) {
            finite = finite.and(gradient.isFinite().all());
        }
        Tensor updated = finite;
        TrainState next = new TrainState(update.parameters(), pass.outcome().statistics(), update.state());
        TrainState kept = Tree.zip(next, state, (fresh, old) -> updated.choose(fresh, old));
        return new Result(kept, pass.outcome().loss(), pass.outcome().count(), pass.outcome().measures(), finite);
    }

    private Pass pass(TrainState state, Batch batch, RandomKey now) {
        Function<SequencedMap<String, Tensor>, ValueAuxAndGradient<Objective.Outcome, SequencedMap<String, Tensor>>> pass = Transform
                .valueAndGradWithAux(parameters -> {
                    Objective.Outcome outcome = objective.apply(parameters, state.statistics(), batch, now);
                    return new WithAux<>(outcome.loss(), outcome);
                });
        var result = Transform.mixedPrecision(precision, pass).apply(state.parameters());
        return new Pass(result.gradient(), result.aux());
    }

    /// Micro-batches one after the other, stacked along the first dimension: the gradient is the mean of theirs, weighted by what they count, so that a batch can
    /// be larger than memory.
    private Pass accumulated(TrainState state, Batch batches, RandomKey now) {
        int parts = batches.weights().dim(0);
        record Carry(SequencedMap<String, Tensor> gradient, SequencedMap<String, Tensor> statistics) {}
        record Slice(Batch batch, Tensor index) {}
        record Sums(Tensor loss, Tensor count, SequencedMap<String, Tensor> measures) {}
        Carry zero = new Carry(Tree.map(state.parameters(), Tensor::zerosLike), state.statistics());
        Slice slices = new Slice(batches, Tensor.range(parts, DType.I32));
        Loops.Step<Carry, Sums> last = Loops.scan(
                (Carry carry, Slice slice) -> {
                    TrainState inner = new TrainState(state.parameters(), carry.statistics(), state.optimizer());
                    Pass pass = pass(inner, slice.batch(), now.foldIn(slice.index()));
                    Tensor count = pass.outcome().count();
                    SequencedMap<String, Tensor> sum = Tree.zip(
                            carry.gradient(), pass.gradient(), (before, more) -> before.plus(more.times(count)));
                    Sums sums = new Sums(
                            pass.outcome().loss().times(count), count,
                            Tree.map(pass.outcome().measures(), measure -> measure.times(count)));
                    return new Loops.Step<>(new Carry(sum, pass.outcome().statistics()), sums);
                },
                zero,
                slices);
        Sums sums = last.output();
        Tensor count = sums.count().sum();
        Objective.Outcome outcome = new Objective.Outcome(
                sums.loss().sum().div(count), count,
                Tree.map(sums.measures(), measure -> measure.sum().div(count)), last.carry().statistics());
        return new Pass(Tree.map(last.carry().gradient(), sum -> sum.div(count)), outcome);
    }
}
