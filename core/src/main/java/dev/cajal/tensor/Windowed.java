package dev.cajal.tensor;

import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.type.DType;
import java.util.ArrayList;
import java.util.List;

/// What a window sees that slides over images, `[batch, spatial..., channels]`: convolution and pooling. A [Window] has one entry for each spatial dimension; where it
/// comes to stand is its formula.
public sealed interface Windowed permits Tensor {
    /// This object, as what it is.
    Tensor self();

    /// Convolution: at each place of the window the sum of what it sees times the kernel, for each feature. The kernel is not turned round, as
    /// everywhere in machine learning.
    ///
    /// `[batch, spatial..., channels] x [spatial..., channels / groups, features] -> [batch, places..., features]`
    ///
    /// @param kernel its spatial dimensions are the window's size
    /// @param groups of channels, each of which gives `features / groups` features; 1 for an ordinary convolution
    default Tensor convolve(Tensor kernel, Window window, int groups) {
        DType dtype = Broadcasting.promote(self().dtype(), kernel.dtype());
        Op.Convolution convolution = new Op.Convolution(window, groups, 1, dtype);
        return Tensor.of(Ops.convolution(
                convolution, Ops.convert(self().value(), dtype), Ops.convert(kernel.value(), dtype)));
    }

    /// The largest number of each channel at each place of the window; padding is never chosen.
    default Tensor maxPool(Window window) {
        return pool(Reducer.MAX, window);
    }

    /// The sum of each channel at each place of the window; padding counts as 0.
    default Tensor sumPool(Window window) {
        return pool(Reducer.SUM, window);
    }

    private Tensor pool(Reducer reducer, Window window) {
        Value value = self().value();
        return Tensor.of(Ops.reduceWindow(reducer, value, new Window(
                around(window.size(), 1), around(window.strides(), 1), around(window.paddingLow(), 0),
                around(window.paddingHigh(), 0), around(window.baseDilation(), 1),
                around(window.windowDilation(), 1))));
    }

    /// With an entry for the batch and one for the channels.
    private static List<Integer> around(List<Integer> spatial, int number) {
        List<Integer> all = new ArrayList<>(List.of(number));
        all.addAll(spatial);
        all.add(number);
        return all;
    }
}
