package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneEnding;
import dev.cajal.cpu.codegen.LaneFrame;
import dev.cajal.cpu.codegen.LaneInstruction;
import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.cpu.codegen.LaneType;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Op;
import dev.cajal.ir.UnaryKind;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Instructions that run as one kernel.
final class LaneStage {
    private final LaneCode code;
    private final List<Port> ports;
    private final List<Registers.Name> floats;
    private final List<Registers.Name> ints;

    private LaneStage(LaneCode code, List<Port> ports, List<Registers.Name> floats, List<Registers.Name> ints) {
        this.code = code;
        this.ports = List.copyOf(ports);
        this.floats = List.copyOf(floats);
        this.ints = List.copyOf(ints);
    }

    /// The kernel to use for some elements.
    LaneKernel kernel(long elements) {
        return code.kernel(elements);
    }

    /// A frame over registers.
    LaneFrame frame(Registers registers) {
        float[][] floatArrays = floats.stream().map(name -> registers.floats[name.number()]).toArray(float[][]::new);
        int[][] intArrays = ints.stream().map(name -> registers.ints[name.number()]).toArray(int[][]::new);
        LaneFrame frame = new LaneFrame(ports.size(), floatArrays, intArrays);
        setSteps(frame, 0);
        return frame;
    }

    /// Sets the frame to rows that begin at a point of the loops.
    ///
    /// @param indices of the outer loops
    void place(LaneFrame frame, IntFunction<MemorySegment> memory, long[] indices, long from) {
        for (int i = 0; i < ports.size(); i++) {
            Port port = ports.get(i);
            if (port.slot() > Port.TILE) {
                frame.memory[i] = memory.apply(port.slot());
            }
            frame.offsets[i] = port.position(indices, from);
        }
    }

