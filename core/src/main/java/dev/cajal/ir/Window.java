package dev.cajal.ir;

import java.util.Collections;
import java.util.List;

/// How a window slides over the dimensions of an operand, in convolution and pooling. All lists have one entry for each dimension.
///
/// With a dimension of length `n` first dilated to `d = (n - 1) * baseDilation + 1` (0 if `n` is 0), then padded, and the window dilated to
/// `w = (size - 1) * windowDilation + 1`, the result's length is `(paddingLow + d + paddingHigh - w) / stride + 1` (0 if the window does
/// not fit).
///
/// @param size elements of the window
/// @param strides elements between two positions of the window
/// @param paddingLow elements added before
/// @param paddingHigh elements added after
/// @param baseDilation distance of the operand's elements once holes are put between them; 1 is none
/// @param windowDilation distance of the window's elements; 1 is a dense window
public record Window(
        List<Integer> size,
        List<Integer> strides,
        List<Integer> paddingLow,
        List<Integer> paddingHigh,
        List<Integer> baseDilation,
        List<Integer> windowDilation) {
    public Window {
        size = List.copyOf(size);
        strides = List.copyOf(strides);
        paddingLow = List.copyOf(paddingLow);
        paddingHigh = List.copyOf(paddingHigh);
        baseDilation = List.copyOf(baseDilation);
        windowDilation = List.copyOf(windowDilation);
    }

    /// A dense window that moves by one element, without padding.
    public static Window of(List<Integer> size) {
        List<Integer> ones = Collections.nCopies(size.size(), 1);
        List<Integer> zeros = Collections.nCopies(size.size(), 0);
        return new Window(size, ones, zeros, zeros, ones, ones);
    }

    /// The number of dimensions.
    public int rank() {
        return size.size();
    }

    /// This window moving by other strides.
    public Window withStrides(List<Integer> other) {
        return new Window(size, other, paddingLow, paddingHigh, baseDilation, windowDilation);
    }

    /// This window with other padding.
    public Window withPadding(List<Integer> low, List<Integer> high) {
        return new Window(size, strides, low, high, baseDilation, windowDilation);
    }

    /// This window with other dilations.
    public Window withDilation(List<Integer> base, List<Integer> window) {
        return new Window(size, strides, paddingLow, paddingHigh, base, window);
    }

    /// How many positions the window takes along a dimension of the given length.
    public int positions(int dimension, int length) {
        long dilated = length == 0 ? 0 : (length - 1L) * baseDilation.get(dimension) + 1;
        long padded = paddingLow.get(dimension) + dilated + paddingHigh.get(dimension);
        long window = (size.get(dimension) - 1L) * windowDilation.get(dimension) + 1;
        return padded < window ? 0 : Math.toIntExact((padded - window) / strides.get(dimension) + 1);
    }
}
