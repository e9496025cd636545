package dev.cajal.cpu.codegen;

import java.util.List;

/// The body of a fused loop in static single assignment: instructions in order, each of which may use the results of earlier ones, and what becomes of
/// the results.
///
/// A program knows no shapes and no addresses, those come with the [LaneFrame]; so equal programs share one kernel.
///
/// An ending may write where an instruction reads, if it does so element by element at the same place; a reduction never.
///
/// @param instructions in order
/// @param endings at least one
public record LaneProgram(List<LaneInstruction> instructions, List<LaneEnding> endings) {
    /// The most [LaneEnding.Reduce] that a program may have.
    public static final int MOST_REDUCTIONS = 4;

    /// The largest [#weight] with which a kernel is compiled well: about forty vector operations and one function such as the exponential, or three
    /// times as many operations alone. After that the JVM takes no more calls into the loop, and a call makes an object of each vector.
    public static final int MOST_WEIGHT = 128;

    public LaneProgram {
        instructions = List.copyOf(instructions);
        endings = List.copyOf(endings);
        if (endings.stream().filter(ending -> ending instanceof LaneEnding.Reduce).count() > MOST_REDUCTIONS) {
            throw new IllegalArgumentException("more than " + MOST_REDUCTIONS + " reductions in a program");
        }
    }

    /// About how many machine instructions there are in the loop over the elements of a row.
    ///
    /// @param bits of a vector
    public int weight(int bits) {
        return LaneWeight.of(this, bits);
    }

    /// Whether a row becomes one element.
    boolean reduces() {
        return endings.stream().anyMatch(ending -> ending instanceof LaneEnding.Reduce);
    }

    /// The type of an instruction's result.
    LaneType type(int value) {
        return instructions.get(value).type();
    }

    /// How many ports a frame needs.
    public int ports() {
        int last = -1;
        for (LaneInstruction instruction : instructions) {
            last = Math.max(last, switch (instruction) {
                case LaneInstruction.Load load -> load.port();
                case LaneInstruction.LoadScalar load -> load.port();
                case LaneInstruction.LoadByte load -> load.port();
                case LaneInstruction.Index index -> index.port();
                default -> -1;
            });
        }
        for (LaneEnding ending : endings) {
            last = Math.max(last, switch (ending) {
                case LaneEnding.Store store -> store.port();
                case LaneEnding.StoreUpperHalf store -> store.port();
                case LaneEnding.Accumulate accumulate -> accumulate.port();
                case LaneEnding.Reduce reduce -> reduce.port();
                case LaneEnding.Write _ -> -1;
            });
        }
        return last + 1;
    }

    /// How many registers of a kind a frame needs.
    ///
    /// @param lanes [LaneType#FLOAT], or [LaneType#INT] for ints and truth values
    int registers(LaneType lanes) {
        int last = -1;
        for (LaneInstruction instruction : instructions) {
            if (instruction instanceof LaneInstruction.Read(LaneType type, int register)
                    && (type == LaneType.FLOAT) == (lanes == LaneType.FLOAT)) {
                last = Math.max(last, register);
            }
        }
        for (LaneEnding ending : endings) {
            if (ending instanceof LaneEnding.Write(int register, int value)
                    && (type(value) == LaneType.FLOAT) == (lanes == LaneType.FLOAT)) {
                last = Math.max(last, register);
            }
        }
        return last + 1;
    }

    /// Whether a port is a number to count from.
    boolean isNumber(int port) {
        return instructions.stream().anyMatch(
                instruction -> instruction instanceof LaneInstruction.Index index && index.port() == port);
    }

    /// For each instruction, whether its result is the same along a row.
    public boolean[] sameInRow() {
        Uses uses = new Uses(this);
        boolean[] same = new boolean[instructions.size()];
        for (int i = 0; i < same.length; i++) {
            same[i] = uses.variance(i) != Uses.Variance.ELEMENT;
        }
        return same;
    }
}
