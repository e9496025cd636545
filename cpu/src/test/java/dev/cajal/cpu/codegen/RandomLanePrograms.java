package dev.cajal.cpu.codegen;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Programs of random instructions of every kind.
///
/// The bits of a NaN are nobody's business, so nothing looks at the bits of a float that may be one: a float becomes an int by way of a number.
final class RandomLanePrograms {
    private static final BinaryKind[] FLOAT_BINARY = {BinaryKind.ADD, BinaryKind.SUBTRACT, BinaryKind.MULTIPLY,
        BinaryKind.DIVIDE, BinaryKind.MAXIMUM, BinaryKind.MINIMUM, BinaryKind.ATAN2};
    private static final BinaryKind[] INT_BINARY = {BinaryKind.ADD, BinaryKind.SUBTRACT, BinaryKind.MULTIPLY,
        BinaryKind.MAXIMUM, BinaryKind.MINIMUM, BinaryKind.AND, BinaryKind.OR, BinaryKind.XOR, BinaryKind.SHIFT_LEFT,
        BinaryKind.SHIFT_RIGHT_ARITHMETIC, BinaryKind.SHIFT_RIGHT_LOGICAL};
    private static final BinaryKind[] MASK_BINARY = {BinaryKind.AND, BinaryKind.OR, BinaryKind.XOR, BinaryKind.MAXIMUM,
        BinaryKind.MINIMUM};
    private static final UnaryKind[] INT_UNARY = {UnaryKind.NEGATE, UnaryKind.ABS, UnaryKind.SIGN, UnaryKind.NOT};
    private static final float[] FLOATS = {0f, -0f, 1f, -1f, 0.5f, 1e-40f, 3e38f, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, Float.NaN, 2.5f, 1e10f};
    static final int REGISTERS = 2;

    private final RandomGenerator random;
    private final List<LaneInstruction> instructions = new ArrayList<>();
    private final List<LaneEnding> endings = new ArrayList<>();
    private int ports;

    private RandomLanePrograms(RandomGenerator random) {
        this.random = random;
    }

