package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import dev.cajal.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// An optimizer that treats each tensor of the parameters on its own. To write one, say what it remembers of a tensor and how it steps:
///
/// ```java
/// record SignDescent(Schedule learningRate) implements TensorOptimizer {
///     public Slots start(Tensor parameter) {
///         return Slots.none();
///     }
///
///     public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
///         return new Step(parameter.minus(gradient.sign().times(context.learningRate())), slots);
///     }
///
///     public SignDescent withLearningRate(Schedule schedule) {
///         return new SignDescent(schedule);
///     }
/// }
/// ```
///
/// Steps of bf16 parameters are computed in f32, and their slots are f32.
public interface TensorOptimizer extends Optimizer {
    /// What is remembered of a tensor before the first update. It shares no memory with the parameter.
    Slots start(Tensor parameter);

    /// One update of one tensor.
    ///
    /// @param gradient of the parameter's shape and type
    Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context);

    /// What an update of one tensor gives.
    ///
    /// @param parameter the new parameter
    /// @param slots the new slots, of the names and types of those before
    record Step(Tensor parameter, Slots slots) {}

    @Override
    default <P> OptimizerState<P> init(P parameters) {
        Tree tree = Tree.of(parameters);
        return OptimizerState.of(gather(
                tree,
                tree.leaves().stream()
                        .map(leaf -> start(Tensor.zeros(Scalars.computing(leaf), leaf.shape())))
                        .toList()));
    }

    @Override
    default <P> Update<P> update(P gradient, OptimizerState<P> state, P parameters) {
        Tree tree = Tree.of(parameters);
        Tree gradients = Tree.of(gradient);
        tree.requireSame(gradients);
        List<Slots> before = scatter(tree, state);
        List<String> names = tree.names();
        Tensor number = state.step().plus(1);
        Tensor rate = learningRate(state);
        List<Tensor> after = new ArrayList<>();
        List<Slots> slots = new ArrayList<>();
        for (int i = 0; i < tree.leaves().size(); i++) {
            Tensor parameter = tree.leaves().get(i);
            DType dtype = Scalars.computing(parameter);
            Step step = step(
                    gradients.leaves().get(i).asType(dtype),
                    parameter.asType(dtype),
                    before.get(i),
                    new StepContext(names.get(i), number.asType(dtype), rate.asType(dtype)));
            after.add(step.parameter().asType(parameter.dtype()));
            slots.add(step.slots());
        }
        return new Update<>(tree.with(after), state.next(gather(tree, slots)));
    }

    /// One tree for each name from one set of slots for each tensor.
    private static <P> SequencedMap<String, P> gather(Tree tree, List<Slots> slots) {
        SequencedMap<String, P> trees = new LinkedHashMap<>();
        if (!slots.isEmpty()) {
            for (String name : slots.getFirst().tensors().keySet()) {
                trees.put(name, tree.with(slots.stream().map(slot -> slot.get(name)).toList()));
            }
        }
        return trees;
    }

    /// One set of slots for each tensor from one tree for each name.
    private static <P> List<Slots> scatter(Tree tree, OptimizerState<P> state) {
        List<SequencedMap<String, Tensor>> slots = new ArrayList<>();
        tree.leaves().forEach(_ -> slots.add(new LinkedHashMap<>()));
        state.slots().forEach((name, slot) -> {
            Tree values = Tree.of(slot);
            tree.requireSame(values);
            for (int i = 0; i < slots.size(); i++) {
                slots.get(i).put(name, values.leaves().get(i));
            }
        });
        return slots.stream().map(Slots::new).toList();
    }
}
