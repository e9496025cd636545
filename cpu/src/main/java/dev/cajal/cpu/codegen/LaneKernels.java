package dev.cajal.cpu.codegen;

import java.util.LinkedHashMap;
import java.util.Map;

/// Kernels by program: equal programs have one.
public final class LaneKernels {
    /// How many kernels are kept for programs to come. What a program holds stays alive as long as the program.
    private static final int MOST = 1024;

    private static final Map<Key, LaneKernel> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LaneKernel> eldest) {
            return size() > MOST;
        }
    };

    private record Key(LaneProgram program, int bits) {}

    private LaneKernels() {}

    /// The kernel for a program. Needs the Vector API.
    ///
    /// @param bits of a vector: 512, 256 or 128
    public static LaneKernel of(LaneProgram program, int bits) {
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(new Key(program, bits),
                    key -> HiddenClasses.define(LaneKernel.class, KernelWriter.write(program, bits)));
        }
    }
}
