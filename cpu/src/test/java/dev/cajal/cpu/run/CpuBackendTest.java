package dev.cajal.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backend;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.memory.HostBuffer;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.testing.Agreement;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.OpSamples;
import dev.cajal.testing.RandomGraphs;
import dev.cajal.type.DType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuBackendTest {
    private final Backend reference = new ReferenceBackend();
    private final Backend cpu = new CpuBackend();

    private void agree(List<GraphSample> samples) {
        List<String> differences = new ArrayList<>();
        for (GraphSample sample : samples) {
            Agreement.check(sample, reference, cpu).ifPresent(what -> differences.add(sample.name() + ": " + what));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void everyOperationAgreesWithTheReference() {
        agree(OpSamples.all(1));
    }

    @Test
    void randomGraphsAgreeToTheLastBit() {
        List<GraphSample> samples = new ArrayList<>();
        for (int seed = 0; seed < 150; seed++) {
            for (DType dtype : new DType[] {DType.F32, DType.F64, DType.I32}) {
                samples.add(RandomGraphs.exact(seed, dtype, 5 + seed % 60));
            }
        }
        agree(samples);
    }

    @Test
    void randomGraphsOfSmoothFunctionsAgree() {
        List<GraphSample> samples = new ArrayList<>();
        for (int seed = 0; seed < 100; seed++) {
            samples.add(RandomGraphs.smooth(seed, DType.F64, 5 + seed % 40));
        }
        agree(samples);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        int before = WorkerPool.shared().threads();
        for (int seed = 0; seed < 60; seed++) {
            GraphSample sample = RandomGraphs.smooth(seed, DType.F32, 40);
            WorkerPool.shared().resize(1);
            List<HostBuffer> one = sample.run(cpu);
            WorkerPool.shared().resize(3);
            List<HostBuffer> three = sample.run(cpu);
            WorkerPool.shared().resize(before);
            for (int i = 0; i < one.size(); i++) {
                assertThat(three.get(i).segment().mismatch(one.get(i).segment())).as(sample.name()).isEqualTo(-1);
            }
        }
    }
}
