package dev.cajal.reference;

import dev.cajal.ir.Op;
import dev.cajal.reference.Elements.Floating;
import dev.cajal.reference.Elements.Whole;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Products and convolutions. Floating-point products are summed in double precision and rounded once at the end.
final class Products {
    private Products() {}

    static Elements dot(Op.DotGeneral op, Elements a, Elements b, TensorType type) {
        Shape left = a.type().shape();
        Shape right = b.type().shape();
        int[] leftBatch = Positions.along(left, op.leftBatch());
        int[] rightBatch = Positions.along(right, op.rightBatch());
        int[] rows = Positions.along(left, Positions.others(left, concat(op.leftBatch(), op.leftContracting())));
        int[] columns = Positions.along(right, Positions.others(right, concat(op.rightBatch(), op.rightContracting())));
        int[] leftSummed = Positions.along(left, op.leftContracting());
        int[] rightSummed = Positions.along(right, op.rightContracting());
        Sums sums = Sums.of(a, b, type);
        int position = 0;
        for (int batch = 0; batch < leftBatch.length; batch++) {
            for (int row : rows) {
                for (int k = 0; k < leftSummed.length; k++) {
                    sums.add(position, leftBatch[batch] + row + leftSummed[k], rightBatch[batch] + rightSummed[k],
                            columns);
                }
                position += columns.length;
            }
        }
        return sums.result();
    }

    static Elements convolution(Op.Convolution op, Elements input, Elements kernel, TensorType type) {
        Windows windows = new Windows(op.window(), input.type().shape(), 1);
        int imageStride = (int) input.type().shape().strides()[0];
        int kernelChannels = kernel.type().shape().dim(-2);
        int features = type.shape().dim(-1);
        int images = type.shape().dim(0);
        // A group of features sees its own channels, or its own images.
        int groups = op.featureGroups() * op.batchGroups();
        int groupStride = op.featureGroups() > 1 ? kernelChannels : images * imageStride;
        int[] group = IntStream.range(0, features / groups).toArray();
        Sums sums = Sums.of(input, kernel, type);
        for (int image = 0; image < images; image++) {
            for (int place = 0; place < windows.places(); place++) {
                for (int tap = 0; tap < windows.taps(); tap++) {
                    int seen = windows.position(place, tap);
                    for (int g = 0; g < groups && seen >= 0; g++) {
                        int position = (image * windows.places() + place) * features + g * group.length;
                        int from = seen + image * imageStride + g * groupStride;
                        for (int channel = 0; channel < kernelChannels; channel++) {
                            int weights = (tap * kernelChannels + channel) * features + g * group.length;
                            sums.add(position, from + channel, weights, group);
                        }
                    }
                }
            }
        }
        return sums.result();
    }

    private static List<Integer> concat(List<Integer> a, List<Integer> b) {
        List<Integer> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /// Sums of products of an element of `a` and an element of `b`.
    private sealed interface Sums {
        static Sums of(Elements a, Elements b, TensorType type) {
            return switch (a) {
                case Floating floating ->
                    new FloatingSums(floating.numbers(), ((Floating) b).numbers(), (Floating) Elements.zeros(type));
                case Whole whole ->
                    new WholeSums(whole.numbers(), ((Whole) b).numbers(), (Whole) Elements.zeros(type));
            };
        }

        /// Adds the products of one element of `a` and the elements at `right + columns[i]` of `b` to the sums at `position + i`.
        void add(int position, int left, int right, int[] columns);

        Elements result();

        record FloatingSums(double[] a, double[] b, Floating sums) implements Sums {
            @Override
            public void add(int position, int left, int right, int[] columns) {
                double[] numbers = sums.numbers();
                for (int i = 0; i < columns.length; i++) {
                    numbers[position + i] += a[left] * b[right + columns[i]];
                }
            }

            @Override
            public Elements result() {
                return Rounding.round(sums);
            }
        }

        record WholeSums(long[] a, long[] b, Whole sums) implements Sums {
            @Override
            public void add(int position, int left, int right, int[] columns) {
                long[] numbers = sums.numbers();
                for (int i = 0; i < columns.length; i++) {
                    numbers[position + i] += a[left] * b[right + columns[i]];
                }
            }

            @Override
            public Elements result() {
                return Rounding.round(sums);
            }
        }
    }
}
