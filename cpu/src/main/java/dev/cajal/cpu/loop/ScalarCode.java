package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneFrame;
import dev.cajal.cpu.codegen.LaneInstruction;
import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.cpu.codegen.LaneType;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import java.util.ArrayList;
import java.util.List;

/// The instructions of a lane program as kernels over registers. Registers are used again when nobody needs what is in them, so that all of them stay
/// in the first-level cache.
final class ScalarCode {
    private static final Kernel NONE = (_, _, _, _, _, _) -> {};

    private final List<LaneInstruction> instructions;
    private final int[] registers;
    private final Kernel[] kernels;
    /// The registers of the operands, three for each instruction.
    private final int[] operands;
    private final boolean[] sameInRow;
    private final List<Registers.Name> names = new ArrayList<>();
    private int floats;
    private int ints;

    ScalarCode(LaneProgram program) {
        this.instructions = program.instructions();
        int count = instructions.size();
        this.registers = new int[count];
        this.kernels = new Kernel[count];
        this.operands = new int[3 * count];
        this.sameInRow = program.sameInRow();
        allocate(program);
        for (int i = 0; i < count; i++) {
            kernels[i] = kernel(i);
            int position = 3 * i;
            for (int operand : instructions.get(i).operands()) {
                operands[position++] = registers[operand];
            }
        }
        // One of each kind is left over, for accumulations and the results of reductions.
        for (int i = 0; i <= floats; i++) {
            names.add(new Registers.Name(Registers.Kind.FLOAT, i));
        }
        for (int i = 0; i <= ints; i++) {
            names.add(new Registers.Name(Registers.Kind.INT, i));
        }
    }

    private void allocate(LaneProgram program) {
        int count = instructions.size();
        int[] lastUse = new int[count];
        for (int i = 0; i < count; i++) {
            lastUse[i] = i;
            int use = i;
            instructions.get(i).operands().forEach(operand -> lastUse[operand] = use);
        }
        program.endings().forEach(ending -> lastUse[ending.value()] = count);
        List<Integer> freeFloats = new ArrayList<>();
        List<Integer> freeInts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Not over an operand: some kernels read it again after they have written.
            boolean isFloat = isFloat(i);
            List<Integer> free = isFloat ? freeFloats : freeInts;
            registers[i] = !free.isEmpty() && !sameInRow[i] ? free.removeLast() : isFloat ? floats++ : ints++;
            for (int operand : instructions.get(i).operands().stream().distinct().toList()) {
                if (lastUse[operand] == i && !sameInRow[operand]) {
                    (isFloat(operand) ? freeFloats : freeInts).add(registers[operand]);
                }
            }
        }
    }

    private boolean isFloat(int value) {
        return instructions.get(value).type() == LaneType.FLOAT;
    }

    /// The registers that are used.
    List<Registers.Name> registers() {
        return names;
    }

    /// Where a value is.
    int register(int value) {
        return registers[value];
    }

    /// A register that no value has.
    int spare(DType dtype) {
        return dtype == DType.F32 ? floats : ints;
    }

    /// What the elements of lanes are in registers.
    static DType dtype(LaneType type) {
        return switch (type) {
            case FLOAT -> DType.F32;
            case INT -> DType.I32;
            case MASK -> DType.BOOL;
        };
    }

    /// The byte of a port's memory where a row begins.
    static long row(LaneFrame frame, int port, long row) {
        return frame.offsets[port] + row * frame.steps[port];
    }

    /// Computes some elements of a row. What is the same for the whole row is computed with the first of them.
    void run(LaneFrame frame, long row, int from, int n, Registers r) {
        for (int i = 0; i < kernels.length; i++) {
            if (sameInRow[i] && from > 0) {
                continue;
            }
            int length = sameInRow[i] ? Registers.LENGTH : n;
            int t = registers[i];
            switch (instructions.get(i)) {
                case LaneInstruction.Load(LaneType type, int port) ->
                    Access.load(frame.memory[port], row(frame, port, row), dtype(type), from, 1, r, t, length);
                case LaneInstruction.LoadScalar(LaneType type, int port) ->
                    Access.repeat(frame.memory[port], row(frame, port, row), dtype(type), 0, r, t, length);
                case LaneInstruction.LoadByte(_, int port) ->
                    Access.repeat(frame.memory[port], row(frame, port, row), DType.U8, 0, r, t, length);
                case LaneInstruction.Read(LaneType type, int register) -> {
                    if (type == LaneType.FLOAT) {
                        System.arraycopy(frame.floats[register], from, r.floats[t], 0, length);
                    } else {
                        System.arraycopy(frame.ints[register], from, r.ints[t], 0, length);
                    }
                }
                case LaneInstruction.Constant(LaneType type, int bits) ->
                    PlainStage.fill(dtype(type), bits, r, t, length);
                case LaneInstruction.Index(int port, int stride) -> {
                    int first = (int) row(frame, port, row);
                    int[] y = r.ints[t];
                    for (int j = 0; j < length; j++) {
                        y[j] = first + (from + j) * stride;
                    }
                }
                default -> kernels[i].run(r, t, operands[3 * i], operands[3 * i + 1], operands[3 * i + 2], length);
            }
        }
    }

    private Kernel kernel(int i) {
        return switch (instructions.get(i)) {
            case LaneInstruction.Load _, LaneInstruction.LoadScalar _, LaneInstruction.LoadByte _, LaneInstruction.Read _, LaneInstruction.Constant _, LaneInstruction.Index _ ->
                NONE;
            case LaneInstruction.Unary unary -> of(new Op.Unary(unary.kind()), unary.a(), unary.type());
            case LaneInstruction.Binary binary -> binary(binary);
            case LaneInstruction.Compare compare ->
                of(new Op.Compare(compare.comparison(), order(compare.a())), compare.a(), LaneType.MASK);
            case LaneInstruction.Select select -> of(new Op.Select(), select.a(), select.type());
            case LaneInstruction.Convert(LaneType type, int a) -> of(new Op.Convert(dtype(type)), a, type);
            case LaneInstruction.Bitcast(LaneType type, int a) -> typeOf(a) == dtype(type)
                    ? of(new Op.Convert(dtype(type)), a, type)
                    : of(new Op.BitcastConvert(dtype(type)), a, type);
            case LaneInstruction.RoundToBf16 _ -> Conversions.roundToBf16();
        };
    }

    private Comparison.Order order(int operand) {
        return isFloat(operand) ? Comparison.Order.FLOAT : Comparison.Order.SIGNED;
    }

    /// Shifts are almost always by a constant, and then need no look at the distance.
    private Kernel binary(LaneInstruction.Binary binary) {
        if (instructions.get(binary.b()) instanceof LaneInstruction.Constant(LaneType type, int distance)
                && type == LaneType.INT) {
            Kernel shift = IntKernels.shift(binary.kind(), distance);
            if (shift != null) {
                return shift;
            }
        }
        return of(new Op.Binary(binary.kind()), binary.a(), binary.type());
    }

    private DType typeOf(int value) {
        return dtype(instructions.get(value).type());
    }

    private Kernel of(Op op, int operand, LaneType result) {
        Kernel kernel = Kernels.of(op, typeOf(operand), dtype(result));
        if (kernel == null) {
            throw new AssertionError(op + " of " + typeOf(operand));
        }
        return kernel;
    }
}
