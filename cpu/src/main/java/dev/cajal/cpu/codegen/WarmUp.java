package dev.cajal.cpu.codegen;

import java.lang.foreign.Arena;
import java.util.Arrays;

/// Runs a kernel on numbers that nobody needs until the JVM has compiled it.
///
/// A vector kernel that is interpreted is many times slower than anything else, since each vector is an object; so nobody is to wait for
/// results of one that is cold.
final class WarmUp {
    private WarmUp() {}

    /// Elements of a row, in turn: whole vectors and a tail, whole vectors alone, a tail alone. A branch that was never taken is not compiled, and when
    /// it is taken for the first time the JVM throws all the code away.
    private static final int[] COUNTS = {200, 192, 8};
    private static final int COUNT = 200;
    private static final int ROWS = 2;
    private static final int ROW_BYTES = COUNT * Float.BYTES;

    private static final int BATCH = 300;
    /// Calls after which the JVM has surely asked its best compiler for code, whose time it takes nevertheless.
    private static final int CALLS = 12_000;
    /// Several batches after that within this factor of the fastest one: it is compiled.
    private static final double SAME = 1.5;
    private static final int STEADY = 5;

    /// Warms a kernel up.
    ///
    /// @param nanos how long at most
    /// @return whether the time per call has become steady
    static boolean run(LaneProgram program, LaneKernel kernel, long nanos) {
        try (Arena arena = Arena.ofShared()) {
            LaneFrame frame = frame(program, arena);
            long start = System.nanoTime();
            double fastest = Double.POSITIVE_INFINITY;
            int steady = 0;
            for (int calls = 0; System.nanoTime() - start < nanos; calls += BATCH) {
                long before = System.nanoTime();
                for (int i = 0; i < BATCH; i++) {
                    kernel.run(frame, ROWS, COUNTS[i % COUNTS.length]);
                }
                double time = System.nanoTime() - before;
                steady = time < fastest * SAME ? steady + 1 : 0;
                if (time * SAME < fastest) {
                    steady = 0;
                }
                fastest = Math.min(fastest, time);
                if (calls >= CALLS && steady >= STEADY) {
                    return true;
                }
            }
            return false;
        }
    }

    /// A frame whose memory and registers are ones of a program's own.
    static LaneFrame frame(LaneProgram program, Arena arena) {
        int ports = program.ports();
        float[][] floats = new float[program.registers(LaneType.FLOAT)][ROWS * COUNT];
        int[][] ints = new int[program.registers(LaneType.INT)][ROWS * COUNT];
        LaneFrame frame = new LaneFrame(ports, floats, ints);
        for (int port = 0; port < ports; port++) {
            frame.memory[port] = arena.allocate(ROWS * ROW_BYTES, Long.BYTES);
            frame.memory[port].fill((byte) 0x3e); // 0.186 as a float
            frame.steps[port] = program.isNumber(port) ? 1 : ROW_BYTES;
        }
        for (float[] register : floats) {
            Arrays.fill(register, 0.5f);
        }
        return frame;
    }
}
