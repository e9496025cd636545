package dev.cajal.cpu.window;

import dev.cajal.ir.Window;

/// A window that slides along one dimension.
///
/// @param length of the dimension
/// @param places that the window takes
/// @param size taps of the window
/// @param stride from one place to the next
/// @param padding before the first element
/// @param holes distance of the elements once holes are put between them; 1 is none
/// @param dilation distance of the taps
public record Slide(int length, int places, int size, int stride, int padding, int holes, int dilation) {
    /// Takes every element by itself.
    public static Slide still(int length) {
        return new Slide(length, length, 1, 1, 0, 1, 1);
    }

    /// A dimension of a window.
    ///
    /// @param places how many it takes
    public static Slide of(Window window, int dimension, int length, int places) {
        return new Slide(length, places, window.size().get(dimension), window.strides().get(dimension),
                window.paddingLow().get(dimension), window.baseDilation().get(dimension),
                window.windowDilation().get(dimension));
    }

    /// Whether the window takes every element by itself.
    public boolean isStill() {
        return equals(still(length));
    }

    /// Whether taps that are neighbours see neighbours.
    public boolean isDense() {
        return holes == 1 && dilation == 1;
    }

    /// The element that a tap sees at a place; -1 for padding and holes.
    public int index(int place, int tap) {
        int dilated = place * stride + tap * dilation - padding;
        if (dilated < 0 || holes > 1 && dilated % holes != 0) {
            return -1;
        }
        int index = holes > 1 ? dilated / holes : dilated;
        return index < length ? index : -1;
    }
}
