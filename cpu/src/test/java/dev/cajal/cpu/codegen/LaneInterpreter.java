package dev.cajal.cpu.codegen;

import dev.cajal.cpu.math.FloatMath;
import dev.cajal.cpu.math.IntegerMath;
import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Reducer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/// Runs lane programs element by element, as their documentation says and in no other way. The bits of a value are an int, whatever its type.
final class LaneInterpreter implements LaneKernel {
    private final LaneProgram program;

    LaneInterpreter(LaneProgram program) {
        this.program = program;
    }

    @Override
    public void run(LaneFrame frame, long rows, int count) {
        for (long row = 0; row < rows; row++) {
            int[][] elements = new int[count][];
            for (int i = 0; i < count; i++) {
                elements[i] = element(frame, row, i);
                for (LaneEnding ending : program.endings()) {
                    end(ending, frame, row, i, elements[i]);
                }
            }
            for (LaneEnding ending : program.endings()) {
                if (ending instanceof LaneEnding.Reduce reduce) {
                    reduce(reduce, frame, row, elements);
                }
            }
        }
    }

    private static long at(LaneFrame frame, int port, long row) {
        return frame.offsets[port] + frame.steps[port] * row;
    }

    private static int get(LaneFrame frame, int port, long row, int i) {
        return frame.memory[port].get(ValueLayout.JAVA_INT_UNALIGNED, at(frame, port, row) + 4L * i);
    }

    private static void put(LaneFrame frame, int port, long row, int i, int bits) {
        frame.memory[port].set(ValueLayout.JAVA_INT_UNALIGNED, at(frame, port, row) + 4L * i, bits);
    }

    private int[] element(LaneFrame frame, long row, int i) {
        List<LaneInstruction> instructions = program.instructions();
        int[] v = new int[instructions.size()];
        for (int t = 0; t < v.length; t++) {
            v[t] = switch (instructions.get(t)) {
                case LaneInstruction.Load(_, int port) -> get(frame, port, row, i);
                case LaneInstruction.LoadScalar(_, int port) -> get(frame, port, row, 0);
                case LaneInstruction.LoadByte(LaneType type, int port) -> {
                    int number = frame.memory[port].get(ValueLayout.JAVA_BYTE, at(frame, port, row)) & 0xff;
                    yield type == LaneType.MASK ? Math.min(1, number) : number;
                }
                case LaneInstruction.Read(LaneType type, int register) -> switch (type) {
                    case FLOAT -> bits(frame.floats[register][i]);
                    case INT -> frame.ints[register][i];
                    case MASK -> frame.ints[register][i] != 0 ? 1 : 0;
                };
                case LaneInstruction.Constant(_, int bits) -> bits;
                case LaneInstruction.Index(int port, int stride) -> (int) at(frame, port, row) + stride * i;
                case LaneInstruction.Unary unary -> unary(unary, v[unary.a()]);
                case LaneInstruction.Binary(LaneType type, BinaryKind kind, int a, int b) ->
                    binary(type, kind, v[a], v[b]);
                case LaneInstruction.Compare compare -> compare(compare, v[compare.a()], v[compare.b()]);
                case LaneInstruction.Select(_, int condition, int a, int b) -> v[condition] != 0 ? v[a] : v[b];
                case LaneInstruction.Convert(LaneType type, int a) -> convert(program.type(a), type, v[a]);
                case LaneInstruction.Bitcast(_, int a) -> v[a];
                case LaneInstruction.RoundToBf16(int a) -> {
                    float x = number(v[a]);
                    // Through a double: the nearest multiple of the last place that is kept.
                    int even = v[a] + 0x7fff + (v[a] >>> 16 & 1);
                    yield Float.isNaN(x) ? bits(Float.NaN) : even & 0xffff0000;
                }
            };
        }
        return v;
    }

    private static float number(int bits) {
        return Float.intBitsToFloat(bits);
    }

    private static int bits(float number) {
        return Float.floatToRawIntBits(number);
    }

    private static int unary(LaneInstruction.Unary unary, int a) {
        if (unary.type() == LaneType.INT) {
            return switch (unary.kind()) {
                case NEGATE -> -a;
                case ABS -> Math.abs(a);
                case SIGN -> Integer.signum(a);
                case NOT -> ~a;
                default -> throw new AssertionError(unary);
            };
        }
        float x = number(a);
        return switch (unary.kind()) {
            case NEGATE -> bits(-x);
            case ABS -> bits(Math.abs(x));
            case SIGN -> bits(FloatMath.sign(x));
            case FLOOR -> bits(FloatMath.floor(x));
            case CEIL -> bits(FloatMath.ceil(x));
            case ROUND -> bits(FloatMath.round(x));
            case EXP -> bits(FloatMath.exp(x));
            case EXPM1 -> bits(FloatMath.expm1(x));
            case LOG -> bits(FloatMath.log(x));
            case LOG1P -> bits(FloatMath.log1p(x));
            case SQRT -> bits((float) Math.sqrt(x));
            case RSQRT -> bits(FloatMath.rsqrt(x));
            case CBRT -> bits(FloatMath.cbrt(x));
            case SIN -> bits(FloatMath.sin(x));
            case COS -> bits(FloatMath.cos(x));
            case TAN -> bits(FloatMath.tan(x));
            case TANH -> bits(FloatMath.tanh(x));
            case LOGISTIC -> bits(FloatMath.logistic(x));
            case NOT -> 1 - a;
            case IS_FINITE -> Float.isFinite(x) ? 1 : 0;
        };
    }

