package dev.cajal.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.transform.ValueAndGradient;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The expression in the README of micrograd with its derivatives, A. Karpathy, <https://github.com/karpathy/micrograd>.
class MicrogradTest {
    private record Leaves(Tensor a, Tensor b) {}

    private static Tensor g(Leaves leaves) {
        Tensor a = leaves.a();
        Tensor b = leaves.b();
        Tensor c = a.plus(b);
        Tensor d = a.times(b).plus(b.times(b).times(b));
        c = c.plus(c.plus(1));
        c = c.plus(c.plus(1).minus(a));
        d = d.plus(d.times(2).plus(b.plus(a).maximum(0)));
        d = d.plus(d.times(3).plus(b.minus(a).maximum(0)));
        Tensor f = c.minus(d).square();
        return f.div(2.0).plus(f.reciprocal().times(10.0));
    }

    @Test
    void valueAndDerivatives() throws IOException {
        long began = System.nanoTime();
        ValueAndGradient<Leaves> result = Transform.valueAndGrad(MicrogradTest::g)
                .apply(new Leaves(number(-4), number(2)));
        double value = result.value().item();
        double byA = result.gradient().a().item();
        double byB = result.gradient().b().item();
        Results.write(
                "01-micrograd",
                new Results.Line(
                        "automatic differentiation",
                        "the expression in micrograd's README, a = -4, b = 2, f64",
                        "none",
                        "g = 24.7041, dg/da = 138.8338, dg/db = 645.5773",
                        String.format(Locale.ROOT, "g = %.4f, dg/da = %.4f, dg/db = %.4f", value, byA, byB),
                        (System.nanoTime() - began) / 1e9,
                        "none"));
        assertThat(value).isCloseTo(24.7041, within(5e-5));
        assertThat(byA).isCloseTo(138.8338, within(5e-5));
        assertThat(byB).isCloseTo(645.5773, within(5e-5));
    }

    private static Tensor number(double value) {
        return Tensor.full(DType.F64, Shape.SCALAR, value);
    }
}
