package dev.cajal.cpu.codegen;

import static dev.cajal.cpu.codegen.Descriptors.*;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/// Knows in which local variables the results of instructions are.
///
/// A mask belongs to lanes of floats or of ints, as the Java types of the Vector API have it; where it is needed for the other kind it is cast, which
/// costs nothing at run time.
final class ValueWriter {
    private final CodeBuilder code;
    private final LaneProgram program;
    private final int bits;
    private final int[] locals;
    private final LaneType[] maskLanes;

    /// @param bits of a vector
    ValueWriter(CodeBuilder code, LaneProgram program, int bits) {
        this.code = code;
        this.program = program;
        this.bits = bits;
        int count = program.instructions().size();
        this.locals = new int[count];
        this.maskLanes = new LaneType[count];
    }

    /// Lanes of a vector.
    int lanes() {
        return bits / Integer.SIZE;
    }

    LaneInstruction instruction(int value) {
        return program.instructions().get(value);
    }

    LaneType type(int value) {
        return program.type(value);
    }

    /// Puts the species of a type of lanes on the stack.
    void species(LaneType lanes) {
        code.getstatic(vector(lanes), "SPECIES_" + bits, SPECIES);
    }

    /// Puts the species of as many shorts on the stack.
    void shortSpecies() {
        code.getstatic(SHORTS, "SPECIES_" + bits / 2, SPECIES);
    }

    /// Puts a value on the stack: a vector, or a mask for the lanes that it came from.
    void push(int value) {
        code.aload(locals[value]);
    }

    /// Puts a value on the stack as a vector of numbers: of a mask, 1 where it is set and 0 elsewhere.
    void pushNumbers(int value) {
        push(value);
        if (type(value) == LaneType.MASK) {
            maskToInts(maskLanes[value]);
        }
    }

    /// Puts a mask on the stack, for lanes of a type.
    void pushMask(int value, LaneType lanes) {
        code.aload(locals[value]);
        if (maskLanes[value] != lanes) {
            species(lanes);
            callMask(code, "cast", SPECIES);
        }
    }

    /// The lanes that a mask came from.
    LaneType maskLanes(int value) {
        return maskLanes[value];
    }

    /// Takes the result of an instruction from the stack.
    void pop(int value) {
        locals[value] = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(locals[value]);
    }

    /// Takes a mask from the stack.
    void popMask(int value, LaneType lanes) {
        pop(value);
        maskLanes[value] = lanes;
    }

    /// Puts a vector of a float in all lanes on the stack.
    void broadcast(float number) {
        species(LaneType.FLOAT);
        code.loadConstant(number);
        create(code, FLOATS, "broadcast", SPECIES, FLOAT);
    }

    /// Puts a vector of an int in all lanes on the stack.
    void broadcast(int number) {
        species(LaneType.INT);
        code.loadConstant(number);
        create(code, INTS, "broadcast", SPECIES, INT);
    }

    /// Compares the two vectors on the stack.
    void compare(ClassDesc vector, String comparison) {
        int second = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(second);
        operator(code, COMPARISON, comparison);
        code.aload(second);
        code.invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
    }

    /// Replaces the mask on the stack by a vector of ints: 1 where it is set, else 0.
    private void maskToInts(LaneType from) {
        if (from != LaneType.INT) {
            species(LaneType.INT);
            callMask(code, "cast", SPECIES);
        }
        int mask = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(mask);
        broadcast(0);
        code.loadConstant(1);
        code.aload(mask);
        call(code, INTS, "blend", INT, MASK);
    }
}
