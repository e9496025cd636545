package dev.cajal.cpu.codegen;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import java.util.ArrayList;
import java.util.List;

/// Writes lane programs by hand.
final class ProgramBuilder {
    private final List<LaneInstruction> instructions = new ArrayList<>();
    private final List<LaneEnding> endings = new ArrayList<>();
    private int ports;

    int add(LaneInstruction instruction) {
        instructions.add(instruction);
        return instructions.size() - 1;
    }

    int ports() {
        return ports;
    }

    int load() {
        return add(new LaneInstruction.Load(LaneType.FLOAT, ports++));
    }

    int scalar() {
        return add(new LaneInstruction.LoadScalar(LaneType.FLOAT, ports++));
    }

    int constant(float value) {
        return add(new LaneInstruction.Constant(LaneType.FLOAT, Float.floatToRawIntBits(value)));
    }

    int unary(UnaryKind kind, int a) {
        return add(new LaneInstruction.Unary(LaneType.FLOAT, kind, a));
    }

    int binary(BinaryKind kind, int a, int b) {
        return add(new LaneInstruction.Binary(LaneType.FLOAT, kind, a, b));
    }

    int plus(int a, int b) {
        return binary(BinaryKind.ADD, a, b);
    }

    int minus(int a, int b) {
        return binary(BinaryKind.SUBTRACT, a, b);
    }

    int times(int a, int b) {
        return binary(BinaryKind.MULTIPLY, a, b);
    }

    int compare(Comparison comparison, int a, int b) {
        return add(new LaneInstruction.Compare(comparison, a, b));
    }

    ProgramBuilder store(int value) {
        return end(new LaneEnding.Store(ports++, value));
    }

    ProgramBuilder accumulate(Reducer reducer, int value) {
        return end(new LaneEnding.Accumulate(ports++, reducer, value));
    }

    ProgramBuilder reduce(Reducer reducer, int value) {
        return end(new LaneEnding.Reduce(ports++, reducer, value));
    }

    ProgramBuilder end(LaneEnding ending) {
        endings.add(ending);
        return this;
    }

    LaneProgram build() {
        return new LaneProgram(instructions, endings);
    }
}
