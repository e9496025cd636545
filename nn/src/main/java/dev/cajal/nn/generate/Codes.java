package dev.cajal.nn.generate;

import dev.cajal.nn.Mode;
import dev.cajal.nn.Model;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.Variables;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.layer.AutoEncoder;
import dev.cajal.nn.layer.GaussianLatent;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The codes of a model that was trained to give its inputs back: inputs as few numbers, and numbers as inputs.
///
/// ```java
/// var codes = Codes.of(model);
/// float[] code = codes.encode(picture);
/// List<Image> drawn = codes.draw(10, 42); // of a variational autoencoder
/// ```
///
/// @param <X> the type of an input
public final class Codes<X> {
    private final Model<X, ?> model;
    private final AutoEncoder network;
    private final CompiledBiFunction<Variables, Tensor, Tensor> encoding;
    private final CompiledBiFunction<Variables, Tensor, Tensor> decoding;

    private Codes(Model<X, ?> model, AutoEncoder network) {
        this.model = model;
        this.network = network;
        this.encoding = Transform.compile((Variables variables, Tensor batch) -> network.encoding()
                .apply(variables, model.inputs().prepare(batch), Mode.inference()).output());
        this.decoding = Transform.compile((Variables variables, Tensor code) -> model.loss().output()
                .apply(network.decoding().apply(variables, code, Mode.inference()).output()));
    }

    /// The codes of a model.
    ///
    /// @throws CajalException if it is no autoencoder
    public static <X> Codes<X> of(Model<X, ?> model) {
        if (model.network() instanceof AutoEncoder network && model.targets() instanceof Reconstruction<?>) {
            return new Codes<>(model, network);
        }
        throw new CajalException("codes.model",
                "The model has no codes: it is a %s that predicts. Train an autoencoder: cajal train mnist --model vae",
                model.network().getClass().getSimpleName());
    }

    /// The numbers that stand for an input.
    ///
    /// @throws CajalException if the input does not fit
    public float[] encode(X input) {
        Tensor batch = Examples.encode(model.inputs(), List.of(input)).batch(new int[] {0}, 0, 1, 1);
        return encoding.apply(model.variables(), batch).toFloats();
    }

    /// The input that some numbers stand for.
    ///
    /// @throws CajalException if they are more or fewer than a code has, or numbers cannot become such an input
    public X decode(float... code) {
        return decoded(Tensor.of(code, Shape.of(1, code.length))).getFirst();
    }

    /// Inputs that never were: of codes that are drawn from the standard normal distribution.
    ///
    /// @param seed the same seed draws the same ones
    /// @throws CajalException if the model was not trained so that such numbers are codes, or numbers cannot become such an input
    public List<X> draw(int count, long seed) {
        int units = latent().units();
        return decoded(RandomKey.of(seed).foldIn("codes").normal(Shape.of(count, units)));
    }

    private GaussianLatent latent() {
        if (network.encoder() instanceof Sequential layers
                && layers.layers().getLast() instanceof GaussianLatent latent) {
            return latent;
        }
        throw new CajalException("codes.draw",
                "Nothing can be drawn of this model: only codes of inputs mean something to it. Train a variational autoencoder: cajal train mnist --model vae");
    }

    private List<X> decoded(Tensor codes) {
        float[] numbers = decoding.apply(model.variables(), codes).toFloats();
        InputEncoding<X> inputs = model.inputs();
        int width = Math.toIntExact(inputs.shape().size());
        return new ArrayList<>(IntStream.range(0, codes.dim(0))
                .mapToObj(i -> inputs.decode(Arrays.copyOfRange(numbers, i * width, (i + 1) * width)))
                .toList());
    }
}
