package dev.cajal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backends;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.UnaryKind;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpSamplesTest {
    private static final List<GraphSample> ALL = OpSamples.all(1);

    @Test
    void everyOperationHasSamples() {
        Set<Class<?>> sampled = ALL.stream().map(sample -> sample.op().getClass()).collect(Collectors.toSet());
        Set<Class<?>> operations = Arrays.stream(Op.class.getPermittedSubclasses())
                .filter(type -> type != Op.Parameter.class)
                .collect(Collectors.toSet());
        assertThat(sampled).isEqualTo(operations);
    }

    @Test
    void everyFunctionHasSamples() {
        assertThat(ALL.stream().map(GraphSample::op)).contains(
                Arrays.stream(UnaryKind.values()).map(Op.Unary::new).toArray(Op[]::new));
        assertThat(ALL.stream().map(GraphSample::op)).contains(
                Arrays.stream(BinaryKind.values()).map(Op.Binary::new).toArray(Op[]::new));
    }

    @Test
    void namesAreUnique() {
        assertThat(ALL.stream().map(GraphSample::name)).doesNotHaveDuplicates();
    }

    @Test
    void theSameSeedGivesTheSameSamples() {
        List<GraphSample> again = OpSamples.all(1);
        for (int i = 0; i < ALL.size(); i++) {
            assertThat(again.get(i).name()).isEqualTo(ALL.get(i).name());
            for (int k = 0; k < ALL.get(i).arguments().size(); k++) {
                assertThat(again.get(i).arguments().get(k).segment().mismatch(ALL.get(i).arguments().get(k).segment()))
                        .as(ALL.get(i).name())
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void differentiableArgumentsAreDoubles() {
        List<GraphSample> differentiable = OpSamples.differentiable(1);
        assertThat(differentiable).hasSizeGreaterThan(200);
        for (GraphSample sample : differentiable) {
            assertThat(sample.differentiable()).allSatisfy(
                    position -> assertThat(sample.arguments().get(position).type().dtype()).isEqualTo(DType.F64));
        }
    }

    @Test
    void theReferenceRunsEverySample() {
        for (GraphSample sample : ALL) {
            List<HostBuffer> results = sample.run(Backends.named("reference"));
            Node node = sample.graph().results().getFirst().node();
            assertThat(results.stream().map(HostBuffer::type)).as(sample.name()).isEqualTo(node.types());
        }
    }

    @Test
    void randomGraphsRun() {
        for (int seed = 0; seed < 300; seed++) {
            for (DType dtype : List.of(DType.F32, DType.F64, DType.BF16, DType.I32, DType.U8)) {
                RandomGraphs.exact(seed, dtype, 40).run(Backends.named("reference"));
            }
            GraphSample smooth = RandomGraphs.smooth(seed, DType.F64, 40);
            for (HostBuffer result : smooth.run(Backends.named("reference"))) {
                assertThat(Arrays.stream(SampleData.toDoubles(result))).allMatch(x -> Math.abs(x) < 100);
            }
        }
    }
}
