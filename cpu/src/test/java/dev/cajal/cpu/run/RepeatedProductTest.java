package dev.cajal.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backends;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Loops;
import dev.cajal.transform.Transform;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A loop that packs once what does not change from trip to trip gives the bits of trips one after the other, also when it runs again with something else.
class RepeatedProductTest {
    private static final int TRIPS = 5;

    /// With a product that has a tail, and one that has none since two read it.
    private static List<Tensor> trip(Tensor carry, Tensor x, Tensor weights) {
        Tensor next = carry.matmul(weights).plus(x).tanh();
        Tensor product = next.matmul(weights.transpose());
        return List.of(product.softmax(-1).plus(product.sum(0)), product);
    }

    private static Tensor looped(Tensor weights, Tensor xs) {
        var scanned = Loops.scan((Tensor carry, Tensor x) -> {
            List<Tensor> results = trip(carry, x, weights);
            return new Loops.Step<>(results.get(0), results.get(1));
        }, xs.get(0), xs);
        return scanned.output();
    }

    private static Tensor normal(int stream, int... dims) {
        return RandomKey.of(3).foldIn(stream).normal(Shape.of(dims)).evaluate();
    }

    @ParameterizedTest
    @CsvSource({"64, 96", "30, 17", "8, 64", "1, 40", "200, 128"})
    void givesTheBitsOfTripsOneByOne(int rows, int width) {
        Backends.using(new CpuBackend(), () -> {
            CompiledBiFunction<Tensor, Tensor, Tensor> loop = Transform.compile(RepeatedProductTest::looped);
            var single = Transform.compile((List<Tensor> in) -> trip(in.get(0), in.get(1), in.get(2)));
            for (int run = 0; run < 3; run++) {
                Tensor weights = normal(run, width, width);
                Tensor xs = normal(10 + run, TRIPS, rows, width);
                List<float[]> expected = new ArrayList<>();
                Tensor carry = xs.get(0).evaluate();
                for (int i = 0; i < TRIPS; i++) {
                    List<Tensor> results = single.apply(List.of(carry, xs.get(i).evaluate(), weights));
                    carry = results.get(0);
                    expected.add(results.get(1).toFloats());
                }
                Tensor actual = loop.apply(weights, xs);
                for (int i = 0; i < TRIPS; i++) {
                    assertThat(actual.get(i).toFloats()).as("run %s, trip %s", run, i)
                            .containsExactly(expected.get(i));
                }
            }
            return List.of();
        });
    }

    @Test
    void whatItKeepsIsInThePlan() {
        Backends.using(new CpuBackend(), () -> {
            var loop = Transform.compile(RepeatedProductTest::looped);
            long narrow = loop.summary(normal(0, 64, 64), normal(1, TRIPS, 128, 64)).temporaryBytes();
            long wide = loop.summary(normal(0, 256, 256), normal(1, TRIPS, 32, 256)).temporaryBytes();
            // As many numbers but for the weights, which are packed twice, once transposed.
            assertThat(wide - narrow).isGreaterThan(2 * 4 * (256 * 256 - 64 * 64));
            return List.of();
        });
    }
}
