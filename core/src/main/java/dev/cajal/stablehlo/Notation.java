package dev.cajal.stablehlo;

import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.ir.Window;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How types, elements and attributes are written.
final class Notation {
    private Notation() {}

    /// `tensor<2x3xf32>`.
    static String type(TensorType type) {
        String dims = type.shape().dims().stream().map(dim -> dim + "x").collect(Collectors.joining());
        return "tensor<" + dims + dtype(type.dtype()) + ">";
    }

    private static String dtype(DType dtype) {
        return switch (dtype) {
            case F32 -> "f32";
            case F64 -> "f64";
            case BF16 -> "bf16";
            case I32 -> "i32";
            case I64 -> "i64";
            case U8 -> "ui8";
            case BOOL -> "i1";
        };
    }

    /// `dense<[[1.0, 2.0], [3.0, 4.0]]>`; `dense<1.0>` if all are alike.
    static String elements(Literal literal) {
        if (literal.type().size() == 0) {
            return "dense<>";
        }
        StringBuilder out = new StringBuilder("dense<");
        if (literal.isSplat()) {
            out.append(element(literal, 0));
        } else {
            nested(literal, 0, 0, out);
        }
        return out.append('>').toString();
    }

    private static void nested(Literal literal, int axis, long start, StringBuilder out) {
        if (axis == literal.type().shape().rank()) {
            out.append(element(literal, start));
            return;
        }
        long stride = literal.type().shape().strides()[axis];
        out.append('[');
        for (int i = 0; i < literal.type().shape().dim(axis); i++) {
            out.append(i == 0 ? "" : ", ");
            nested(literal, axis + 1, start + i * stride, out);
        }
        out.append(']');
    }

    private static String element(Literal literal, long position) {
        DType dtype = literal.type().dtype();
        double number = literal.doubleAt(position);
        if (dtype == DType.BOOL) {
            return number != 0 ? "true" : "false";
        }
        if (!dtype.isFloating()) {
            return Long.toString(literal.bitsAt(position));
        }
        // The shortest decimal of the double, which holds every number of the narrower types. What has no decimal is written in bits.
        int digits = 2 * dtype.byteSize();
        return Double.isFinite(number)
                ? Double.toString(number)
                : "0x" + ("%016X".formatted(literal.bitsAt(position))).substring(16 - digits);
    }

    /// `name = array<i64: 1, 2>`.
    static String array(String name, List<Integer> numbers) {
        return name + " = array<i64" + (numbers.isEmpty() ? "" : ": " + join(numbers)) + ">";
    }

    /// `name = 3 : i64`.
    static String number(String name, long number) {
        return name + " = " + number + " : i64";
    }

    /// `padding = dense<[[0, 1], [2, 3]]> : tensor<2x2xi64>`.
    static String padding(Window window) {
        String pairs = IntStream.range(0, window.rank())
                .mapToObj(i -> "[" + window.paddingLow().get(i) + ", " + window.paddingHigh().get(i) + "]")
                .collect(Collectors.joining(", ", "[", "]"));
        return "padding = dense<" + (window.rank() == 0 ? "" : pairs) + "> : tensor<" + window.rank() + "x2xi64>";
    }

    static String comparison(String direction, String type) {
        return "comparison_direction = #stablehlo<comparison_direction " + direction
                + ">, compare_type = #stablehlo<comparison_type " + type + ">";
    }

    /// Products in full precision, on every device.
    static final String PRECISION = "precision_config = [#stablehlo<precision HIGHEST>, #stablehlo<precision HIGHEST>]";

    static String dot(Op.DotGeneral dot) {
        return "dot_dimension_numbers = #stablehlo.dot<" + String.join(
                ", ",
                list("lhs_batching_dimensions", dot.leftBatch()),
                list("rhs_batching_dimensions", dot.rightBatch()),
                list("lhs_contracting_dimensions", dot.leftContracting()),
                list("rhs_contracting_dimensions", dot.rightContracting())) + ">";
    }

    /// `dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>`.
    static String convolution(int spatial) {
        String inner = IntStream.range(0, spatial).mapToObj(i -> i + ", ").collect(Collectors.joining());
        return "dimension_numbers = #stablehlo.conv<[b, %sf]x[%si, o]->[b, %sf]>".formatted(inner, inner, inner);
    }

    static List<String> window(String size, Window window) {
        return List.of(array(size, window.size()), array("window_strides", window.strides()), padding(window));
    }

    static String falses(String name, int count) {
        String falses = String.join(", ", Collections.nCopies(count, "false"));
        return name + " = array<i1" + (count == 0 ? "" : ": " + falses) + ">";
    }

    static String gather(GatherDimensions d) {
        return "dimension_numbers = #stablehlo.gather<" + String.join(
                ", ",
                list("offset_dims", d.offset()),
                list("collapsed_slice_dims", d.collapsed()),
                list("operand_batching_dims", d.operandBatching()),
                list("start_indices_batching_dims", d.indicesBatching()),
                list("start_index_map", d.startIndexMap()),
                "index_vector_dim = " + d.indexVector()) + ">";
    }

    static String scatter(ScatterDimensions d) {
        return "scatter_dimension_numbers = #stablehlo.scatter<" + String.join(
                ", ",
                list("update_window_dims", d.updateWindow()),
                list("inserted_window_dims", d.inserted()),
                list("input_batching_dims", d.operandBatching()),
                list("scatter_indices_batching_dims", d.indicesBatching()),
                list("scatter_dims_to_operand_dims", d.indexMap()),
                "index_vector_dim = " + d.indexVector()) + ">";
    }

    private static String list(String name, List<Integer> numbers) {
        return name + " = [" + join(numbers) + "]";
    }

    private static String join(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
