package dev.cajal.cli.doctor;

import dev.cajal.backend.Backend;
import dev.cajal.backend.BackendReport;
import dev.cajal.backend.MachineLimits;
import dev.cajal.type.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// All that was found out.
///
/// @param host what the machine is
/// @param backend the backend in use
/// @param tensorBytes what tensors may take
/// @param report what the backend computes with
/// @param limits what the machine can do at most, if the backend can measure it
/// @param kernels how fast some kernels are; empty where they were not measured
/// @param disturbance the share of the processors' time that went to other programs, from 0 to 1
/// @param fault what the backend computes wrong, if anything
public record Examination(Host host, String backend, long tensorBytes, BackendReport report,
        Optional<MachineLimits> limits, List<KernelSpeed> kernels, double disturbance, Optional<Phrase> fault) {

    /// Examines what runs here. Takes some ten seconds, without kernels two or three.
    ///
    /// @param quick whether to do without the speed of kernels
    /// @param progress is told what comes next
    public static Examination of(Backend backend, boolean quick, Consumer<Step> progress) {
        Host host = Host.here();
        BackendReport report = backend.report();
        progress.accept(new Step.Test());
        SelfTest test = new SelfTest(backend);
        Optional<Phrase> fault = test.fault();
        progress.accept(new Step.Limits());
        Optional<MachineLimits> limits = backend.measureLimits();
        double between = Disturbance.share(report.threads());
        boolean worthwhile = limits.isPresent() && host.compilers() == Compilers.ALL;
        List<KernelSpeed> kernels = quick || !worthwhile
                ? List.of()
                : Kernels.measure(backend, report.bf16().library().isPresent(),
                        name -> progress.accept(new Step.Kernel(name)));
        double after = Disturbance.share(report.threads());
        return new Examination(host, backend.name(), backend.memoryBudget(), backend.report(), limits, kernels,
                (between + after) / 2, fault.or(test::fault));
    }

    /// What is being done.
    public sealed interface Step {
        /// Results are compared.
        record Test() implements Step {}

        /// Limits are measured.
        record Limits() implements Step {}

        /// A kernel is measured.
        record Kernel(String name) implements Step {}
    }

    /// A kernel's speed as a share of what is possible; empty if that is not known.
    public Optional<Double> share(KernelSpeed kernel) {
        return switch (kernel.kind()) {
            case PRODUCT -> limits.map(limit -> kernel.perSecond() / limit.flopsPerSecond());
            case PRODUCT_OF_BF16 -> kernels.stream()
                    .filter(other -> other.kind() == KernelSpeed.Kind.PRODUCT && other.name().equals(kernel.name()))
                    .map(other -> kernel.perSecond() / other.perSecond()).findFirst();
            case LOOP -> limits.map(limit -> kernel.perSecond() / limit.bytesPerSecond());
        };
    }
}
