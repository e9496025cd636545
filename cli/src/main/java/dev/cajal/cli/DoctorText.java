package dev.cajal.cli;

import dev.cajal.backend.BackendReport;
import dev.cajal.backend.MachineLimits;
import dev.cajal.cli.doctor.Advice;
import dev.cajal.cli.doctor.Compilers;
import dev.cajal.cli.doctor.Examination;
import dev.cajal.cli.doctor.Host;
import dev.cajal.cli.doctor.KernelSpeed;
import dev.cajal.cli.doctor.KernelSpeed.Kind;
import dev.cajal.data.dataset.DataFolders;
import dev.cajal.type.Bytes;
import dev.cajal.type.Phrase;
import java.util.List;

/// What was found out, for people.
///
/// @param console where to
/// @param language in which language
record DoctorText(Console console, Language language) {
    private static final int LABEL = 16;
    private static final int WIDTH = 100;
    private static final int NAME = 34;
    private static final double GIGA = 1e9;
    private static final int LARGE = 10;

    void print(Examination found) {
        machine(found.host());
        memory(found);
        backend(found);
        found.limits().ifPresent(this::limits);
        line("doctor.disturbance", text("doctor.disturbance.share", 100 * found.disturbance()));
        line("doctor.test", found.fault().map(language::text).orElseGet(() -> text("doctor.test.passed")));
        line("doctor.data", text("doctor.data.cache", DataFolders.cache()));
        table(found, "doctor.products", "GF/s", "doctor.of-peak",
                found.kernels().stream().filter(kernel -> kernel.kind() != Kind.LOOP).toList());
        table(found, "doctor.loops", "GB/s", "doctor.of-bandwidth",
                found.kernels().stream().filter(kernel -> kernel.kind() == Kind.LOOP).toList());
        advice(Advice.on(found));
    }

    private void machine(Host host) {
        line("doctor.java", "%s, %s, %s%s".formatted(host.java(), host.vendor(), host.machine(),
                host.compilers() == Compilers.ALL ? "" : ", " + text("doctor.compilers." + host.compilers())));
        line("doctor.system", host.system() + ", " + host.architecture());
        line("doctor.processor", host.processor());
    }

    private void memory(Examination found) {
        line("doctor.memory", text("doctor.memory.budget", Bytes.format(found.tensorBytes()),
                Bytes.format(found.host().heapBytes()), Bytes.format(found.host().memoryBytes())));
    }

    private void backend(Examination found) {
        BackendReport report = found.report();
        line("doctor.backend", text("doctor.backend.threads", found.backend(), report.threads(),
                found.host().processors()));
        BackendReport.Vectors vectors = report.vectors();
        String width = vectors.bits() == 0 ? text("doctor.vectors.none") : text("doctor.vectors.bits", vectors.bits());
        line("doctor.vectors",
                width + vectors.obstacle().map(why -> ": " + language.text(why)).orElse(""));
        line("doctor.products-form", text("doctor.form." + report.products()));
        report.bf16().library().or(() -> report.bf16().obstacle().map(language::text))
                .ifPresent(words -> line("doctor.bf16", words));
    }

    private void limits(MachineLimits limits) {
        line("doctor.peak", text("doctor.peak.threads", giga(limits.flopsPerSecond()),
                giga(limits.flopsPerSecondOfOneThread())));
        line("doctor.bandwidth", text("doctor.bandwidth.bytes", giga(limits.bytesPerSecond())));
    }

    /// Billions, with as many digits as tell something.
    private String giga(double number) {
        return text(number < LARGE * GIGA ? "doctor.small" : "doctor.large", number / GIGA);
    }

    private void table(Examination found, String title, String unit, String share, List<KernelSpeed> kernels) {
        if (kernels.isEmpty()) {
            return;
        }
        console.result("");
        console.result(console.strong(pad(text(title), NAME) + "%9s  %s".formatted(unit, text(share))));
        for (KernelSpeed kernel : kernels) {
            String name = kernel.kind() == Kind.PRODUCT_OF_BF16 ? kernel.name() + " bf16" : kernel.name();
            String part = found.share(kernel)
                    .map(value -> kernel.kind() == Kind.PRODUCT_OF_BF16
                            ? text("doctor.times-f32", value)
                            : text("doctor.per-cent", 100 * value))
                    .orElse("");
            console.result("  " + pad(name, NAME) + text("doctor.rate", kernel.perSecond() / GIGA) + "  " + part);
        }
    }

    private void advice(List<Phrase> all) {
        console.result("");
        if (all.isEmpty()) {
            console.result(console.strong(text("doctor.nothing")));
            return;
        }
        console.result(console.strong(text("doctor.advice")));
        all.forEach(advice -> wrapped("- ", language.text(advice)));
    }

    private void line(String label, String words) {
        wrapped(pad(text(label), LABEL), words);
    }

    /// A text in lines of some width, the second and those after it as far in as the first one's beginning is long.
    private void wrapped(String beginning, String words) {
        StringBuilder line = new StringBuilder(beginning);
        String indent = " ".repeat(beginning.length());
        boolean first = true;
        for (String word : words.split(" ")) {
            if (!first && line.length() + 1 + word.length() > WIDTH) {
                console.result(line.toString());
                line = new StringBuilder(indent);
                first = true;
            }
            line.append(first ? "" : " ").append(word);
            first = false;
        }
        console.result(line.toString());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private String text(String key, Object... arguments) {
        return language.text(key, arguments);
    }
}
