package dev.cajal.tensor;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;

/// Threefry-2x32 with 20 rounds: a function from a key and a counter, 64 bits each, to 64 bits that look random, made of additions, rotations
/// and exclusive ors of 32-bit integers. Equal on every machine, and to JAX's.
///
/// Salmon et al., *Parallel random numbers: as easy as 1, 2, 3*, SC 2011.
final class Threefry {
    private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};
    private static final int PARITY = 0x1BD11BDA;

    private Threefry() {}

    /// Two words of 32 bits, element by element.
    record Words(Tensor first, Tensor second) {}

    /// Encrypts counters of any one shape.
    ///
    /// @param key i32[2]
    static Words apply(Tensor key, Tensor first, Tensor second) {
        Shape shape = first.shape();
        List<Value> operands = List.of(
                key.get(0).broadcastTo(shape).value(), key.get(1).broadcastTo(shape).value(), first.value(),
                second.value());
        Op.Composite threefry = new Op.Composite("threefry2x32", 1, decomposition(first.type()), Optional.empty());
        List<Value> words = Ops.composite(threefry, operands);
        return new Words(Tensor.of(words.get(0)), Tensor.of(words.get(1)));
    }

    private static Graph decomposition(TensorType type) {
        Value key0 = Ops.parameter(type, "key0");
        Value key1 = Ops.parameter(type, "key1");
        Value x0 = Ops.parameter(type, "counter0");
        Value x1 = Ops.parameter(type, "counter1");
        Value[] keys = {key0, key1, xor(xor(key0, key1), word(type, PARITY))};
        Value a = Ops.add(x0, keys[0]);
        Value b = Ops.add(x1, keys[1]);
        for (int group = 0; group < 5; group++) {
            for (int distance : ROTATIONS[group % 2]) {
                a = Ops.add(a, b);
                b = xor(rotate(b, distance), a);
            }
            a = Ops.add(a, keys[(group + 1) % 3]);
            b = Ops.add(Ops.add(b, keys[(group + 2) % 3]), word(type, group + 1));
        }
        return Graph.of(List.of(key0, key1, x0, x1), List.of(a, b));
    }

    private static Value rotate(Value x, int distance) {
        Value left = Ops.binary(BinaryKind.SHIFT_LEFT, x, word(x.type(), distance));
        Value right = Ops.binary(BinaryKind.SHIFT_RIGHT_LOGICAL, x, word(x.type(), 32 - distance));
        return Ops.binary(BinaryKind.OR, left, right);
    }

    private static Value xor(Value a, Value b) {
        return Ops.binary(BinaryKind.XOR, a, b);
    }

    private static Value word(TensorType type, int bits) {
        return Ops.broadcastScalar(Ops.constant(Literal.splat(TensorType.of(DType.I32), (long) bits)), type.shape());
    }
}
