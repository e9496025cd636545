package dev.cajal.cpu.codegen;

import static dev.cajal.cpu.codegen.Descriptors.*;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.UnaryKind;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Locale;

/// Writes the instructions that compute: operands and results are in the local variables of a [ValueWriter].
final class InstructionWriter {
    private final CodeBuilder code;
    private final ValueWriter values;

    InstructionWriter(CodeBuilder code, ValueWriter values) {
        this.code = code;
        this.values = values;
    }

    void unary(int target, LaneInstruction.Unary unary) {
        if (unary.type() == LaneType.MASK) {
            mask(target, unary);
            return;
        }
        values.push(unary.a());
        ClassDesc vector = vector(unary.type());
        switch (unary.kind()) {
            case NEGATE -> call(code, vector, "neg");
            case ABS -> call(code, vector, "abs");
            case SQRT -> call(code, vector, "sqrt");
            case NOT -> call(code, vector, "not");
            case SIGN -> {
                if (unary.type() == LaneType.FLOAT) {
                    function(unary.kind());
                } else {
                    StraightLine.invoke(code, SUPPORT_VECTORS, "sign", MethodTypeDesc.of(INTS, INTS));
                }
            }
            case FLOOR, CEIL, ROUND, EXP, EXPM1, LOG, LOG1P, RSQRT, CBRT, SIN, COS, TAN, TANH, LOGISTIC ->
                function(unary.kind());
            case IS_FINITE -> throw new AssertionError("gives a mask");
        }
        values.pop(target);
    }

    private void function(UnaryKind kind) {
        StraightLine.invoke(code, VECTOR_MATH, kind.name().toLowerCase(Locale.ROOT), MethodTypeDesc.of(FLOATS, FLOATS));
    }

    private void mask(int target, LaneInstruction.Unary unary) {
        if (unary.kind() == UnaryKind.IS_FINITE) {
            values.push(unary.a());
            call(code, FLOATS, "abs");
            values.broadcast(Float.MAX_VALUE);
            values.compare(FLOATS, "LE");
            values.popMask(target, LaneType.FLOAT);
        } else {
            values.push(unary.a());
            callMask(code, "not");
            values.popMask(target, values.maskLanes(unary.a()));
        }
    }

    void binary(int target, LaneInstruction.Binary binary) {
        if (binary.type() == LaneType.MASK) {
            masks(target, binary);
        } else {
            if (isCheapBound(binary)) {
                bound(binary);
            } else if (binary.type() == LaneType.INT && isShift(binary.kind()) && constantDistance(binary.b()) >= 0) {
                values.push(binary.a());
                operator(code, BINARY, shift(binary.kind()));
                code.loadConstant(constantDistance(binary.b()));
                call(code, INTS, "lanewise", BINARY, INT);
            } else {
                combine(
                        binary.type(),
                        binary.kind(),
                        () -> values.push(binary.a()),
                        () -> values.push(binary.b()));
            }
            values.pop(target);
        }
    }

    private void masks(int target, LaneInstruction.Binary binary) {
        LaneType lanes = values.maskLanes(binary.a());
        values.push(binary.a());
        values.pushMask(binary.b(), lanes);
        switch (binary.kind()) {
            case AND, MINIMUM -> callMask(code, "and", MASK);
            case OR, MAXIMUM -> callMask(code, "or", MASK);
            case XOR -> callMask(code, "xor", MASK);
            default -> throw new AssertionError(binary);
        }
        values.popMask(target, lanes);
    }

    /// Leaves the function of two vectors of a type on the stack.
    void combine(LaneType type, BinaryKind kind, Runnable pushFirst, Runnable pushSecond) {
        pushFirst.run();
        if (type == LaneType.INT && kind == BinaryKind.XOR) {
            operator(code, ASSOCIATIVE, "XOR");
            pushSecond.run();
            call(code, INTS, "lanewise", BINARY, VECTOR);
            return;
        }
        pushSecond.run();
        ClassDesc vector = vector(type);
        switch (kind) {
            case ADD -> call(code, vector, "add", VECTOR);
            case SUBTRACT -> call(code, vector, "sub", VECTOR);
            case MULTIPLY -> call(code, vector, "mul", VECTOR);
            case DIVIDE -> call(code, FLOATS, "div", VECTOR);
            case MAXIMUM -> call(code, vector, "max", VECTOR);
            case MINIMUM -> call(code, vector, "min", VECTOR);
            case AND -> call(code, INTS, "and", VECTOR);
            case OR -> call(code, INTS, "or", VECTOR);
            case ATAN2 -> StraightLine.invoke(code, VECTOR_MATH, "atan2", MethodTypeDesc.of(FLOATS, FLOATS, FLOATS));
            case SHIFT_LEFT -> shiftByLanes("shiftLeft");
            case SHIFT_RIGHT_ARITHMETIC -> shiftByLanes("shiftRightArithmetic");
            case SHIFT_RIGHT_LOGICAL -> shiftByLanes("shiftRightLogical");
            case XOR, REMAINDER, POWER -> throw new AssertionError(kind);
        }
    }

    private void shiftByLanes(String name) {
        StraightLine.invoke(code, SUPPORT_VECTORS, name, MethodTypeDesc.of(INTS, INTS, INTS));
    }

    private static boolean isShift(BinaryKind kind) {
        return switch (kind) {
            case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> true;
            default -> false;
        };
    }

    private static String shift(BinaryKind kind) {
        return switch (kind) {
            case SHIFT_LEFT -> "LSHL";
            case SHIFT_RIGHT_ARITHMETIC -> "ASHR";
            case SHIFT_RIGHT_LOGICAL -> "LSHR";
            default -> throw new AssertionError(kind);
        };
    }

