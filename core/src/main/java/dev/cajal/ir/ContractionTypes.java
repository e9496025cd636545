package dev.cajal.ir;

import dev.cajal.ir.TypeRules.Operands;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Type rules of products and convolutions.
final class ContractionTypes {
    private ContractionTypes() {}

    static List<TensorType> dot(Op.DotGeneral dot, Operands in) {
        in.requireCount(2);
        Shape a = in.get(0).shape();
        Shape b = in.get(1).shape();
        requireProduct(in, dot.result());
        List<Integer> leftUsed = concat(dot.leftBatch(), dot.leftContracting());
        List<Integer> rightUsed = concat(dot.rightBatch(), dot.rightContracting());
        in.requireAxes("left dimensions", leftUsed, a.rank());
        in.requireAxes("right dimensions", rightUsed, b.rank());
        in.require(
                dot.leftBatch().size() == dot.rightBatch().size()
                        && dot.leftContracting().size() == dot.rightContracting().size(),
                "dot",
                "needs as many left as right dimensions, but got %s",
                dot);
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < leftUsed.size(); i++) {
            int left = a.dim(leftUsed.get(i));
            int right = b.dim(rightUsed.get(i));
            in.require(
                    left == right,
                    "dot",
                    "of %s and %s needs equal lengths along axis %s of the left and axis %s of the right, but they are %s and %s",
                    in.get(0),
                    in.get(1),
                    leftUsed.get(i),
                    rightUsed.get(i),
                    left,
                    right);
            if (i < dot.leftBatch().size()) {
                dims.add(left);
            }
        }
        dims.addAll(a.without(leftUsed).dims());
        dims.addAll(b.without(rightUsed).dims());
        return List.of(new TensorType(dot.result(), Shape.of(dims)));
    }

    static List<TensorType> convolution(Op.Convolution convolution, Operands in) {
        in.requireCount(2);
        Shape input = in.get(0).shape();
        Shape kernel = in.get(1).shape();
        Window window = convolution.window();
        int spatial = window.rank();
        requireProduct(in, convolution.result());
        WindowTypes.requireWindow(window, in);
        in.require(
                input.rank() == spatial + 2 && kernel.rank() == spatial + 2,
                "convolution",
                "over %s spatial dimension(s) needs an input [batch, spatial..., channels] and a kernel [spatial..., channels, features], "
                        + "but got %s and %s",
                spatial,
                in.get(0),
                in.get(1));
        int channels = input.dim(-1);
        int features = kernel.dim(-1);
        int groups = convolution.featureGroups();
        int batchGroups = convolution.batchGroups();
        in.require(
                groups >= 1 && batchGroups >= 1 && (groups == 1 || batchGroups == 1),
                "convolution",
                "needs positive group counts of which one is 1, but got %s feature and %s batch groups",
                groups,
                batchGroups);
        in.require(
                kernel.dim(-2) * groups == channels,
                "convolution",
                "with %s group(s) of an input with %s channels needs a kernel for %s channels, but the kernel %s is for %s",
                groups,
                channels,
                channels / groups,
                kernel,
                kernel.dim(-2));
        in.require(
                features % groups == 0 && features % batchGroups == 0 && input.dim(0) % batchGroups == 0,
                "convolution",
                "cannot split %s features or a batch of %s into groups of equal size",
                features,
                input.dim(0));
        int[] dims = new int[spatial + 2];
        dims[0] = input.dim(0) / batchGroups;
        for (int i = 0; i < spatial; i++) {
            in.require(
                    window.size().get(i) == kernel.dim(i),
                    "convolution",
                    "has a window %s that is not the kernel's %s",
                    window.size(),
                    kernel);
            dims[i + 1] = window.positions(i, input.dim(i + 1));
        }
        dims[spatial + 1] = features;
        return List.of(new TensorType(convolution.result(), Shape.of(dims)));
    }

    private static void requireProduct(Operands in, DType result) {
        DType a = in.get(0).dtype();
        in.require(
                a == in.get(1).dtype() && a != DType.BOOL,
                "dtype",
                "needs two operands of one number type, but got %s and %s",
                in.get(0),
                in.get(1));
        in.require(
                result == a || (a == DType.BF16 && result == DType.F32),
                "dtype",
                "of %s cannot give %s; bf16 gives bf16 or f32, every other type itself",
                a,
                result);
    }

    private static List<Integer> concat(List<Integer> a, List<Integer> b) {
        List<Integer> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
