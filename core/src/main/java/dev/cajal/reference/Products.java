package dev.cajal.reference;

import dev.cajal.ir.Op;
import dev.cajal.ir.Window;
import dev.cajal.reference.Elements.Floating;
import dev.cajal.reference.Elements.Whole;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

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
                for (int column : columns) {
                    int leftStart = leftBatch[batch] + row;
                    int rightStart = rightBatch[batch] + column;
                    sums.addAll(position++, leftStart, leftSummed, rightStart, rightSummed);
                }
            }
        }
        return sums.result();
    }

    static Elements convolution(Op.Convolution op, Elements input, Elements kernel, TensorType type) {
        Shape from = input.type().shape();
        Shape to = type.shape();
        Window window = op.window();
        long[] inputStrides = from.strides();
        int kernelChannels = kernel.type().shape().dim(-2);
        int features = to.dim(-1);
        int images = to.dim(0);
        Shape places = Shape.of(to.dims().subList(1, to.rank() - 1));
        Shape taps = Shape.of(window.size());
        Sums sums = Sums.of(input, kernel, type);
        int position = 0;
        for (int image = 0; image < images; image++) {
            for (int place = 0; place < places.size(); place++) {
                for (int feature = 0; feature < features; feature++, position++) {
                    // A group of features sees its own channels, or its own images.
                    int channelGroup = feature / (features / op.featureGroups());
                    int imageGroup = feature / (features / op.batchGroups());
                    long start = inputStrides[0] * (image + (long) imageGroup * images)
                            + (long) channelGroup * kernelChannels;
                    for (int tap = 0; tap < taps.size(); tap++) {
                        long moved = Windows.position(window, from, 1, places, place, taps, tap);
                        if (moved >= 0) {
                            for (int channel = 0; channel < kernelChannels; channel++) {
                                sums.add(
                                        position,
                                        (int) (start + moved + channel),
                                        (tap * kernelChannels + channel) * features + feature);
                            }
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

        void add(int position, int left, int right);

        void addAll(int position, int leftStart, int[] leftSteps, int rightStart, int[] rightSteps);

        Elements result();

        record FloatingSums(double[] a, double[] b, Floating sums) implements Sums {
            @Override
            public void add(int position, int left, int right) {
                sums.numbers()[position] += a[left] * b[right];
            }

            @Override
            public void addAll(int position, int leftStart, int[] leftSteps, int rightStart, int[] rightSteps) {
                double sum = 0;
                for (int k = 0; k < leftSteps.length; k++) {
                    sum += a[leftStart + leftSteps[k]] * b[rightStart + rightSteps[k]];
                }
                sums.numbers()[position] = sum;
            }

            @Override
            public Elements result() {
                return Rounding.round(sums);
            }
        }

        record WholeSums(long[] a, long[] b, Whole sums) implements Sums {
            @Override
            public void add(int position, int left, int right) {
                sums.numbers()[position] += a[left] * b[right];
            }

            @Override
            public void addAll(int position, int leftStart, int[] leftSteps, int rightStart, int[] rightSteps) {
                long sum = 0;
                for (int k = 0; k < leftSteps.length; k++) {
                    sum += a[leftStart + leftSteps[k]] * b[rightStart + rightSteps[k]];
                }
                sums.numbers()[position] = sum;
            }

            @Override
            public Elements result() {
                return Rounding.round(sums);
            }
        }
    }
}