    /// A program of some instructions, one more for each kind of leaf, and one to three endings.
    static LaneProgram next(RandomGenerator random, int length) {
        RandomLanePrograms program = new RandomLanePrograms(random);
        program.leaves();
        for (int i = 0; i < length; i++) {
            program.instruction();
        }
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            program.ending();
        }
        return new LaneProgram(program.instructions, program.endings);
    }

    private <T> T any(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private int any(LaneType type) {
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i).type() == type) {
                candidates.add(i);
            }
        }
        // The latest ones more often, so that chains get long.
        int from = random.nextBoolean() ? Math.max(0, candidates.size() - 4) : 0;
        return candidates.get(random.nextInt(from, candidates.size()));
    }

    private void leaves() {
        instructions.add(new LaneInstruction.Load(LaneType.FLOAT, ports++));
        instructions.add(new LaneInstruction.Load(LaneType.INT, ports++));
        instructions.add(new LaneInstruction.LoadScalar(LaneType.FLOAT, ports++));
        instructions.add(new LaneInstruction.LoadScalar(LaneType.INT, ports++));
        instructions.add(new LaneInstruction.LoadByte(LaneType.INT, ports++));
        instructions.add(new LaneInstruction.LoadByte(LaneType.MASK, ports++));
        instructions.add(new LaneInstruction.Index(ports++, random.nextInt(-2, 3)));
        instructions.add(new LaneInstruction.Read(LaneType.FLOAT, 0));
        instructions.add(new LaneInstruction.Read(LaneType.INT, 0));
        instructions.add(new LaneInstruction.Read(LaneType.MASK, 1));
        instructions.add(new LaneInstruction.Constant(LaneType.FLOAT,
                Float.floatToRawIntBits(FLOATS[random.nextInt(FLOATS.length)])));
        instructions.add(new LaneInstruction.Constant(LaneType.INT, random.nextInt(-3, 40)));
    }

    private void instruction() {
        instructions.add(switch (random.nextInt(12)) {
            case 0, 1, 2 -> floatUnary();
            case 3, 4 -> new LaneInstruction.Binary(LaneType.FLOAT, any(FLOAT_BINARY), any(LaneType.FLOAT),
                    any(LaneType.FLOAT));
            case 5 -> new LaneInstruction.Binary(LaneType.INT, any(INT_BINARY), any(LaneType.INT), any(LaneType.INT));
            case 6 -> new LaneInstruction.Binary(LaneType.MASK, any(MASK_BINARY), any(LaneType.MASK),
                    any(LaneType.MASK));
            case 7 -> new LaneInstruction.Unary(LaneType.INT, any(INT_UNARY), any(LaneType.INT));
            case 8 -> {
                LaneType type = any(LaneType.values());
                yield new LaneInstruction.Compare(any(Comparison.values()), any(type), any(type));
            }
            case 9 -> {
                LaneType type = any(LaneType.values());
                yield new LaneInstruction.Select(type, any(LaneType.MASK), any(type), any(type));
            }
            case 10 -> new LaneInstruction.Convert(any(LaneType.values()), any(any(LaneType.values())));
            default -> rotationOrRounding();
        });
    }

    private LaneInstruction floatUnary() {
        UnaryKind kind = any(UnaryKind.values());
        return switch (kind) {
            case NOT -> new LaneInstruction.Unary(LaneType.MASK, kind, any(LaneType.MASK));
            case IS_FINITE -> new LaneInstruction.Unary(LaneType.MASK, kind, any(LaneType.FLOAT));
            default -> new LaneInstruction.Unary(LaneType.FLOAT, kind, any(LaneType.FLOAT));
        };
    }

    private LaneInstruction rotationOrRounding() {
        return switch (random.nextInt(3)) {
            case 0 -> new LaneInstruction.RoundToBf16(any(LaneType.FLOAT));
            case 1 -> new LaneInstruction.Bitcast(LaneType.FLOAT, any(LaneType.INT));
            default -> {
                int x = any(LaneType.INT);
                int distance = random.nextInt(1, 32);
                int first = instructions.size();
                instructions.add(new LaneInstruction.Constant(LaneType.INT, distance));
                instructions.add(new LaneInstruction.Constant(LaneType.INT, 32 - distance));
                instructions.add(new LaneInstruction.Binary(LaneType.INT, BinaryKind.SHIFT_LEFT, x, first));
                instructions.add(
                        new LaneInstruction.Binary(LaneType.INT, BinaryKind.SHIFT_RIGHT_LOGICAL, x, first + 1));
                yield new LaneInstruction.Binary(LaneType.INT, BinaryKind.OR, first + 2, first + 3);
            }
        };
    }

    private void ending() {
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                // In place, where something has been read already.
                boolean inPlace = random.nextInt(4) == 0 && endings.isEmpty();
                LaneType type = random.nextBoolean() ? LaneType.FLOAT : LaneType.INT;
                endings.add(new LaneEnding.Store(inPlace ? (type == LaneType.FLOAT ? 0 : 1) : ports++, any(type)));
            }
            case 2 -> endings.add(new LaneEnding.Accumulate(ports++, Reducer.SUM, any(LaneType.FLOAT)));
            case 3 -> endings.add(new LaneEnding.Accumulate(ports++, Reducer.MAX, any(LaneType.INT)));
            case 4 -> {
                instructions.add(new LaneInstruction.RoundToBf16(any(LaneType.FLOAT)));
                endings.add(new LaneEnding.StoreUpperHalf(ports++, instructions.size() - 1));
            }
            case 5 -> {
                int register = REGISTERS + endings.size();
                endings.add(new LaneEnding.Write(register, any(any(LaneType.values()))));
            }
            default -> {
                LaneType type = any(LaneType.values());
                Reducer[] reducers = switch (type) {
                    case FLOAT -> new Reducer[] {Reducer.SUM, Reducer.PRODUCT, Reducer.MAX, Reducer.MIN};
                    case INT -> Reducer.values();
                    case MASK -> new Reducer[] {Reducer.AND, Reducer.OR, Reducer.MAX, Reducer.MIN};
                };
                endings.add(new LaneEnding.Reduce(ports++, any(reducers), any(type)));
            }
        }
    }
}
