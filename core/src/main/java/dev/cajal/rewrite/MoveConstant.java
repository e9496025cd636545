package dev.cajal.rewrite;

import dev.cajal.ir.Literal;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.List;

/// Constants: small ones that are moved (reshaped, transposed, broadcast, sliced, reversed) are constants.
final class MoveConstant implements Rule {
    private static final int LARGEST = 256;

    @Override
    public List<Value> apply(Node node) {
        if (node.inputs().isEmpty()
                || !(node.inputs().getFirst().node().op() instanceof Op.Constant constant)
                || constant.literal().isSplat()
                || node.types().getFirst().size() > LARGEST) {
            return KEEP;
        }
        Literal from = constant.literal();
        Shape to = node.types().getFirst().shape();
        long[] strides = from.type().shape().strides();
        return switch (node.op()) {
            case Op.Reshape _ -> List.of(Ops.constant(from.withShape(to)));
            case Op.Transpose transpose -> picked(from, to, 0,
                    transpose.permutation().stream().mapToLong(axis -> strides[axis]).toArray());
            case Op.BroadcastInDim broadcast -> {
                long[] steps = new long[to.rank()];
                for (int i = 0; i < strides.length; i++) {
                    steps[broadcast.dimensions().get(i)] = from.type().shape().dim(i) == 1 ? 0 : strides[i];
                }
                yield picked(from, to, 0, steps);
            }
            case Op.Slice slice -> {
                long start = 0;
                long[] steps = new long[to.rank()];
                for (int i = 0; i < steps.length; i++) {
                    start += slice.starts().get(i) * strides[i];
                    steps[i] = slice.strides().get(i) * strides[i];
                }
                yield picked(from, to, start, steps);
            }
            case Op.Reverse reverse -> {
                long start = 0;
                long[] steps = strides.clone();
                for (int axis : reverse.dimensions()) {
                    start += (to.dim(axis) - 1) * strides[axis];
                    steps[axis] = -strides[axis];
                }
                yield picked(from, to, start, steps);
            }
            case Op _ -> KEEP;
        };
    }

    private static List<Value> picked(Literal from, Shape to, long start, long[] steps) {
        long[] strides = to.strides();
        long[] bits = new long[(int) to.size()];
        for (int i = 0; i < bits.length; i++) {
            long position = start;
            for (int axis = 0; axis < steps.length; axis++) {
                position += i / strides[axis] % to.dim(axis) * steps[axis];
            }
            bits[i] = from.bitsAt(position);
        }
        return List.of(Ops.constant(Literal.ofBits(from.type().withShape(to), bits)));
    }
}
