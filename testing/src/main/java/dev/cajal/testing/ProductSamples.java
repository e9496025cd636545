package dev.cajal.testing;

import dev.cajal.ir.Attention;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Samples of products and convolutions.
final class ProductSamples {
    private static final List<DType> TYPES = List.of(DType.F32, DType.F64, DType.BF16, DType.I32, DType.I64, DType.U8);

    private ProductSamples() {}

    static void addTo(Samples samples) {
        for (DType dtype : TYPES) {
            dot(samples, dtype, dtype);
            convolution(samples, dtype, dtype);
        }
        dot(samples, DType.BF16, DType.F32);
        convolution(samples, DType.BF16, DType.F32);
        for (DType dtype : List.of(DType.F32, DType.F64)) {
            attention(samples, dtype, 7, 7, 4, 2, true, false);
            attention(samples, dtype, 5, 9, 2, 2, false, true);
            attention(samples, dtype, 3, 3, 6, 1, true, true);
        }
    }

    /// Of what attention gives only the first result has a gradient; that is checked by itself.
    private static void attention(Samples samples, DType dtype, int queries, int keys, int heads, int groups,
            boolean causal, boolean masked) {
        SampleData data = samples.data();
        TensorType query = TensorType.of(dtype, 2, queries, heads, 5);
        TensorType key = TensorType.of(dtype, 2, keys, groups, 5);
        List<HostBuffer> arguments = new ArrayList<>(
                List.of(data.between(query, -2, 2), data.between(key, -2, 2), data.between(key, -2, 2)));
        if (masked) {
            TensorType present = TensorType.of(DType.BOOL, 2, keys);
            arguments.add(data.fill(present, () -> data.random().nextInt(3) > 0 ? 1 : 0));
        }
        List<Value> parameters = arguments.stream().map(argument -> Ops.parameter(argument.type(), "operand")).toList();
        Value gathered = Attention.apply(parameters.get(0), parameters.get(1), parameters.get(2),
                parameters.stream().skip(3).findFirst(), causal);
        samples.add("", gathered.node().op(), new Accuracy.Absolute(1e-5), List.of(), arguments);
    }

    private static void dot(Samples samples, DType dtype, DType result) {
        List<Integer> none = List.of();
        // The matrix product, with each side transposed or not, at lengths beside those of tiles and vectors.
        for (int[] mkn : new int[][] {
            {1, 1, 1}, {2, 3, 4}, {17, 33, 7}, {1, 64, 67}, {67, 1, 16}, {16, 16, 16}, {0, 3, 2}, {2, 0, 3}, {2, 3, 0},
            {65, 130, 35}
        }) {
            for (int transposed = 0; transposed < 4; transposed++) {
                int left = (transposed & 1) == 0 ? 1 : 0;
                int right = (transposed & 2) == 0 ? 0 : 1;
                Shape a = left == 1 ? Shape.of(mkn[0], mkn[1]) : Shape.of(mkn[1], mkn[0]);
                Shape b = right == 0 ? Shape.of(mkn[1], mkn[2]) : Shape.of(mkn[2], mkn[1]);
                add(samples, new Op.DotGeneral(none, none, List.of(left), List.of(right), result), dtype, a, b);
            }
        }
        add(samples, new Op.DotGeneral(none, none, none, none, result), dtype, Shape.of(), Shape.of());
        add(samples, new Op.DotGeneral(none, none, none, none, result), dtype, Shape.of(3), Shape.of(2, 2));
        add(samples, new Op.DotGeneral(none, none, List.of(0), List.of(0), result), dtype, Shape.of(19), Shape.of(19));
        add(samples, new Op.DotGeneral(none, none, List.of(1), List.of(0), result), dtype, Shape.of(5, 19),
                Shape.of(19));
        // Batches, in other places and orders; several contracting axes, in another order on each side.
        add(samples, new Op.DotGeneral(List.of(0), List.of(0), List.of(2), List.of(1), result), dtype,
                Shape.of(3, 4, 5), Shape.of(3, 5, 6));
        add(samples, new Op.DotGeneral(List.of(2, 0), List.of(1, 3), List.of(3), List.of(0), result), dtype,
                Shape.of(2, 4, 3, 5), Shape.of(5, 3, 7, 2));
        add(samples, new Op.DotGeneral(none, none, List.of(0, 2), List.of(2, 1), result), dtype, Shape.of(3, 5, 4),
                Shape.of(6, 4, 3));
        add(samples, new Op.DotGeneral(List.of(0, 1), List.of(0, 1), none, none, result), dtype, Shape.of(2, 3),
                Shape.of(2, 3));
        add(samples, new Op.DotGeneral(List.of(0), List.of(0), List.of(1), List.of(1), result), dtype,
                Shape.of(0, 3, 2), Shape.of(0, 3, 2));
    }

