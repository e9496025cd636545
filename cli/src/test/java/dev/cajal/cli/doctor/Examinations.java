package dev.cajal.cli.doctor;

import dev.cajal.backend.BackendReport;
import dev.cajal.backend.BackendReport.Bf16;
import dev.cajal.backend.BackendReport.Form;
import dev.cajal.backend.BackendReport.Vectors;
import dev.cajal.backend.MachineLimits;
import dev.cajal.cli.doctor.KernelSpeed.Kind;
import dev.cajal.type.Phrase;
import java.util.List;
import java.util.Optional;

/// Examinations of machines that are not here.
public final class Examinations {
    private static final long GIGABYTE = 1L << 30;

    private Examinations() {}

    /// A machine with which all is well.
    public static Examination healthy() {
        return new Examination(host(Compilers.ALL, Optional.empty()), "cpu", 8 * GIGABYTE,
                new BackendReport(4, new Vectors(512, Optional.empty()), Form.VECTOR,
                        new Bf16(Optional.of("oneDNN 3.13.0"), Optional.empty())),
                Optional.of(new MachineLimits(4, 400e9, 110e9, 50e9)),
                List.of(new KernelSpeed("[8, 8] x [8, 8]", Kind.PRODUCT, 300e9),
                        new KernelSpeed("[8, 8] x [8, 8]", Kind.PRODUCT_OF_BF16, 600e9),
                        new KernelSpeed("gelu(x + b)", Kind.LOOP, 25e9)),
                0.02, Optional.empty());
    }

    /// A machine with which little is well.
    public static Examination ill() {
        return new Examination(host(Compilers.FIRST_ONLY, Optional.of("1")), "cpu", GIGABYTE / 2,
                new BackendReport(2, new Vectors(0, Optional.of(Phrase.of("cpu.vectors-absent",
                        "java was started without the Vector API"))), Form.SLOW,
                        new Bf16(Optional.empty(), Optional.of(Phrase.of("cpu.bf16-library",
                                "Products in bf16 need the module dev.cajal.onednn, which is not there.")))),
                Optional.of(new MachineLimits(2, 0.5e9, 0.25e9, 0.4e9)), List.of(), 0.34,
                Optional.of(Phrase.of("doctor.fault-value",
                        "%s gives %s as its element %s, where the reference backend gives %s.", "sum(x)", "3.0", "7",
                        "4.0")));
    }

    static Examination with(BackendReport report, double disturbance, List<KernelSpeed> kernels) {
        Examination healthy = healthy();
        return new Examination(healthy.host(), "cpu", healthy.tensorBytes(), report, healthy.limits(), kernels,
                disturbance, Optional.empty());
    }

    private static Host host(Compilers compilers, Optional<String> avx) {
        return new Host("25.0.1+8", "Eclipse Adoptium", "OpenJDK 64-Bit Server VM", compilers, avx, "Linux 6.1",
                "amd64", "A Processor", 4, 2 * GIGABYTE, 16 * GIGABYTE);
    }
}
