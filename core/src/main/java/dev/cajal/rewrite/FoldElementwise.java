package dev.cajal.rewrite;

import dev.cajal.ir.Literal;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Constants: an element-wise function of constants is a constant, where its result is exactly defined.
///
/// Fills stay fills, whatever their size; other constants are folded up to [#LARGEST] elements.
final class FoldElementwise implements Rule {
    private static final int LARGEST = 256;

    /// A function of the bits of the operands' elements; nothing where the result is not exactly defined.
    private interface Function {
        OptionalLong apply(long[] bits);
    }

    @Override
    public List<Value> apply(Node node) {
        Optional<Function> function = function(node);
        return function.isEmpty() ? KEEP : fold(node, function.get());
    }

    private static Optional<Function> function(Node node) {
        if (node.inputs().isEmpty()) {
            return Optional.empty();
        }
        DType dtype = node.inputs().getFirst().dtype();
        return switch (node.op()) {
            case Op.Unary unary -> Optional.of(bits -> ScalarMath.unary(unary.kind(), dtype, bits[0]));
            case Op.Binary binary -> Optional.of(bits -> ScalarMath.binary(binary.kind(), dtype, bits[0], bits[1]));
            case Op.Compare compare -> Optional.of(bits -> OptionalLong.of(
                    ScalarMath.compare(compare.comparison(), compare.order(), dtype, bits[0], bits[1]) ? 1 : 0));
            case Op.Select _ -> Optional.of(bits -> OptionalLong.of(bits[0] != 0 ? bits[1] : bits[2]));
            case Op.Convert convert -> Optional.of(bits -> ScalarMath.convert(dtype, convert.to(), bits[0]));
            case Op _ -> Optional.empty();
        };
    }

    private static List<Value> fold(Node node, Function function) {
        List<Literal> operands = new ArrayList<>();
        for (Value input : node.inputs()) {
            Optional<Literal> literal = Constants.literal(input);
            if (literal.isEmpty()) {
                return KEEP;
            }
            operands.add(literal.get());
        }
        TensorType type = node.value().type();
        boolean fill = operands.stream().allMatch(Literal::isSplat);
        if (!fill && type.size() > LARGEST) {
            return KEEP;
        }
        long[] results = new long[fill ? 1 : (int) type.size()];
        for (int i = 0; i < results.length; i++) {
            int position = i;
            OptionalLong result = function
                    .apply(operands.stream().mapToLong(operand -> operand.bitsAt(position)).toArray());
            if (result.isEmpty()) {
                return KEEP;
            }
            results[i] = result.getAsLong();
        }
        return List.of(fill ? Constants.fill(type, results[0]) : Ops.constant(Literal.ofBits(type, results)));
    }
}
