package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `scale * x + offset`, such as `2 * x - 1` for numbers from 0 to 1 that are to be from -1 to 1.
///
/// - input, output: any shape, the same
///
/// @param scale factor
/// @param offset added
public record Rescaling(double scale, double offset) implements Layer {
    public Rescaling {
        Inputs.requireSetting(Double.isFinite(scale), "The scale of Rescaling", scale, "finite");
        Inputs.requireSetting(Double.isFinite(offset), "The offset of Rescaling", offset, "finite");
    }

    /// `scale * x + offset`.
    public static Rescaling of(double scale, double offset) {
        return new Rescaling(scale, offset);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return Inputs.narrow(Inputs.wide(x).times(scale).plus(offset), x);
    }
}
