package dev.cajal.tensor;

import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import java.util.stream.IntStream;

/// NumPy's rules for operands that differ in shape or element type.
///
/// Shapes are aligned at their last dimensions; a missing dimension or one of length 1 is repeated. Of two element types the one
/// further to the right wins: bool, u8, i32, i64, bf16, f32, f64. A plain Java number takes the tensor's type, except that a fraction
/// makes integers f32.
final class Broadcasting {
    private static final List<DType> PROMOTION = List.of(DType.BOOL, DType.U8, DType.I32, DType.I64, DType.BF16,
            DType.F32, DType.F64);

    private Broadcasting() {}

    /// Two operands of equal type.
    record Pair(Value a, Value b) {}

    static Pair align(String op, Tensor a, Tensor b) {
        DType dtype = promote(a.dtype(), b.dtype());
        Shape shape = common(op, a.shape(), b.shape());
        return new Pair(to(Ops.convert(a.value(), dtype), shape), to(Ops.convert(b.value(), dtype), shape));
    }

    /// A number as a tensor that fits beside `like`.
    static Tensor number(Tensor like, double number) {
        boolean fraction = number != Math.rint(number);
        DType dtype = like.dtype().isFloating() || !fraction
                ? (like.dtype() == DType.BOOL ? DType.I32 : like.dtype())
                : DType.F32;
        return Tensor.full(dtype, Shape.SCALAR, number);
    }

    static DType promote(DType a, DType b) {
        return PROMOTION.get(Math.max(PROMOTION.indexOf(a), PROMOTION.indexOf(b)));
    }

    static Shape common(String op, Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int left = i <= a.rank() ? a.dim(-i) : 1;
            int right = i <= b.rank() ? b.dim(-i) : 1;
            if (left != right && left != 1 && right != 1) {
                throw new ShapeException(
                        "shape.broadcast",
                        "%s%s of shapes %s and %s: dimension %s from the end is %s on the left and %s on the right. "
                                + "They have to be equal, or one of them 1; reshape one of the operands, "
                                + "or transpose it if the dimensions are in another order.",
                        Origin.current().prefix(),
                        op,
                        a,
                        b,
                        i,
                        left,
                        right);
            }
            dims[rank - i] = left == 1 ? right : left;
        }
        return Shape.of(dims);
    }

    /// Repeats a value to a larger shape, last dimensions aligned.
    static Value to(Value x, Shape shape) {
        int offset = shape.rank() - x.shape().rank();
        return Ops.broadcast(
                x, shape, IntStream.range(offset, shape.rank()).boxed().toList());
    }
}