    /// Says where the elements of a tile are, after [#place].
    void aimTile(LaneFrame frame, MemorySegment tile, long offset, long step) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).slot() == Port.TILE) {
                frame.memory[i] = tile;
                frame.offsets[i] = offset;
                frame.steps[i] = step;
            }
        }
    }

    /// Says what is from row to row.
    ///
    /// @param piece how many elements of a row are one row of the frame; 0 if its rows are the loop's
    void setSteps(LaneFrame frame, int piece) {
        for (int i = 0; i < ports.size(); i++) {
            frame.steps[i] = piece > 0 ? ports.get(i).step(piece) : ports.get(i).rowStep();
        }
    }

    /// Says where the last ending writes to.
    void aim(LaneFrame frame, long target, long step) {
        frame.offsets[ports.size() - 1] = target;
        frame.steps[ports.size() - 1] = step;
    }

    /// Says where each ending writes to.
    void aim(LaneFrame frame, long[] targets, long[] steps) {
        int first = ports.size() - targets.length;
        System.arraycopy(targets, 0, frame.offsets, first, targets.length);
        System.arraycopy(steps, 0, frame.steps, first, steps.length);
    }

    /// Puts together the lane program of a stage.
    static final class Builder {
        private final LoopProgram program;
        private final List<LaneInstruction> instructions = new ArrayList<>();
        private final List<LaneEnding> endings = new ArrayList<>();
        private final Map<Registers.Name, Integer> values = new HashMap<>();
        private final List<Port> ports = new ArrayList<>();
        private final List<Registers.Name> floats = new ArrayList<>();
        private final List<Registers.Name> ints = new ArrayList<>();

        Builder(LoopProgram program) {
            this.program = program;
        }

        /// Whether a value is known here.
        boolean has(Registers.Name name) {
            return values.containsKey(name);
        }

        /// Reads a value that another stage has left in its register.
        void read(Instruction instruction) {
            LaneType type = LaneFit.lanes(instruction.dtype()).orElseThrow();
            Registers.Name name = Registers.Name.of(instruction);
            values.put(name, add(new LaneInstruction.Read(type, register(name))));
        }

        /// Computes a value here.
        void compute(Instruction instruction) {
            values.put(Registers.Name.of(instruction), switch (instruction) {
                case Instruction.Load load -> {
                    LaneType type = LaneFit.lanes(load.dtype()).orElseThrow();
                    int port = port(new Port(load.slot(), load.dtype().byteSize(), load.offset(), load.strides()));
                    yield add(load(type, port, load));
                }
                case Instruction.Fill fill -> constant(fill);
                case Instruction.Index index -> {
                    int port = port(new Port(Port.NUMBER, 1, index.offset(), index.strides()));
                    int number = add(new LaneInstruction.Index(port, (int) LaneFit.innermost(index.strides())));
                    yield index.dtype() == DType.F32
                            ? add(new LaneInstruction.Convert(LaneType.FLOAT, number))
                            : number;
                }
                case Instruction.Apply apply -> apply(apply);
            });
        }

        private static LaneInstruction load(LaneType type, int port, Instruction.Load load) {
            if (!LaneFit.inMemory(load.dtype())) {
                return new LaneInstruction.LoadByte(type, port);
            }
            return LaneFit.innermost(load.strides()) == 0
                    ? new LaneInstruction.LoadScalar(type, port)
                    : new LaneInstruction.Load(type, port);
        }

        private int constant(Instruction.Fill fill) {
            int bits = (int) fill.bits();
            return switch (fill.dtype()) {
                case F32 -> add(new LaneInstruction.Constant(LaneType.FLOAT, bits));
                case BF16 -> add(new LaneInstruction.Constant(LaneType.FLOAT, bits << Short.SIZE));
                case I32, U8 -> add(new LaneInstruction.Constant(LaneType.INT, bits));
                case BOOL -> add(new LaneInstruction.Convert(LaneType.MASK,
                        add(new LaneInstruction.Constant(LaneType.INT, bits))));
                case F64, I64 -> throw new AssertionError(fill);
            };
        }

        private int apply(Instruction.Apply apply) {
            int a = operand(apply, 0);
            LaneType type = LaneFit.lanes(apply.dtype()).orElseThrow();
            boolean bf16 = apply.dtype() == DType.BF16;
            return switch (apply.op()) {
                case Op.Unary(UnaryKind kind) -> bf16 && kind == UnaryKind.RSQRT
                        ? rsqrtOfBf16(a)
                        : rounded(add(new LaneInstruction.Unary(type, kind, a)), bf16);
                case Op.Binary(BinaryKind kind) ->
                    rounded(add(new LaneInstruction.Binary(type, kind, a, operand(apply, 1))), bf16);
                case Op.Compare compare ->
                    add(new LaneInstruction.Compare(compare.comparison(), a, operand(apply, 1)));
                case Op.Select _ -> add(new LaneInstruction.Select(type, a, operand(apply, 1), operand(apply, 2)));
                case Op.Convert _ -> rounded(add(new LaneInstruction.Convert(type, a)), bf16);
                case Op.BitcastConvert _ -> add(new LaneInstruction.Bitcast(type, a));
                default -> throw new AssertionError(apply);
            };
        }

        private int operand(Instruction.Apply apply, int position) {
            Registers.Name name = Registers.Name.of(apply.operandType(position), apply.operand(position));
            Integer value = values.get(name);
            if (value == null) {
                throw new AssertionError(name + " is used before it is known");
            }
            return value;
        }

        private int rounded(int value, boolean bf16) {
            return bf16 ? add(new LaneInstruction.RoundToBf16(value)) : value;
        }

        /// Two correctly rounded steps, as the operation is defined.
        private int rsqrtOfBf16(int a) {
            int root = rounded(add(new LaneInstruction.Unary(LaneType.FLOAT, UnaryKind.SQRT, a)), true);
            int one = add(new LaneInstruction.Constant(LaneType.FLOAT, Float.floatToRawIntBits(1f)));
            return rounded(add(new LaneInstruction.Binary(LaneType.FLOAT, BinaryKind.DIVIDE, one, root)), true);
        }

        /// Leaves a value in its register for other stages.
        void write(Registers.Name name) {
            endings.add(new LaneEnding.Write(register(name), value(name)));
        }

        /// Ends with what the loop does with a value.
        void end(Ending ending) {
            int value = value(Registers.Name.of(ending.dtype(), ending.register()));
            Port port = new Port(ending.slot(), ending.dtype().byteSize(), 0, ending.strides(program));
            endings.add(switch (ending) {
                case Ending.Store store when store.dtype() == DType.BF16 ->
                    new LaneEnding.StoreUpperHalf(port(port), value);
                case Ending.Store _ -> new LaneEnding.Store(port(port), value);
                case Ending.Accumulate accumulate ->
                    new LaneEnding.Accumulate(port(port), accumulate.reducer(), value);
                case Ending.Reduce reduce -> new LaneEnding.Reduce(port(port), reduce.reducer(), value);
                case Ending.Keep _ -> throw new AssertionError(ending);
            });
        }

        private int value(Registers.Name name) {
            Integer value = values.get(name);
            if (value == null) {
                throw new AssertionError(name + " is not known");
            }
            return value;
        }

        private int add(LaneInstruction instruction) {
            instructions.add(instruction);
            return instructions.size() - 1;
        }

        private int port(Port port) {
            ports.add(port);
            return ports.size() - 1;
        }

        private int register(Registers.Name name) {
            List<Registers.Name> names = name.kind() == Registers.Kind.FLOAT ? floats : ints;
            int known = names.indexOf(name);
            if (known < 0) {
                names.add(name);
                return names.size() - 1;
            }
            return known;
        }

        /// The program so far.
        LaneProgram program() {
            return new LaneProgram(instructions, endings);
        }

        LaneStage build() {
            return new LaneStage(LaneCode.of(program()), ports, floats, ints);
        }
    }
}
