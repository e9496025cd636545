package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Pooling to an output of given size, whatever the size of the input: place `i` of `p` sees elements `floor(i * n / p)` to `ceil((i + 1) * n / p) - 1` of
/// a dimension of length `n`. As PyTorch's.
///
/// - input: `[batch, spatial..., channels]`
/// - output: `[batch, size..., channels]`
///
/// Not for sequences inside of [Padded], whose places would be shares of the longest one.
///
/// @param statistic what is made of the numbers
/// @param size of the output, a number for each spatial dimension
public record AdaptivePooling(Pooling.Statistic statistic, List<Integer> size) implements Layer {
    public AdaptivePooling {
        size = List.copyOf(size);
        if (size.isEmpty() || size.stream().anyMatch(n -> n < 1)) {
            throw new CajalException("layer.setting", "%s has to be %s, but is %s.",
                    Phrase.words("The size of adaptive pooling"),
                    Phrase.words("a number of at least 1 for each spatial dimension"), size);
        }
    }

    /// Means.
    public static AdaptivePooling average(int... size) {
        return new AdaptivePooling(Pooling.Statistic.AVERAGE, Arrays.stream(size).boxed().toList());
    }

    /// Largest numbers.
    public static AdaptivePooling max(int... size) {
        return new AdaptivePooling(Pooling.Statistic.MAX, Arrays.stream(size).boxed().toList());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, size.size());
        Inputs.requireNotPadded(this, x, scope, "Use GlobalPooling.");
        Tensor pooled = statistic == Pooling.Statistic.AVERAGE ? Inputs.wide(x) : x;
        for (int i = 0; i < size.size(); i++) {
            pooled = along(pooled, i + 1, size.get(i));
        }
        return statistic == Pooling.Statistic.AVERAGE ? Inputs.narrow(pooled, x) : pooled;
    }

    /// Windows are rectangles, so each dimension can be pooled by itself.
    private Tensor along(Tensor x, int axis, int places) {
        long length = x.dim(axis);
        Axes kept = Axes.of(axis).kept();
        List<Tensor> parts = new ArrayList<>();
        for (long i = 0; i < places; i++) {
            Tensor seen = x.slice(axis, Math.toIntExact(i * length / places),
                    Math.toIntExact(Math.ceilDiv((i + 1) * length, places)));
            parts.add(statistic == Pooling.Statistic.MAX ? seen.max(kept) : seen.mean(kept));
        }
        return Tensor.concatenate(axis, parts);
    }
}
