package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import java.util.LinkedHashMap;

/// Keeps a running mean of the parameters beside the training, for evaluation and prediction: `a = d * a + (1 - d) * p` after each update.
///
/// The first mean is the parameters after the first update. With the warm-up `d` is `min(decay, (1 + t) / (10 + t))` in update `t`
/// (counted from 0), so that a short training is not spent on forgetting the beginning. Of bf16 parameters the mean is f32. The training itself is not touched. B. T. Polyak,
/// A. B. Juditsky, *Acceleration of Stochastic Approximation by Averaging*, 1992.
///
/// @param decay of the order of 0.999
/// @param warmUp whether the mean is quick at first
/// @param optimizer makes the updates
public record Averaged(double decay, boolean warmUp, Optimizer optimizer) implements Optimizer {
    private static final String AVERAGE = "average";

    public Averaged {
        Scalars.requireDecay("The decay of the mean", decay);
    }

    /// With the warm-up.
    public static Averaged of(double decay, Optimizer optimizer) {
        return new Averaged(decay, true, optimizer);
    }

    /// The same with or without the warm-up.
    public Averaged withWarmUp(boolean quick) {
        return new Averaged(decay, quick, optimizer);
    }

    @Override
    public <P> OptimizerState<P> init(P parameters) {
        OptimizerState<P> state = optimizer.init(parameters);
        if (state.slots().containsKey(AVERAGE)) {
            throw new CajalException("optimizer.averaged", "The parameters of an optimizer can be averaged once only.");
        }
        // Zeros, not the parameters themselves: a state that shares memory with the parameters could not be donated with them.
        return with(state, Tree.map(parameters, p -> Tensor.zeros(Scalars.computing(p), p.shape())));
    }

    @Override
    public <P> Update<P> update(P gradient, OptimizerState<P> state, P parameters) {
        Update<P> update = optimizer.update(gradient, state.withSlots(inner(state)), parameters);
        Tensor d = decayAt(state.step());
        P average = Tree.zip(
                state.slot(AVERAGE),
                update.parameters(),
                (a, p) -> a.times(d.asType(a.dtype()))
                        .plus(p.asType(a.dtype()).times(d.negate().plus(1).asType(a.dtype()))));
        return new Update<>(update.parameters(), with(update.state(), average));
    }

    private Tensor decayAt(Tensor step) {
        Tensor t = step.asType(DType.F32);
        Tensor d = warmUp ? t.plus(1).div(t.plus(10)).minimum(decay) : Scalars.of(decay);
        return step.eq(0).choose(0, d);
    }

    private static <P> LinkedHashMap<String, P> inner(OptimizerState<P> state) {
        var slots = new LinkedHashMap<>(state.slots());
        slots.remove(AVERAGE);
        return slots;
    }

    private static <P> OptimizerState<P> with(OptimizerState<P> state, P average) {
        var slots = new LinkedHashMap<>(state.slots());
        slots.put(AVERAGE, average);
        return state.withSlots(slots);
    }

    /// The mean; before the first update the parameters.
    @Override
    public <P> P forEvaluation(P parameters, OptimizerState<P> state) {
        Tensor fresh = state.step().eq(0);
        return Tree.zip(state.slot(AVERAGE), parameters, (a, p) -> fresh.choose(p, a.asType(p.dtype())));
    }

    @Override
    public Schedule learningRate() {
        return optimizer.learningRate();
    }

    @Override
    public Averaged withLearningRate(Schedule schedule) {
        return new Averaged(decay, warmUp, optimizer.withLearningRate(schedule));
    }
}
