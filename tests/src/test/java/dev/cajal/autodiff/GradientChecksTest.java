package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.ir.Op;
import dev.cajal.testing.GradientCheck;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.OpSamples;
import dev.cajal.testing.RandomGraphs;
import dev.cajal.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Gradients of all operations against differences, and the gradients of these gradients.
class GradientChecksTest {
    private static List<GraphSample> samples() {
        return OpSamples.differentiable(3).stream()
                // Its gradient is not its derivative, which is the point of it.
                .filter(sample -> !(sample.op() instanceof Op.StopGradient))
                .toList();
    }

    @Test
    void everyOperationHasItsGradient() {
        List<String> wrong = new ArrayList<>();
        samples().forEach(sample -> attempt(sample).ifPresent(wrong::add));
        assertThat(wrong).isEmpty();
    }

    @Test
    @Tag("slow")
    void everyGradientHasItsGradient() {
        List<String> wrong = new ArrayList<>();
        Set<String> operations = new TreeSet<>();
        for (GraphSample sample : samples()) {
            Optional<GraphSample> gradient = GradientCheck.gradient(sample, 5);
            gradient.flatMap(GradientChecksTest::attempt).ifPresent(wrong::add);
            operations.add(sample.name().split(" ")[0]);
        }
        assertThat(wrong).isEmpty();
        assertThat(operations).hasSizeGreaterThan(40);
    }

    @Test
    void randomGraphsHaveGradients() {
        for (int seed = 0; seed < 60; seed++) {
            assertThat(GradientCheck.of(RandomGraphs.smooth(seed, DType.F64, 25))).isEmpty();
        }
    }

    private static Optional<String> attempt(GraphSample sample) {
        try {
            return GradientCheck.of(sample);
        } catch (RuntimeException e) {
            return Optional.of(sample.name() + ": " + e);
        }
    }
}