    private static void add(Samples samples, Op.DotGeneral op, DType dtype, Shape a, Shape b) {
        long terms = op.leftContracting().stream().mapToLong(a::dim).reduce(1, (x, y) -> x * y);
        String label = op.result() == dtype ? "" : "to " + op.result();
        add(samples, label, op, terms, new TensorType(dtype, a), new TensorType(dtype, b));
    }

    private static void add(Samples samples, String label, Op op, long terms, TensorType a, TensorType b) {
        HostBuffer left = samples.data().usual(a);
        HostBuffer right = samples.data().usual(b);
        samples.addSmooth(label, op, new Accuracy.Sum(Math.max(1, terms)), left, right);
    }

    private static void convolution(Samples samples, DType dtype, DType result) {
        Window three = Window.of(List.of(3, 3));
        Window two = Window.of(List.of(2, 3));
        List<Integer> one = List.of(1, 1);
        Shape images = Shape.of(2, 7, 6, 4);
        String to = result == dtype ? "" : " to " + result;
        convolution(samples, "valid" + to, three, 1, 1, result, dtype, images, 5);
        convolution(samples, "same" + to, three.withPadding(one, one), 1, 1, result, dtype, images, 3);
        convolution(samples, "strides" + to, three.withStrides(List.of(2, 3)).withPadding(List.of(0, 1), one), 1, 1,
                result, dtype, images, 5);
        convolution(samples, "window dilation" + to, two.withDilation(one, List.of(2, 2)), 1, 1, result, dtype, images,
                2);
        convolution(samples, "base dilation" + to,
                two.withDilation(List.of(2, 3), one).withPadding(List.of(2, 0), List.of(1, 2)), 1, 1, result, dtype,
                images, 2);
        convolution(samples, "everything" + to,
                two.withStrides(List.of(2, 1)).withPadding(List.of(3, -1), List.of(-1, 4)).withDilation(List.of(3, 2),
                        List.of(2, 3)),
                2, 1, result, dtype, images, 6);
        convolution(samples, "groups" + to, three, 2, 1, result, dtype, images, 6);
        convolution(samples, "depthwise" + to, three.withPadding(one, one), 4, 1, result, dtype, images, 8);
        convolution(samples, "batch groups" + to, two, 1, 2, result, dtype, Shape.of(4, 5, 5, 3), 6);
        convolution(samples, "pointwise" + to, Window.of(one), 1, 1, result, dtype, images, 17);
        convolution(samples, "too small" + to, Window.of(List.of(8, 8)), 1, 1, result, dtype, images, 2);
        convolution(samples, "no images" + to, three, 1, 1, result, dtype, Shape.of(0, 7, 6, 4), 2);
        convolution(samples, "one dimension" + to,
                Window.of(List.of(3)).withPadding(List.of(2), List.of(0)), 1, 1, result, dtype, Shape.of(2, 11, 3), 4);
        convolution(samples, "three dimensions" + to, Window.of(List.of(2, 1, 2)), 1, 1, result, dtype,
                Shape.of(1, 3, 2, 4, 2), 3);
        convolution(samples, "no dimension" + to, Window.of(List.of()), 1, 1, result, dtype, Shape.of(3, 4), 5);
    }

    private static void convolution(
            Samples samples,
            String label,
            Window window,
            int groups,
            int batchGroups,
            DType result,
            DType dtype,
            Shape images,
            int features) {
        Op op = new Op.Convolution(window, groups, batchGroups, result);
        int channels = images.dim(-1) / groups;
        Shape kernel = Shape.of(window.size()).insert(window.rank(), channels).insert(window.rank() + 1, features);
        long terms = Math.max(1, kernel.size() / features);
        add(samples, label, op, terms, new TensorType(dtype, images), new TensorType(dtype, kernel));
    }
}
