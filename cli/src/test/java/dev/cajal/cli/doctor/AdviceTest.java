package dev.cajal.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.BackendReport;
import dev.cajal.cli.doctor.KernelSpeed.Kind;
import dev.cajal.type.Phrase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final Examination HEALTHY = Examinations.healthy();

    private static List<String> codes(Examination found) {
        return Advice.on(found).stream().map(Phrase::code).toList();
    }

    @Test
    void whereAllIsWellThereIsNoneToGive() {
        assertThat(codes(HEALTHY)).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidTheMostImportantFirst() {
        assertThat(codes(Examinations.ill())).containsExactly("doctor.report-fault", "doctor.first-compiler",
                "doctor.add-vectors", "doctor.avx", "doctor.slow-vectors", "doctor.few-threads", "doctor.little-memory",
                "doctor.disturbed");
        assertThat(Advice.on(Examinations.ill()).toString()).contains("--add-modules jdk.incubator.vector", "34 %",
                "-XX:UseAVX=1", "2 of 4 processors");
    }

    @Test
    void moreThreadsThanProcessorsAreTooMany() {
        BackendReport report = HEALTHY.report();
        var crowded = new BackendReport(5, report.vectors(), report.products(), report.bf16());
        assertThat(codes(Examinations.with(crowded, 0, List.of()))).containsExactly("doctor.many-threads");
    }

    @Test
    void aSlowProductIsNoSecretUnlessThereIsAReason() {
        var slow = Stream.of(40e9, 20e9).map(speed -> new KernelSpeed("a product", Kind.PRODUCT, speed)).toList();
        assertThat(codes(Examinations.with(HEALTHY.report(), 0, slow))).containsExactly("doctor.poor-product");
        assertThat(codes(Examinations.with(HEALTHY.report(), 0.5, slow))).containsExactly("doctor.disturbed");
    }

    @Test
    void aTranslatedJdkIsNamed() {
        Host host = HEALTHY.host();
        var translated = new Host(host.java(), host.vendor(), host.machine(), host.compilers(), host.avx(), "Mac OS X",
                "x86_64", "Apple M1", host.processors(), host.heapBytes(), host.memoryBytes());
        assertThat(codes(new Examination(translated, "cpu", HEALTHY.tensorBytes(), HEALTHY.report(), HEALTHY.limits(),
                List.of(), 0, HEALTHY.fault()))).containsExactly("doctor.translated");
    }

    @Test
    void sharesAreOfWhatLimitsAKernel() {
        assertThat(HEALTHY.kernels()).extracting(kernel -> HEALTHY.share(kernel).orElseThrow())
                .containsExactly(0.75, 2.0, 0.5);
    }
}
