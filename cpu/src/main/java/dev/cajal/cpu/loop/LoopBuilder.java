package dev.cajal.cpu.loop;

import dev.cajal.cpu.loop.Registers.Kind;
import dev.cajal.cpu.plan.IndexMap;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Turns the fused nodes of a region into a [LoopProgram]: follows values back from what is wanted, with a map of where each one is needed.
public final class LoopBuilder {
    private final Set<Node> inside;
    private final ToIntFunction<Value> slots;
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Place, Integer> known = new HashMap<>();
    private final int[] counts = new int[Kind.values().length];
    private final Shape space;

    /// A value at the points of the loop nest.
    private record Place(Value value, IndexMap map) {}

    /// There is no kernel for an operation.
    private static final class NoKernel extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoKernel(Op op) {
            super(op.toString(), null, false, false);
        }
    }

    private LoopBuilder(Shape space, Set<Node> inside, ToIntFunction<Value> slots) {
        this.space = space;
        this.inside = inside;
        this.slots = slots;
    }

    /// A program and where it leaves what is wanted.
    ///
    /// @param program over the collapsed loops; dimensions of length 1 have none
    /// @param registers one for each wanted value
    /// @param spare a register of the first wanted value's type that the program does not use
    record Built(LoopProgram program, List<Integer> registers, int spare) {}

    /// Builds the program for some values of one shape.
    ///
    /// @param reduced dimensions that may not be collapsed with the others
    /// @param inside the nodes that are computed in the loop; all others are read
    /// @param slots where values in memory are
    /// @return empty if there is an operation without a kernel
    static Optional<Built> build(
            Shape space, List<Value> wanted, List<Integer> reduced, Set<Node> inside, ToIntFunction<Value> slots) {
        LoopBuilder builder = new LoopBuilder(space, inside, slots);
        try {
            IndexMap identity = IndexMap.identity(space.rank());
            List<Integer> registers = wanted.stream().map(value -> builder.register(value, identity)).toList();
            int spare = builder.target(wanted.getFirst().dtype());
            return Optional.of(builder.collapse(registers, reduced, spare));
        } catch (NoKernel none) {
            return Optional.empty();
        }
    }

    private int register(Value value, IndexMap map) {
        Place place = new Place(value, map);
        Integer register = known.get(place);
        if (register == null) {
            register = compute(value, map);
            known.put(place, register);
        }
        return register;
    }

    private int compute(Value value, IndexMap map) {
        Node node = value.node();
        if (!inside.contains(node)) {
            int target = target(value.dtype());
            List<Long> strides = boxed(map.strides(value.shape(), space.rank()));
            instructions.add(
                    new Instruction.Load(target, slots.applyAsInt(value), value.dtype(), map.offset(value.shape()),
                            strides));
            return target;
        }
        return switch (node.op()) {
            case Op.Constant(Literal literal) -> {
                int target = target(value.dtype());
                instructions.add(new Instruction.Fill(target, value.dtype(), literal.bitsAt(0)));
                yield target;
            }
            case Op.Iota iota -> iota(iota, map);
            case Op.Transpose transpose -> register(input(node), map.transpose(transpose));
            case Op.BroadcastInDim broadcast -> register(input(node), map.broadcast(broadcast, input(node).shape()));
            case Op.Slice slice -> register(input(node), map.slice(slice));
            case Op.Reverse reverse -> register(input(node), map.reverse(reverse, input(node).shape()));
            case Op.Reshape reshape ->
                register(input(node), map.degenerateReshape(input(node).shape(), reshape.shape()));
            default -> apply(node, map);
        };
    }

    private static Value input(Node node) {
        return node.inputs().getFirst();
    }

    private int iota(Op.Iota iota, IndexMap map) {
        int target = target(iota.type().dtype());
        IndexMap.Dim dim = map.dims().get(iota.dimension());
        List<Long> strides = new ArrayList<>(Collections.nCopies(space.rank(), 0L));
        if (dim.loop() >= 0) {
            strides.set(dim.loop(), (long) dim.scale());
        }
        instructions.add(new Instruction.Index(target, iota.type().dtype(), dim.offset(), strides));
        return target;
    }

    private int apply(Node node, IndexMap map) {
        List<Integer> operands = new ArrayList<>();
        for (Value input : node.inputs()) {
            operands.add(register(input, map));
        }
        DType operand = node.inputs().getLast().dtype();
        DType result = node.types().getFirst().dtype();
        Kernel kernel = constantShift(node)
                .orElseGet(() -> Kernels.of(node.op(), operand, result));
        if (kernel == null) {
            throw new NoKernel(node.op());
        }
        int target = target(result);
        instructions.add(new Instruction.Apply(target, result, node.op(), operand, kernel, operands));
        return target;
    }

    /// Shifts are almost always by a constant, and then need no look at the distance.
    private static Optional<Kernel> constantShift(Node node) {
        if (!(node.op() instanceof Op.Binary(BinaryKind kind)) || node.types().getFirst().dtype() != DType.I32) {
            return Optional.empty();
        }
        Node distance = node.inputs().get(1).node();
        while (distance.op() instanceof Op.BroadcastInDim) {
            distance = distance.inputs().getFirst().node();
        }
        return distance.op() instanceof Op.Constant(Literal literal) && literal.isSplat()
                ? Optional.ofNullable(IntKernels.shift(kind, literal.bitsAt(0)))
                : Optional.empty();
    }

    private int target(DType dtype) {
        return counts[Kind.of(dtype).ordinal()]++;
    }

    private static List<Long> boxed(long[] numbers) {
        List<Long> list = new ArrayList<>();
        for (long number : numbers) {
            list.add(number);
        }
        return list;
    }

    /// Makes one loop of neighbouring ones that all accesses walk through alike, so that rows are as long as possible.
    private Built collapse(List<Integer> registers, List<Integer> reduced, int spare) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int dim = 0; dim < space.rank(); dim++) {
            if (space.dim(dim) == 1) {
                continue;
            }
            boolean joined = false;
            if (!groups.isEmpty()) {
                List<Integer> last = groups.getLast();
                int before = last.getLast();
                int inner = dim;
                boolean alike = reduced.contains(before) == reduced.contains(dim);
                if (alike && instructions.stream().allMatch(instruction -> contiguous(instruction, before, inner))) {
                    last.add(dim);
                    joined = true;
                }
            }
            if (!joined) {
                groups.add(new ArrayList<>(List.of(dim)));
            }
        }
        List<Integer> dims = groups.stream()
                .map(group -> group.stream().map(space::dim).reduce(1, Math::multiplyExact))
                .toList();
        List<Instruction> collapsed = instructions.stream().map(instruction -> collapsed(instruction, groups)).toList();
        return new Built(new LoopProgram(dims, collapsed), registers, spare);
    }

    private boolean contiguous(Instruction instruction, int outer, int inner) {
        return switch (instruction) {
            case Instruction.Load load -> contiguous(load.strides(), outer, inner);
            case Instruction.Index index -> contiguous(index.strides(), outer, inner);
            case Instruction.Fill _, Instruction.Apply _ -> true;
        };
    }

    private boolean contiguous(List<Long> strides, int outer, int inner) {
        return strides.get(outer) == strides.get(inner) * space.dim(inner);
    }

    private static Instruction collapsed(Instruction instruction, List<List<Integer>> groups) {
        return switch (instruction) {
            case Instruction.Load load -> new Instruction.Load(
                    load.target(), load.slot(), load.dtype(), load.offset(), collapsed(load.strides(), groups));
            case Instruction.Index index -> new Instruction.Index(
                    index.target(), index.dtype(), index.offset(), collapsed(index.strides(), groups));
            case Instruction.Fill _, Instruction.Apply _ -> instruction;
        };
    }

    /// The stride of a group is that of its innermost dimension.
    private static List<Long> collapsed(List<Long> strides, List<List<Integer>> groups) {
        return groups.stream().map(group -> strides.get(group.getLast())).toList();
    }
}
