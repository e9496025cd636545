package dev.cajal.cpu.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradients;
import dev.cajal.backend.CompileOptions;
import dev.cajal.cpu.DoublePrecision;
import dev.cajal.cpu.run.CpuBackend;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Graph;
import dev.cajal.memory.HostBuffer;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.Agreement;
import dev.cajal.testing.GraphSample;
import dev.cajal.type.Shape;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Attention by strips and its gradient give what the definition gives, to rounding, and the same bits with any number of threads.
class AttentionTest {
    @ParameterizedTest
    @CsvSource({"2, 64, 64, 3, 3, 16, true, false", "1, 1, 1, 1, 1, 1, true, false",
        "1, 100, 100, 2, 1, 10, true, true",
        "3, 47, 50, 4, 2, 7, false, true", "2, 5, 130, 2, 2, 64, false, false", "1, 700, 700, 2, 1, 8, true, false",
        "2, 600, 1200, 1, 1, 12, false, true", "1, 49, 49, 6, 3, 33, true, false", "1, 1250, 1250, 1, 1, 5, true, true",
        "2, 97, 1, 2, 2, 100, false, false"})
    void givesWhatTheDefinitionGives(int batch, int queries, int keys, int heads, int groups, int size, boolean causal,
            boolean masked) {
        var shape = new AttentionFingerprint.Shape(batch, queries, keys, heads, groups, size, causal, masked);
        Graph graph = shape.graph();
        var sample = new GraphSample("attention", graph, shape.arguments(keys), List.of(), new Accuracy.Absolute(1e-4));
        int before = WorkerPool.shared().threads();
        List<HostBuffer> first = sample.run(new CpuBackend());
        try {
            for (int threads : new int[] {1, 2, 5}) {
                WorkerPool.shared().resize(threads);
                assertThat(Agreement.check(sample, new ReferenceBackend(), new CpuBackend())).isEmpty();
                List<HostBuffer> results = sample.run(new CpuBackend());
                for (int i = 0; i < results.size(); i++) {
                    assertThat(results.get(i).segment().mismatch(first.get(i).segment())).isEqualTo(-1);
                }
            }
        } finally {
            WorkerPool.shared().resize(before);
        }
    }

    /// Several blocks of keys, and the gradients: to 1e-5 of the largest number.
    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void isAsGoodAsDoublePrecision(boolean causal, boolean padded) {
        int length = 1300;
        byte[] there = new byte[2 * length];
        // The second text is shorter; the third block of its keys is all padding.
        Arrays.fill(there, 0, length + 900, (byte) 1);
        Shape queries = Shape.of(2, length, 2, 12);
        Shape keys = Shape.of(2, length, 1, 12);
        DoublePrecision.check(1e-5, List.of(queries, keys, keys), in -> {
            Tensor present = Tensor.of(there, Shape.of(2, length)).ne(0);
            return in.get(0).times(4).attend(in.get(1), in.get(2), causal,
                    padded ? Optional.of(present) : Optional.empty());
        });
    }

    /// What is in a key that is not there does not matter.
    @Test
    void absentKeysMayHoldAnything() {
        var shape = new AttentionFingerprint.Shape(2, 9, 9, 1, 1, 4, true, true);
        List<HostBuffer> arguments = shape.arguments(5);
        List<HostBuffer> expected = run(shape, arguments);
        var present = arguments.get(4).segment();
        for (int key = 9; key < 18; key++) {
            if (present.get(ValueLayout.JAVA_BYTE, key) == 0) {
                arguments.get(1).segment().setAtIndex(ValueLayout.JAVA_FLOAT, 4 * key, Float.NaN);
            }
        }
        List<HostBuffer> actual = run(shape, arguments);
        // But for what comes to queries: 0 times NaN, in the definition too.
        for (int i : new int[] {0, 2, 3}) {
            assertThat(actual.get(i).segment().mismatch(expected.get(i).segment())).isEqualTo(-1);
        }
    }

    private static List<HostBuffer> run(AttentionFingerprint.Shape shape, List<HostBuffer> arguments) {
        return new GraphSample("attention", shape.graph(), arguments, List.of(), Accuracy.EXACT).run(new CpuBackend());
    }

    /// The second derivative looks at what the kernels leave for the gradient.
    @Test
    void theGradientCanBeDifferentiated() {
        var shape = new AttentionFingerprint.Shape(1, 70, 70, 2, 1, 6, true, true);
        Graph second = Gradients.reverse(shape.graph());
        List<HostBuffer> arguments = new ArrayList<>(shape.arguments(8));
        arguments.addAll(shape.arguments(9).subList(0, 4));
        // Of the results of the graph: what is gathered, and the gradients by queries, keys and values.
        arguments.add(5, arguments.remove(arguments.size() - 1));
        var sample = new GraphSample("second", second, arguments, List.of(), new Accuracy.Absolute(1e-3));
        assertThat(Agreement.check(sample, new ReferenceBackend(), new CpuBackend())).isEmpty();
    }

    /// Where the largest score comes last, block after block, all that was gathered before fades.
    @Test
    void laterKeysMayHaveMuchLargerScores() {
        var shape = new AttentionFingerprint.Shape(1, 60, 1300, 1, 1, 4, false, false);
        List<HostBuffer> arguments = shape.arguments(3);
        for (int i = 0; i < 1300; i++) {
            for (int j = 0; j < 4; j++) {
                long at = 4 * i + j;
                var key = arguments.get(1).segment();
                key.setAtIndex(ValueLayout.JAVA_FLOAT, at,
                        key.getAtIndex(ValueLayout.JAVA_FLOAT, at) * (1 + i / 20));
            }
        }
        var sample = new GraphSample("attention", shape.graph(), arguments, List.of(), new Accuracy.Absolute(2e-3));
        assertThat(Agreement.check(sample, new ReferenceBackend(), new CpuBackend())).isEmpty();
    }

    /// Memory grows with the length of texts, not with its square.
    @Test
    void noMatrixOfScoresIsInMemory() {
        assertThat(temporaryBytes(4096)).isLessThanOrEqualTo(4 * temporaryBytes(1024) + (1 << 16))
                .isLessThan(4096 * 4096);
    }

    private static long temporaryBytes(int length) {
        return new CpuBackend()
                .compile(new AttentionFingerprint.Shape(1, length, length, 2, 2, 16, true, false).graph(),
                        CompileOptions.DEFAULT)
                .summary().temporaryBytes();
    }
}
