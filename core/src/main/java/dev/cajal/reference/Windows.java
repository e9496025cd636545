package dev.cajal.reference;

import dev.cajal.ir.Window;
import dev.cajal.type.Shape;

/// Where the elements of a sliding window lie.
final class Windows {
    private Windows() {}

    /// The position in a dense tensor of what a window sees through one of its elements, as far as the window's dimensions go.
    ///
    /// @param shape of the tensor
    /// @param firstAxis the axis of the tensor that the window's first dimension slides over
    /// @param places how many places the window takes along each dimension
    /// @param place which of them, in row-major order
    /// @param taps the size of the window
    /// @param tap which of its elements, in row-major order
    /// @return -1 for padding, and for the holes of dilation
    static long position(Window window, Shape shape, int firstAxis, Shape places, long place, Shape taps, long tap) {
        long[] placeStrides = places.strides();
        long[] tapStrides = taps.strides();
        long[] strides = shape.strides();
        long position = 0;
        for (int i = 0; i < window.rank(); i++) {
            long placeIndex = place / placeStrides[i] % places.dim(i);
            long tapIndex = tap / tapStrides[i] % taps.dim(i);
            long dilated = placeIndex * window.strides().get(i) + tapIndex * window.windowDilation().get(i)
                    - window.paddingLow().get(i);
            long index = dilated / window.baseDilation().get(i);
            boolean isElement = dilated >= 0
                    && dilated % window.baseDilation().get(i) == 0
                    && index < shape.dim(firstAxis + i);
            if (!isElement) {
                return -1;
            }
            position += index * strides[firstAxis + i];
        }
        return position;
    }
}
