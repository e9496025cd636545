package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.AutoEncoder;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.GaussianLatent;
import dev.cajal.nn.layer.MaskingNoise;
import dev.cajal.nn.layer.Reshape;
import java.util.ArrayList;
import java.util.List;

/// Networks that give their input back, through a code; see [AutoEncoder]. The units of the layers before the code are also those behind it, in reverse.
final class AutoEncoders {
    private AutoEncoders() {}

    private static final double HIDDEN = 0.25;

    /// Down to 30 numbers and up again: 784-1000-500-250-30-250-500-1000-784 for MNIST, with a code without activation.
    ///
    /// G. E. Hinton, R. R. Salakhutdinov, *Reducing the Dimensionality of Data with Neural Networks*, 2006. There with sigmoids, which had to be trained layer by layer first; here with ReLU if nobody says otherwise.
    static Layer deep(ModelSpec spec) {
        List<Integer> units = units(spec, List.of(1000, 500, 250, 30));
        return of(dense(spec, units.subList(0, units.size() - 1)), Dense.of(units.getLast()), spec, units);
    }

    /// Of inputs of which a quarter is hidden, the whole; its code is larger than the input.
    ///
    /// P. Vincent, H. Larochelle, Y. Bengio, P.-A. Manzagol, *Extracting and Composing Robust Features with Denoising Autoencoders*, 2008. There with sigmoids, and with one kernel, which the
    /// decoder has transposed; here with ReLU if nobody says otherwise, and a kernel for each side.
    static Layer denoising(ModelSpec spec) {
        List<Integer> units = units(spec, List.of(1000));
        List<Layer> encoder = new ArrayList<>(List.of(MaskingNoise.of(HIDDEN)));
        encoder.addAll(dense(spec, units.subList(0, units.size() - 1)));
        return of(encoder, Dense.of(units.getLast(), spec.hidden()), spec, units);
    }

    /// Of which codes may be drawn: 784-500-20-500-784 for MNIST.
    ///
    /// D. P. Kingma, M. Welling, *Auto-Encoding Variational Bayes*, 2014, whose hidden units have hyperbolic tangents; here they have ReLU if nobody says otherwise. Losses here are means over an input's numbers, so the divergence is divided by them too: for pictures, training and evaluation give the negative
    /// evidence lower bound in nats, over 784 for MNIST, in the mean over codes that are drawn. Of other inputs, whose loss is the squared error, it is the bound of normal numbers with variance 1/2 around what comes back, but for
    /// a constant, `log(pi)/2`.
    static Layer variational(ModelSpec spec) {
        List<Integer> units = units(spec, List.of(500, 20));
        GaussianLatent code = GaussianLatent.of(units.getLast()).withWeight(1.0 / spec.input().size());
        return of(dense(spec, units.subList(0, units.size() - 1)), code, spec, units);
    }

    private static List<Integer> units(ModelSpec spec, List<Integer> own) {
        return spec.layers().isEmpty() ? own : spec.layers();
    }

    private static List<Layer> dense(ModelSpec spec, List<Integer> units) {
        return units.stream().<Layer>map(count -> Dense.of(count, spec.hidden())).toList();
    }

    private static Layer of(List<Layer> before, Layer code, ModelSpec spec, List<Integer> units) {
        List<Layer> encoder = new ArrayList<>(List.of(Flatten.of()));
        encoder.addAll(before);
        encoder.add(code);
        List<Layer> decoder = new ArrayList<>(dense(spec, units.subList(0, units.size() - 1).reversed()));
        decoder.add(Dense.of(Math.toIntExact(spec.input().size())));
        decoder.add(new Reshape(spec.input().dims()));
        return AutoEncoder.of(Sequential.of(encoder), Sequential.of(decoder));
    }
}