    /// A number of bits in [0, 32); -1 if the value is none.
    private int constantDistance(int value) {
        boolean inside = values.instruction(value) instanceof LaneInstruction.Constant(_, int distance)
                && distance >= 0 && distance < Integer.SIZE;
        return inside ? ((LaneInstruction.Constant) values.instruction(value)).bits() : -1;
    }

    /// Whether this is the maximum or minimum with a constant that is neither NaN nor the zero whose other sign would be equal to it but on
    /// the wrong side.
    private boolean isCheapBound(LaneInstruction.Binary binary) {
        if (binary.type() == LaneType.FLOAT
                && values.instruction(binary.b()) instanceof LaneInstruction.Constant(_, int bits)) {
            boolean number = !Float.isNaN(Float.intBitsToFloat(bits));
            return switch (binary.kind()) {
                case MAXIMUM -> number && bits != Float.floatToRawIntBits(-0f);
                case MINIMUM -> number && bits != Float.floatToRawIntBits(0f);
                default -> false;
            };
        }
        return false;
    }

    /// `x > bound ? x : bound`, but NaN for NaN: two machine instructions where the general case takes five.
    private void bound(LaneInstruction.Binary binary) {
        values.push(binary.a());
        values.push(binary.b());
        values.push(binary.a());
        values.push(binary.b());
        values.compare(FLOATS, binary.kind() == BinaryKind.MAXIMUM ? "LE" : "GE");
        call(code, FLOATS, "blend", VECTOR, MASK);
    }

    void rotate(int target, Uses.Rotation rotation) {
        values.push(rotation.operand());
        operator(code, BINARY, "ROL");
        code.loadConstant(rotation.distance());
        call(code, INTS, "lanewise", BINARY, INT);
        values.pop(target);
    }

    void compare(int target, LaneInstruction.Compare compare) {
        LaneType type = values.type(compare.a());
        if (type != LaneType.MASK) {
            values.push(compare.a());
            values.push(compare.b());
            values.compare(vector(type), compare.comparison().name());
            values.popMask(target, type);
            return;
        }
        LaneType lanes = values.maskLanes(compare.a());
        boolean swapped = compare.comparison() == Comparison.LT || compare.comparison() == Comparison.GE;
        values.pushMask(swapped ? compare.b() : compare.a(), lanes);
        values.pushMask(swapped ? compare.a() : compare.b(), lanes);
        switch (compare.comparison()) {
            case EQ -> callMask(code, "eq", MASK);
            case NE -> callMask(code, "xor", MASK);
            case GT, LT -> callMask(code, "andNot", MASK);
            case LE, GE -> {
                callMask(code, "andNot", MASK);
                callMask(code, "not");
            }
        }
        values.popMask(target, lanes);
    }

    void select(int target, LaneInstruction.Select select) {
        if (select.type() != LaneType.MASK) {
            values.push(select.b());
            values.push(select.a());
            values.pushMask(select.condition(), select.type());
            call(code, vector(select.type()), "blend", VECTOR, MASK);
            values.pop(target);
            return;
        }
        LaneType lanes = values.maskLanes(select.condition());
        values.push(select.condition());
        values.pushMask(select.a(), lanes);
        callMask(code, "and", MASK);
        values.pushMask(select.b(), lanes);
        values.push(select.condition());
        callMask(code, "andNot", MASK);
        callMask(code, "or", MASK);
        values.popMask(target, lanes);
    }

    void convert(int target, LaneInstruction.Convert convert) {
        LaneType from = values.type(convert.a());
        LaneType to = convert.type();
        if (to == LaneType.MASK) {
            values.push(convert.a());
            if (from == LaneType.MASK) {
                values.popMask(target, values.maskLanes(convert.a()));
                return;
            }
            if (from == LaneType.FLOAT) {
                values.broadcast(0f);
            } else {
                values.broadcast(0);
            }
            values.compare(vector(from), "NE");
            values.popMask(target, from);
            return;
        }
        if (from == LaneType.MASK) {
            if (to == LaneType.FLOAT) {
                values.broadcast(0f);
                code.loadConstant(1f);
                values.pushMask(convert.a(), LaneType.FLOAT);
                call(code, FLOATS, "blend", FLOAT, MASK);
            } else {
                values.pushNumbers(convert.a());
            }
        } else {
            values.push(convert.a());
            if (from != to) {
                operator(code, CONVERSION, from == LaneType.FLOAT ? "F2I" : "I2F");
                code.iconst_0();
                code.invokevirtual(vector(from), "convert", MethodTypeDesc.of(VECTOR, CONVERSION, INT));
                code.checkcast(vector(to));
            }
        }
        values.pop(target);
    }

    void bitcast(int target, LaneInstruction.Bitcast bitcast) {
        LaneType from = values.type(bitcast.a());
        values.push(bitcast.a());
        if (from != bitcast.type()) {
            String name = from == LaneType.FLOAT ? "reinterpretAsInts" : "reinterpretAsFloats";
            code.invokevirtual(vector(from), name, MethodTypeDesc.of(vector(bitcast.type())));
        }
        values.pop(target);
    }

    void roundToBf16(int target, LaneInstruction.RoundToBf16 round) {
        values.push(round.a());
        StraightLine.invoke(code, SUPPORT_VECTORS, "roundToBf16", MethodTypeDesc.of(FLOATS, FLOATS));
        values.pop(target);
    }

    /// Counts: the int in a local variable + `stride` * lane.
    void index(int target, int first, int stride) {
        values.species(LaneType.INT);
        code.loadLocal(TypeKind.INT, first);
        create(code, INTS, "broadcast", SPECIES, INT);
        if (stride != 0) {
            code.loadConstant(stride);
            call(code, INTS, "addIndex", INT);
        }
        values.pop(target);
    }
}