    private static int binary(LaneType type, BinaryKind kind, int a, int b) {
        if (type != LaneType.FLOAT) {
            return switch (kind) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case MAXIMUM -> Math.max(a, b);
                case MINIMUM -> Math.min(a, b);
                case AND -> a & b;
                case OR -> a | b;
                case XOR -> a ^ b;
                case SHIFT_LEFT -> IntegerMath.shiftLeft(a, b);
                case SHIFT_RIGHT_ARITHMETIC -> IntegerMath.shiftRightArithmetic(a, b);
                case SHIFT_RIGHT_LOGICAL -> IntegerMath.shiftRightLogical(a, b);
                case DIVIDE, REMAINDER, POWER, ATAN2 -> throw new AssertionError(kind);
            };
        }
        float x = number(a);
        float y = number(b);
        return bits(switch (kind) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MAXIMUM -> Math.max(x, y);
            case MINIMUM -> Math.min(x, y);
            case ATAN2 -> FloatMath.atan2(x, y);
            default -> throw new AssertionError(kind);
        });
    }

    private int compare(LaneInstruction.Compare compare, int a, int b) {
        boolean floats = program.type(compare.a()) == LaneType.FLOAT;
        float x = number(a);
        float y = number(b);
        boolean holds = switch (compare.comparison()) {
            case EQ -> floats ? x == y : a == b;
            case NE -> floats ? x != y : a != b;
            case LT -> floats ? x < y : a < b;
            case LE -> floats ? x <= y : a <= b;
            case GT -> floats ? x > y : a > b;
            case GE -> floats ? x >= y : a >= b;
        };
        return holds ? 1 : 0;
    }

    private static int convert(LaneType from, LaneType to, int a) {
        return switch (to) {
            case FLOAT -> from == LaneType.FLOAT ? a : bits((float) a);
            case INT -> from == LaneType.FLOAT ? (int) number(a) : a;
            case MASK -> (from == LaneType.FLOAT ? number(a) != 0 : a != 0) ? 1 : 0;
        };
    }

    private void end(LaneEnding ending, LaneFrame frame, long row, int i, int[] v) {
        switch (ending) {
            case LaneEnding.StoreUpperHalf(int port, int value) -> frame.memory[port].set(
                    ValueLayout.JAVA_SHORT_UNALIGNED, frame.offsets[port] + row * frame.steps[port] + 2L * i,
                    (short) (v[value] >>> 16));
            case LaneEnding.Store(int port, int value) -> put(frame, port, row, i, v[value]);
            case LaneEnding.Write(int register, int value) -> {
                if (program.type(value) == LaneType.FLOAT) {
                    frame.floats[register][i] = number(v[value]);
                } else {
                    frame.ints[register][i] = v[value];
                }
            }
            case LaneEnding.Accumulate(int port, Reducer reducer, int value) -> put(frame, port, row, i,
                    binary(program.type(value), reducer.combiner(), get(frame, port, row, i), v[value]));
            case LaneEnding.Reduce _ -> {}
        }
    }

    private void reduce(LaneEnding.Reduce reduce, LaneFrame frame, long row, int[][] elements) {
        LaneType type = program.type(reduce.value());
        int[] lanes = new int[ReductionOrder.LANES];
        Arrays.fill(lanes, identity(type, reduce.reducer()));
        for (int i = 0; i < elements.length; i++) {
            int lane = i % ReductionOrder.LANES;
            lanes[lane] = binary(type, reduce.reducer().combiner(), lanes[lane], elements[i][reduce.value()]);
        }
        for (int half = ReductionOrder.LANES / 2; half > 0; half /= 2) {
            for (int j = 0; j < half; j++) {
                lanes[j] = binary(type, reduce.reducer().combiner(), lanes[j], lanes[j + half]);
            }
        }
        if (type == LaneType.MASK) {
            frame.memory[reduce.port()].set(ValueLayout.JAVA_BYTE, at(frame, reduce.port(), row), (byte) lanes[0]);
        } else {
            put(frame, reduce.port(), row, 0, lanes[0]);
        }
    }

    private static int identity(LaneType type, Reducer reducer) {
        return switch (type) {
            case FLOAT -> bits(switch (reducer) {
                case SUM -> 0f;
                case PRODUCT -> 1f;
                case MAX -> Float.NEGATIVE_INFINITY;
                case MIN -> Float.POSITIVE_INFINITY;
                case AND, OR -> throw new AssertionError(reducer);
            });
            case INT -> switch (reducer) {
                case SUM, OR -> 0;
                case PRODUCT -> 1;
                case MAX -> Integer.MIN_VALUE;
                case MIN -> Integer.MAX_VALUE;
                case AND -> -1;
            };
            case MASK -> reducer == Reducer.AND || reducer == Reducer.MIN ? 1 : 0;
        };
    }

    /// Whether two memories of 32-bit elements are equal, where any NaN equals any other if the elements are floats.
    static boolean same(MemorySegment a, MemorySegment b, boolean floats) {
        for (long at = 0; at < a.byteSize(); at += 4) {
            int x = a.get(ValueLayout.JAVA_INT_UNALIGNED, at);
            int y = b.get(ValueLayout.JAVA_INT_UNALIGNED, at);
            if (x != y && !(floats && Float.isNaN(number(x)) && Float.isNaN(number(y)))) {
                return false;
            }
        }
        return true;
    }
}
