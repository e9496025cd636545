package dev.cajal.ir;

import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Which operands an operation takes, and the types of its results. One method for each operation, in files by family.
public final class TypeRules {
    private TypeRules() {}

    /// The result types of an operation.
    ///
    /// @param origin where the operation is made, for the message
    /// @throws ShapeException if the operands do not fit; it says what was found, what was needed, and what to do
    public static List<TensorType> infer(Op op, List<TensorType> operands, Origin origin) {
        Operands in = new Operands(GraphPrinter.label(op), operands, origin);
        return switch (op) {
            case Op.Parameter parameter -> in.none(parameter.type());
            case Op.Constant constant -> in.none(constant.literal().type());
            case Op.Iota iota -> ShapeTypes.iota(iota, in);
            case Op.Unary unary -> ElementwiseTypes.unary(unary, in);
            case Op.Binary binary -> ElementwiseTypes.binary(binary, in);
            case Op.Compare compare -> ElementwiseTypes.compare(compare, in);
            case Op.Select _ -> ElementwiseTypes.select(in);
            case Op.Convert convert -> List.of(in.only().withDType(convert.to()));
            case Op.BitcastConvert bitcast -> ElementwiseTypes.bitcast(bitcast, in);
            case Op.Reshape reshape -> ShapeTypes.reshape(reshape, in);
            case Op.Transpose transpose -> ShapeTypes.transpose(transpose, in);
            case Op.BroadcastInDim broadcast -> ShapeTypes.broadcast(broadcast, in);
            case Op.Slice slice -> ShapeTypes.slice(slice, in);
            case Op.Pad pad -> ShapeTypes.pad(pad, in);
            case Op.Concatenate concatenate -> ShapeTypes.concatenate(concatenate, in);
            case Op.Reverse reverse -> ShapeTypes.reverse(reverse, in);
            case Op.DotGeneral dot -> ContractionTypes.dot(dot, in);
            case Op.Convolution convolution -> ContractionTypes.convolution(convolution, in);
            case Op.Reduce reduce -> WindowTypes.reduce(reduce, in);
            case Op.ReduceWindow reduce -> WindowTypes.reduceWindow(reduce, in);
            case Op.SelectAndScatter scatter -> WindowTypes.selectAndScatter(scatter, in);
            case Op.Gather gather -> IndexTypes.gather(gather, in);
            case Op.Scatter scatter -> IndexTypes.scatter(scatter, in);
            case Op.DynamicSlice slice -> IndexTypes.dynamicSlice(slice, in);
            case Op.DynamicUpdateSlice _ -> IndexTypes.dynamicUpdateSlice(in);
            case Op.Sort sort -> ControlTypes.sort(sort, in);
            case Op.While loop -> ControlTypes.loop(loop, in);
            case Op.Scan scan -> ControlTypes.scan(scan, in);
            case Op.OptimizationBarrier _ -> operands;
            case Op.StopGradient _ -> List.of(in.only());
            case Op.Composite composite -> ControlTypes.composite(composite, in);
        };
    }

    /// The operands of one operation, with the checks that all families need.
    record Operands(String op, List<TensorType> types, Origin origin) {
        int count() {
            return types.size();
        }

        TensorType get(int i) {
            return types.get(i);
        }

        List<TensorType> none(TensorType result) {
            requireCount(0);
            return List.of(result);
        }

        TensorType only() {
            requireCount(1);
            return types.getFirst();
        }

        void requireCount(int count) {
            require(types.size() == count, "operands", "takes %s operand(s), but got %s", count, types);
        }

        /// Checks a condition; the message reads "`In layer x: op` template."
        void require(boolean condition, String code, String template, Object... arguments) {
            if (!condition) {
                throw error(code, template, arguments);
            }
        }

        ShapeException error(String code, String template, Object... arguments) {
            List<Object> all = new ArrayList<>(List.of(origin.prefix(), op));
            all.addAll(List.of(arguments));
            return new ShapeException("shape." + code, "%s%s " + template + ".", all.toArray());
        }

        /// Checks that a dimension of the result is no longer than any can be.
        int requireLength(long length) {
            require(length <= Integer.MAX_VALUE, "length", "would give a dimension of %s elements, which is too long",
                    length);
            return (int) length;
        }

        void requireSorted(String what, List<Integer> axes) {
            require(axes.stream().sorted().toList().equals(axes), "axis", "needs %s in ascending order, but got %s",
                    what, axes);
        }

        void requireAxes(String what, List<Integer> axes, int rank) {
            require(
                    axes.stream().allMatch(axis -> axis >= 0 && axis < rank),
                    "axis",
                    "has %s %s, but %s",
                    what,
                    axes,
                    rank == 0 ? "a scalar has no axes" : "axes from 0 to " + (rank - 1) + " are possible");
            require(
                    axes.stream().distinct().count() == axes.size(),
                    "axis",
                    "names an axis twice in %s %s",
                    what,
                    axes);
        }
    }

    static boolean isPermutation(List<Integer> permutation) {
        return permutation.stream().sorted().toList().equals(IntStream.range(0, permutation.size()).boxed().toList());
    }
}
