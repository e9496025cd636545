package dev.cajal.cpu.loop;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.Twin;
import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.codegen.LaneKernels;
import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.cpu.codegen.LaneTrial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A lane program in both its forms. Equal programs share them, so that what has become warm in one plan is warm in the next.
public final class LaneCode {
    /// How many are kept for plans to come. What a plan uses lives as long as the plan.
    private static final int MOST = 1024;

    /// Work after which a vector form is worth making, in elements; each run counts as some hundred more.
    private static final long HOT = 1 << 18;

    private static final int RUN = 1 << 12;
    /// Elements below which the scalar form is fast enough. The vector form of a loop over one number, which works once in a step, would be cold for thousands of steps.
    private static final int FEW = 64;

    private static final Map<LaneProgram, LaneCode> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LaneProgram, LaneCode> eldest) {
            return size() > MOST;
        }
    };

    private final LaneProgram program;
    private final LaneKernel scalar;
    private volatile @Nullable Twin<LaneKernel> twin;
    /// Counted without locks: it matters little if some work is forgotten.
    private long work;

    private LaneCode(LaneProgram program) {
        this.program = program;
        this.scalar = new ScalarKernel(program);
        if (!Twin.warmsUp()) {
            twin = makeTwin();
        }
    }

    /// The code of a program.
    public static LaneCode of(LaneProgram program) {
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(program, LaneCode::new);
        }
    }

    /// The form to use next.
    ///
    /// @param elements how many elements it is going to work on
    public LaneKernel kernel(long elements) {
        if (elements < FEW && Twin.warmsUp()) {
            return scalar;
        }
        work += elements + RUN;
        Twin<LaneKernel> made = twin;
        if (made != null) {
            return made.kernel();
        }
        if (work > HOT) {
            synchronized (this) {
                if (twin == null) {
                    twin = makeTwin();
                }
            }
        }
        return scalar;
    }

    private Twin<LaneKernel> makeTwin() {
        LaneTrial trial = LaneTrial.of(program);
        return Twin.of("a fused loop", scalar, () -> LaneKernels.of(program, Lanes.bits()), trial);
    }
}
