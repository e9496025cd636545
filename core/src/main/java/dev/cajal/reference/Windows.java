package dev.cajal.reference;

import dev.cajal.ir.Window;
import dev.cajal.type.Shape;

/// Where the elements that a sliding window sees lie in a dense tensor, as far as the window's dimensions go.
final class Windows {
    private final Window window;
    private final int[] dims;
    private final long[] strides;
    private final int[][] places;
    private final int[][] taps;

    /// @param shape of the tensor
    /// @param firstAxis the axis of the tensor that the window's first dimension slides over
    Windows(Window window, Shape shape, int firstAxis) {
        int rank = window.rank();
        this.window = window;
        this.dims = new int[rank];
        this.strides = new long[rank];
        int[] counts = new int[rank];
        for (int i = 0; i < rank; i++) {
            dims[i] = shape.dim(firstAxis + i);
            strides[i] = shape.strides()[firstAxis + i];
            counts[i] = window.positions(i, dims[i]);
        }
        this.places = indices(Shape.of(counts));
        this.taps = indices(Shape.of(window.size()));
    }

    /// All indices of a shape in row-major order.
    private static int[][] indices(Shape shape) {
        int[][] indices = new int[Math.toIntExact(shape.size())][shape.rank()];
        for (int axis = 0; axis < shape.rank(); axis++) {
            long[] stride = new long[shape.rank()];
            stride[axis] = 1;
            int[] components = Positions.of(shape, stride, 0);
            for (int i = 0; i < components.length; i++) {
                indices[i][axis] = components[i];
            }
        }
        return indices;
    }

    /// How many places the window takes.
    int places() {
        return places.length;
    }

    /// How many elements the window has.
    int taps() {
        return taps.length;
    }

    /// The position of the element that the window sees at one of its places, in row-major order, through one of its own elements, in
    /// row-major order too; -1 for padding, and for the holes of dilation.
    int position(int place, int tap) {
        long position = 0;
        for (int i = 0; i < dims.length; i++) {
            int base = window.baseDilation().get(i);
            long dilated = (long) places[place][i] * window.strides().get(i)
                    + (long) taps[tap][i] * window.windowDilation().get(i)
                    - window.paddingLow().get(i);
            boolean isElement = dilated >= 0 && dilated % base == 0 && dilated / base < dims[i];
            if (!isElement) {
                return -1;
            }
            position += dilated / base * strides[i];
        }
        return (int) position;
    }
}
