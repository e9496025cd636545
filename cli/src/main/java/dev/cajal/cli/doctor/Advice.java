package dev.cajal.cli.doctor;

import dev.cajal.backend.BackendReport;
import dev.cajal.type.Bytes;
import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.List;

/// What to change, a sentence or two for each thing that makes Cajal slow.
public final class Advice {
    /// Below, other programs are not worth a word.
    private static final double DISTURBED = 0.1;
    /// The best product reaches two thirds of the peak and more where all is well.
    private static final double POOR = 0.4;
    private static final int WIDEST = 512;
    private static final long LITTLE_MEMORY = 1L << 30;

    private Advice() {}

    /// Advice for what was found, the most important first; empty if there is nothing to change.
    public static List<Phrase> on(Examination found) {
        List<Phrase> advice = new ArrayList<>();
        if (found.fault().isPresent()) {
            advice.add(Phrase.of("doctor.report-fault",
                    "Do not trust results of this machine. Compute with -Dcajal.vector=off, or with -Dcajal.backend=reference, and "
                            + "report this with the output of 'cajal doctor --json'."));
        }
        onJava(found, advice);
        onVectors(found, advice);
        onThreads(found, advice);
        onMemory(found, advice);
        onSpeed(found, advice);
        return List.copyOf(advice);
    }

    private static void onJava(Examination found, List<Phrase> advice) {
        switch (found.host().compilers()) {
            case ALL -> {
            }
            case FIRST_ONLY -> advice.add(Phrase.of("doctor.first-compiler",
                    "Java compiles with its first compiler only, which makes kernels a hundred times slower. Take "
                            + "-XX:TieredStopAtLevel out of java's options, JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS."));
            case NONE -> advice.add(Phrase.of("doctor.no-compiler",
                    "Java interprets and compiles nothing, which makes kernels a thousand times slower. Take -Xint out of java's "
                            + "options, JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS."));
        }
        if (found.host().isTranslated()) {
            advice.add(Phrase.of("doctor.translated",
                    "This JDK was made for processors of Intel and is translated for this one. Install a JDK for aarch64."));
        }
    }

    private static void onVectors(Examination found, List<Phrase> advice) {
        if (found.backend().equals("reference")) {
            advice.add(Phrase.of("doctor.reference",
                    "The reference backend is in use, which is right and slow. Add the module dev.cajal.cpu to the class path or module "
                            + "path, and leave the system property cajal.backend away."));
            return;
        }
        found.report().vectors().obstacle().ifPresent(why -> {
            switch (why.code()) {
                case "cpu.vectors-absent" -> advice.add(Phrase.of("doctor.add-vectors",
                        "Kernels are up to six times faster with the Vector API. Add %s to java's options; docs/using.md says where.",
                        "--add-modules jdk.incubator.vector"));
                case "cpu.vectors-property" -> advice.add(Phrase.of("doctor.vector-property",
                        "The system property %s keeps vectors from being as wide as this processor's. Leave it away.",
                        "cajal.vector"));
                default -> {
                }
            }
        });
        if (found.report().vectors().bits() < WIDEST) {
            found.host().avx().ifPresent(avx -> advice.add(Phrase.of("doctor.avx",
                    "-XX:UseAVX=%s allows narrower vectors than this processor may have. Take it out of java's options, JAVA_TOOL_OPTIONS and "
                            + "JDK_JAVA_OPTIONS.",
                    avx)));
        }
        if (found.report().products() == BackendReport.Form.SLOW) {
            advice.add(Phrase.of("doctor.slow-vectors",
                    "The vector form of the matrix product failed or was slower than the scalar one, which works instead. Report this with "
                            + "the output of 'cajal doctor --json'."));
        }
    }

    private static void onThreads(Examination found, List<Phrase> advice) {
        int threads = found.report().threads();
        int processors = found.host().processors();
        if (threads < processors && !found.backend().equals("reference")) {
            advice.add(Phrase.of("doctor.few-threads",
                    "%s of %s processors are used. Leave --threads and -Dcajal.threads away to use all.",
                    String.valueOf(threads), String.valueOf(processors)));
        }
        if (threads > processors) {
            advice.add(Phrase.of("doctor.many-threads",
                    "%s threads share %s processors and wait for one another. Leave --threads and -Dcajal.threads away.",
                    String.valueOf(threads), String.valueOf(processors)));
        }
    }

    private static void onMemory(Examination found, List<Phrase> advice) {
        if (found.tensorBytes() < LITTLE_MEMORY) {
            advice.add(Phrase.of("doctor.little-memory",
                    "Tensors may take %s only, of %s that there are. Where a training needs more, allow it with -Dcajal.memory=2g.",
                    Bytes.format(found.tensorBytes()), Bytes.format(found.host().memoryBytes())));
        }
    }

    private static void onSpeed(Examination found, List<Phrase> advice) {
        if (found.disturbance() >= DISTURBED) {
            advice.add(Phrase.of("doctor.disturbed",
                    "Other programs, or other machines on the same hardware, took %s %% of the processors' time. The figures above are too "
                            + "low by as much or more, and trainings will be too: end what need not run, and look again.",
                    String.valueOf(Math.round(100 * found.disturbance()))));
        } else if (advice.isEmpty() && isPoor(found)) {
            advice.add(Phrase.of("doctor.poor-product",
                    "Matrix products are far below the peak, and nothing here explains it. Look again when the machine is at rest; "
                            + "if it stays so, report it with the output of 'cajal doctor --json'."));
        }
    }

    private static boolean isPoor(Examination found) {
        return !found.kernels().isEmpty() && found.kernels().stream()
                .filter(kernel -> kernel.kind() == KernelSpeed.Kind.PRODUCT)
                .flatMap(kernel -> found.share(kernel).stream())
                .allMatch(share -> share < POOR);
    }
}
