package dev.cajal.cpu.codegen;

import dev.cajal.cpu.reduce.ReductionOrder;
import java.lang.foreign.MemorySegment;

/// What a [LaneKernel] works on. Used by one thread at a time, over and over.
///
/// Port `p` of a program, in row `r`, begins at byte `offsets[p] + r * steps[p]` of `memory[p]`.
public final class LaneFrame {
    /// The memory of each port.
    public final MemorySegment[] memory;
    /// Where each port begins, in bytes; of [LaneInstruction.Index], the number there.
    public final long[] offsets;
    /// From row to row, in bytes; of [LaneInstruction.Index], the difference.
    public final long[] steps;
    /// Registers of floats. Their length is a multiple of the longest vector's.
    public float[][] floats;
    /// Registers of ints and truth values, as long.
    public int[][] ints;

    /// Virtual lanes of reductions, on their way between vectors and scalars.
    final float[] floatLanes = new float[LaneProgram.MOST_REDUCTIONS * ReductionOrder.LANES];
    final int[] intLanes = new int[LaneProgram.MOST_REDUCTIONS * ReductionOrder.LANES];

    /// The vector at the edge of a row, on its way between memory and kernel.
    final float[] floatEdge = new float[ReductionOrder.LANES];
    final int[] intEdge = new int[ReductionOrder.LANES];
    final short[] shortEdge = new short[ReductionOrder.LANES];

    /// A frame without registers.
    ///
    /// @param ports how many
    public LaneFrame(int ports) {
        this(ports, new float[0][], new int[0][]);
    }

    /// A frame.
    ///
    /// @param ports how many
    public LaneFrame(int ports, float[][] floats, int[][] ints) {
        this.memory = new MemorySegment[ports];
        this.offsets = new long[ports];
        this.steps = new long[ports];
        this.floats = floats;
        this.ints = ints;
    }
}
