package dev.cajal.tensor;

import dev.cajal.backend.Buffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.Locale;

/// The text of a tensor: type and shape, then nested lists, of long dimensions the first and last three elements.
final class TensorPrinter {
    private static final int EDGE = 3;
    private static final int LONGEST = 2 * EDGE + 1;
    private static final long LARGEST = 1 << 20;

    private TensorPrinter() {}

    static String print(Tensor tensor) {
        TensorType type = tensor.type();
        if (tensor.isTraced()) {
            return type + " (traced)";
        }
        Buffer known = Eager.known(tensor);
        if (known == null) {
            return type + " (not computed yet; evaluate() does it)";
        }
        if (type.size() > LARGEST) {
            return type + " (" + type.size() + " elements)";
        }
        StringBuilder out = new StringBuilder().append(type).append(type.shape().rank() > 1 ? '\n' : ' ');
        append(out, Elements.of(known), type, 0, 0, "\n ");
        return out.toString();
    }

    private static void append(StringBuilder out, Elements elements, TensorType type, int axis, long offset,
            String newline) {
        Shape shape = type.shape();
        if (axis == shape.rank()) {
            out.append(element(elements, type.dtype(), offset));
            return;
        }
        int length = shape.dim(axis);
        long step = shape.strides()[axis];
        String between = axis == shape.rank() - 1 ? ", " : "," + newline;
        out.append('[');
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.append(between);
            }
            if (length > LONGEST && i == EDGE) {
                out.append("...");
                i = length - EDGE - 1;
            } else {
                append(out, elements, type, axis + 1, offset + i * step, newline + " ");
            }
        }
        out.append(']');
    }

    private static String element(Elements elements, DType dtype, long at) {
        return switch (dtype) {
            case F32, F64, BF16 -> number(elements.doubleAt(at));
            case I32, I64, U8 -> Long.toString(elements.longAt(at));
            case BOOL -> Boolean.toString(elements.longAt(at) != 0);
        };
    }

    private static String number(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e7) {
            return String.format(Locale.ROOT, "%.1f", number);
        }
        return String.format(Locale.ROOT, "%.6g", number);
    }
}
