package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// A network that makes a code of its input, and of the code the input again. Where the code is smaller than the input, or disturbed, it keeps what matters.
///
/// - input, output: `[batch, ...]`, of one shape; in between the code, `[batch, units]`
/// - parameters: those of the parts, below `encoder` and `decoder`
///
/// Trained on examples that are their own labels ([dev.cajal.nn.example.Examples#reconstructing]). The parts are networks of their own, with the variables of the whole:
///
/// ```java
/// Tensor code = network.encoding().apply(variables, pictures, Mode.inference()).output();
/// Tensor again = network.decoding().apply(variables, code, Mode.inference()).output();
/// ```
///
/// D. E. Rumelhart, G. E. Hinton, R. J. Williams, *Learning Internal Representations by Error Propagation*, 1986; deep: G. E. Hinton, R. R. Salakhutdinov, *Reducing the Dimensionality of
/// Data with Neural Networks*, 2006.
///
/// @param encoder from inputs to codes
/// @param decoder from codes to inputs
public record AutoEncoder(Layer encoder, Layer decoder) implements Layer {
    /// Of its two parts.
    public static AutoEncoder of(Layer encoder, Layer decoder) {
        return new AutoEncoder(encoder, decoder);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return decode(encode(x, scope), scope);
    }

    private Tensor encode(Tensor x, Scope scope) {
        return scope.call("encoder", encoder, x);
    }

    private Tensor decode(Tensor code, Scope scope) {
        return scope.call("decoder", decoder, code);
    }

    /// The encoder, to be applied with the variables of the whole.
    public Layer encoding() {
        return Layer.of(this::encode);
    }

    /// The decoder, to be applied with the variables of the whole.
    public Layer decoding() {
        return Layer.of(this::decode);
    }
}
