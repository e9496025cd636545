package dev.cajal.cpu.codegen;

import dev.cajal.cpu.reduce.ReductionOrder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

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
    /// Registers of floats.
    public float[][] floats;
    /// Registers of ints and truth values.
    public int[][] ints;

    /// Virtual lanes of reductions, on their way between vectors and scalars.
    final float[] floatLanes = new float[LaneProgram.MOST_REDUCTIONS * ReductionOrder.LANES];
    final int[] intLanes = new int[LaneProgram.MOST_REDUCTIONS * ReductionOrder.LANES];

    /// Bytes of the widest vector.
    static final int WIDEST = 64;

    /// The last elements of a row on their way to memory.
    final float[] lastFloats = new float[WIDEST / Float.BYTES];
    final int[] lastInts = new int[WIDEST / Integer.BYTES];

    /// See [LaneSupport#tailMemory].
    long tailStart;
    private @Nullable MemorySegment tail;

    /// Room for a vector at the end of memory.
    MemorySegment tail() {
        MemorySegment known = tail;
        if (known == null) {
            // Like all other memory of kernels outside of the heap, so that there is one kind of access.
            known = Arena.ofAuto().allocate(WIDEST, WIDEST);
            tail = known;
        }
        return known;
    }

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
