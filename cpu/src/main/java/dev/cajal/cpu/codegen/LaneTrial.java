package dev.cajal.cpu.codegen;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.Trial;
import dev.cajal.cpu.reduce.ReductionOrder;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Runs a kernel on numbers that nobody needs, through everything that is in it: to warm it up, and to see how fast it is.
///
/// Rows are of several lengths, in turn: whole vectors and a tail, whole vectors alone, a tail alone. A branch that was never taken is not
/// compiled, and when it is taken for the first time the JVM throws all the code away.
public final class LaneTrial implements Trial<LaneKernel> {
    private static final int WHOLE = 192;
    private static final int[] COUNTS = {200, WHOLE, 8};
    private static final int LONGEST = 208;
    private static final int ROWS = 2;
    private static final int ROW_BYTES = LONGEST * Float.BYTES;
    /// Memory that the last row has less: its edge is read in another way.
    private static final int MISSING = 8 * Float.BYTES;
    private static final int REPETITIONS = 4;
    /// What a row takes beside its elements, and each of its ports.
    private static final int ROW_INSTRUCTIONS = 40;
    private static final int PORT_INSTRUCTIONS = 10;
    /// 0.186 as a float.
    private static final byte ANY = 0x3e;

    private final LaneProgram program;
    private @Nullable LaneFrame frame;

    private LaneTrial(LaneProgram program) {
        this.program = program;
    }

    /// A trial of the kernels of a program. For one thread at a time.
    public static LaneTrial of(LaneProgram program) {
        return new LaneTrial(program);
    }

    private LaneFrame scratch() {
        LaneFrame scratch = frame;
        if (scratch == null) {
            scratch = frame(program);
            frame = scratch;
        }
        return scratch;
    }

    @Override
    public void run(LaneKernel kernel) {
        LaneFrame scratch = scratch();
        for (int i = 0; i < REPETITIONS; i++) {
            for (int count : COUNTS) {
                kernel.run(scratch, ROWS, count);
            }
        }
    }

    @Override
    public void probe(LaneKernel kernel) {
        kernel.run(scratch(), ROWS, WHOLE);
    }

    @Override
    public long instructions() {
        int vectors = program.reduces() ? 1 : ReductionOrder.LANES / Lanes.floats();
        long elements = (long) WHOLE / ReductionOrder.LANES * vectors * program.weight(Lanes.bits());
        return ROWS * (ROW_INSTRUCTIONS + (long) PORT_INSTRUCTIONS * program.ports() + elements);
    }

    /// A frame whose memory and registers are its own. The memory is of the kind that tensors have (any thread may use it), else compiled code would
    /// expect another kind.
    private static LaneFrame frame(LaneProgram program) {
        float[][] floats = new float[program.registers(LaneType.FLOAT)][LONGEST];
        int[][] ints = new int[program.registers(LaneType.INT)][LONGEST];
        LaneFrame frame = new LaneFrame(program.ports(), floats, ints);
        Arena arena = Arena.ofAuto();
        for (int port = 0; port < frame.memory.length; port++) {
            frame.memory[port] = arena.allocate(ROWS * ROW_BYTES - MISSING, Long.BYTES).fill(ANY);
            frame.steps[port] = program.isNumber(port) ? 1 : ROW_BYTES;
        }
        for (float[] register : floats) {
            Arrays.fill(register, 0.5f);
        }
        return frame;
    }
}
