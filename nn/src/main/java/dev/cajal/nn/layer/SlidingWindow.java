package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.ir.Window;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How the window of a convolution or of pooling slides over images; one number for each spatial dimension.
///
/// A dimension of length `n`, with `p` elements of padding altogether, gives `(n + p - reach) / stride + 1` places, rounded down, where
/// `reach = (size - 1) * dilation + 1`.
///
/// @param size of the window
/// @param strides from one place to the next
/// @param padding around images
/// @param dilation distance of the window's elements; 1 for a dense window
public record SlidingWindow(List<Integer> size, List<Integer> strides, Padding padding, List<Integer> dilation) {
    public SlidingWindow {
        size = List.copyOf(size);
        strides = List.copyOf(strides);
        dilation = List.copyOf(dilation);
        require("The strides of a window", strides, size.size());
        require("The dilation of a window", dilation, size.size());
        require("The size of a window", size, size.size());
        if (padding instanceof Padding.Explicit(List<Integer> before, List<Integer> after)
                && (before.size() != size.size() || after.size() != size.size()
                        || before.stream().anyMatch(n -> n < 0) || after.stream().anyMatch(n -> n < 0))) {
            throw new CajalException("layer.setting", "%s has to be %s, but is %s.",
                    Phrase.words("The padding of a window"),
                    Phrase.words("a number of at least 0 for each of its dimensions, before and after"),
                    before + ", " + after);
        }
    }

    private static void require(String what, List<Integer> numbers, int rank) {
        if (numbers.size() != rank || numbers.isEmpty() || numbers.stream().anyMatch(number -> number < 1)) {
            throw new CajalException("layer.setting", "%s has to be %s, but is %s.",
                    Phrase.words(what),
                    Phrase.words("a number of at least 1 for each of its dimensions"), numbers);
        }
    }

    /// A dense window that moves by one element, without padding.
    static SlidingWindow of(List<Integer> size) {
        List<Integer> ones = Collections.nCopies(size.size(), 1);
        return new SlidingWindow(size, ones, Padding.VALID, ones);
    }

    /// The same number for each dimension, or one for each.
    List<Integer> each(int... numbers) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < (numbers.length == 1 ? rank() : numbers.length); i++) {
            all.add(numbers[numbers.length == 1 ? 0 : i]);
        }
        return all;
    }

    SlidingWindow withStrides(List<Integer> other) {
        return new SlidingWindow(size, other, padding, dilation);
    }

    SlidingWindow withPadding(Padding other) {
        return new SlidingWindow(size, strides, other, dilation);
    }

    SlidingWindow withDilation(List<Integer> other) {
        return new SlidingWindow(size, strides, padding, other);
    }

    /// The number of spatial dimensions.
    int rank() {
        return size.size();
    }

    /// Over how many elements it reaches.
    int reach(int dimension) {
        return (size.get(dimension) - 1) * dilation.get(dimension) + 1;
    }

    /// The window over images.
    ///
    /// @param x `[batch, spatial..., channels]`
    Window over(Record layer, Tensor x) {
        requireImages(layer, x);
        List<Integer> low = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        for (int i = 0; i < rank(); i++) {
            int before = before(i, x.dim(i + 1));
            low.add(before);
            high.add(switch (padding) {
                case Padding.Valid _ -> 0;
                case Padding.Same _ -> total(i, x.dim(i + 1)) - before;
                case Padding.Explicit explicit -> explicit.after().get(i);
            });
            if (x.dim(i + 1) + low.get(i) + high.get(i) < reach(i)) {
                throw new ShapeException(
                        "shape.window-size",
                        "%s%s slides a window of %s over images, but got %s, of which dimension %s has only %s elements, padding included. "
                                + "Take a smaller window, or pad with withSamePadding().",
                        Origin.current().prefix(), layer.getClass().getSimpleName(), reaches(), x.type(), i + 1,
                        x.dim(i + 1) + low.get(i) + high.get(i));
            }
        }
        return new Window(size, strides, low, high, Collections.nCopies(rank(), 1), dilation);
    }

    /// Refuses sequences inside of [Padded] whose padding would decide where the window stands: with same padding, a stride may leave over more or less of a sequence, and what there is too few goes to both its
    /// sides.
    ///
    /// @param x `[batch, length, channels]`; others do not matter
    void requireOnePlace(Record layer, Tensor x, Scope scope) {
        if (rank() == 1 && padding instanceof Padding.Same && Inputs.present(x, scope).isPresent()) {
            int least = Math.max(0, reach(0) - strides.getFirst());
            int most = reach(0) - 1;
            if (least / 2 != most / 2) {
                throw new ShapeException("shape.window-padded",
                        "%s%s with same padding and a stride of %s begins at another place where a sequence has another length, and inside of Padded all have that of the longest: %s. "
                                + "Take a stride of 1, or a number of elements of padding, withPadding(%s).",
                        Origin.current().prefix(), layer.getClass().getSimpleName(), strides.getFirst(), x.type(),
                        most / 2);
            }
        }
    }

    private int before(int dimension, int length) {
        return switch (padding) {
            case Padding.Valid _ -> 0;
            case Padding.Same _ -> total(dimension, length) / 2;
            case Padding.Explicit explicit -> explicit.before().get(dimension);
        };
    }

    /// Elements on both sides for as many places as there are strides in the length.
    private int total(int dimension, int length) {
        int places = Math.ceilDiv(length, strides.get(dimension));
        return Math.max(0, (places - 1) * strides.get(dimension) + reach(dimension) - length);
    }

    String reaches() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < rank(); i++) {
            all.add(String.valueOf(reach(i)));
        }
        return String.join(" x ", all);
    }

    /// Refuses what are no images of so many dimensions.
    void requireImages(Record layer, Tensor x) {
        requireImages(layer, x, rank());
    }

    static void requireImages(Record layer, Tensor x, int rank) {
        if (x.shape().rank() != rank + 2) {
            String spatial = switch (rank) {
                case 1 -> "length";
                case 2 -> "height, width";
                default -> "depth, height, width";
            };
            throw new ShapeException(
                    "shape.images",
                    "%s%s takes inputs of shape [batch, %s, channels], but got %s. Channels come last; a picture without them becomes one with "
                            + "Reshape or expandDims(-1).",
                    Origin.current().prefix(), layer.getClass().getSimpleName(), spatial, x.type());
        }
    }
}
