package dev.cajal.cpu.loop;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.cpu.codegen.LaneWeight;
import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.ir.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Cuts the body of a loop into stages.
///
/// Instructions for lanes and others cannot be in one stage, so a value that goes from one kind to the other ends a stage; so does a kernel that has become
/// too heavy. Reads of memory, constants and counters are no values to hand over: each stage that needs one has its own.
///
/// All that kernels write to memory is written by the last one, since an earlier one might write over what a later one reads.
final class LoopCutter {
    /// The stage of what each stage has for itself.
    private static final int EVERYWHERE = -1;

    private final LoopProgram program;
    private final List<Ending> endings;
    private final Map<Registers.Name, Integer> makers = new HashMap<>();
    /// The stage of each instruction; even ones are plain, odd ones are kernels.
    private final int[] stages;
    private final Map<Integer, Integer> weights = new HashMap<>();
    /// The stage that writes to memory.
    private int writing;

    private final Set<Registers.Name> registers = new HashSet<>();
    /// Values that a kernel computes and another stage needs.
    private final Set<Integer> handedOver = new TreeSet<>();

    private LoopCutter(LoopProgram program, List<Ending> endings, Set<Registers.Name> spare) {
        this.program = program;
        this.endings = endings;
        this.registers.addAll(spare);
        this.stages = new int[program.instructions().size()];
    }

    /// The stages of a body.
    ///
    /// @param endings those of types that lanes cannot have in memory must be [Ending.Keep]
    /// @param length of registers
    /// @param spare registers that the caller needs for itself
    static LoopBody cut(LoopProgram program, List<Ending> endings, int length, Set<Registers.Name> spare) {
        LoopCutter cutter = new LoopCutter(program, endings, spare);
        cutter.number();
        cutter.chooseRegisters();
        return cutter.build(length);
    }

    private Instruction instruction(int position) {
        return program.instructions().get(position);
    }

    private static boolean isKernel(int stage) {
        return stage % 2 == 1;
    }

    private int maker(Ending ending) {
        return maker(Registers.Name.of(ending.dtype(), ending.register()));
    }

    private int maker(Registers.Name name) {
        Integer maker = makers.get(name);
        if (maker == null) {
            throw new IllegalArgumentException(name + " is used before it is made");
        }
        return maker;
    }

    private List<Integer> operands(int position) {
        List<Integer> operands = new ArrayList<>();
        if (instruction(position) instanceof Instruction.Apply apply) {
            for (int i = 0; i < apply.operands().size(); i++) {
                operands.add(maker(Registers.Name.of(apply.operandType(i), apply.operand(i))));
            }
        }
        return operands;
    }

    private void number() {
        int last = 0;
        for (int i = 0; i < stages.length; i++) {
            makers.put(Registers.Name.of(instruction(i)), i);
            boolean kernel = LaneFit.fits(instruction(i), program.dims());
            if (!(instruction(i) instanceof Instruction.Apply apply)) {
                stages[i] = kernel ? EVERYWHERE : 0;
                continue;
            }
            int stage = kernel ? 1 : 0;
            for (int operand : operands(i)) {
                if (stages[operand] != EVERYWHERE) {
                    stage = Math.max(stage, stages[operand] + (isKernel(stages[operand]) == kernel ? 0 : 1));
                }
            }
            if (kernel) {
                int weight = weight(apply);
                while (weights.containsKey(stage) && weights.get(stage) + weight > LaneProgram.MOST_WEIGHT) {
                    stage += 2;
                }
                weights.merge(stage, weight, Integer::sum);
            }
            stages[i] = stage;
            last = Math.max(last, stage);
        }
        for (Ending ending : endings) {
            if (ending instanceof Ending.Keep && stages[maker(ending)] == EVERYWHERE) {
                stages[maker(ending)] = 0;
            }
        }
        writing = isKernel(last) ? last : last + 1;
        boolean reduces = endings.stream().anyMatch(ending -> ending instanceof Ending.Reduce);
        int parts = Lanes.available() ? ReductionOrder.LANES / Lanes.floats() : 1;
        if (reduces && weights.getOrDefault(writing, 0) * parts > LaneProgram.MOST_WEIGHT) {
            writing += 2;
        }
    }

    /// The weight of an instruction in a kernel.
    static int weight(Instruction.Apply apply) {
        return switch (apply.op()) {
            case Op.Unary unary -> LaneWeight.of(unary.kind());
            case Op.Binary binary -> LaneWeight.of(binary.kind());
            default -> 1;
        };
    }

    private void chooseRegisters() {
        for (int i = 0; i < stages.length; i++) {
            boolean plain = stages[i] != EVERYWHERE && !isKernel(stages[i]);
            if (plain) {
                registers.add(Registers.Name.of(instruction(i)));
            }
            for (int operand : operands(i)) {
                if (stages[operand] == EVERYWHERE) {
                    if (plain) {
                        registers.add(Registers.Name.of(instruction(operand)));
                    }
                } else if (stages[operand] != stages[i]) {
                    handOver(operand);
                }
            }
        }
        for (Ending ending : endings) {
            int maker = maker(ending);
            if (stages[maker] != EVERYWHERE && (ending instanceof Ending.Keep || stages[maker] != writing)) {
                handOver(maker);
            }
        }
    }

    private void handOver(int position) {
        registers.add(Registers.Name.of(instruction(position)));
        if (isKernel(stages[position])) {
            handedOver.add(position);
        }
    }

    private LoopBody build(int length) {
        List<LoopBody.Stage> built = new ArrayList<>();
        for (int stage = 0; stage <= writing; stage++) {
            if (isKernel(stage)) {
                LaneStage.Builder lanes = kernel(stage);
                if (!lanes.program().endings().isEmpty()) {
                    built.add(new LoopBody.Stage.Lanes(lanes.build()));
                }
            } else {
                List<Instruction> plain = plain(stage);
                if (!plain.isEmpty()) {
                    built.add(new LoopBody.Stage.Plain(new PlainStage(plain)));
                }
            }
        }
        return new LoopBody(program, built, registers, length);
    }

    private List<Instruction> plain(int stage) {
        Set<Integer> positions = new TreeSet<>();
        for (int i = 0; i < stages.length; i++) {
            if (stages[i] == stage) {
                positions.add(i);
                operands(i).stream().filter(operand -> stages[operand] == EVERYWHERE).forEach(positions::add);
            }
        }
        return positions.stream().map(this::instruction).toList();
    }

    private LaneStage.Builder kernel(int stage) {
        LaneStage.Builder lanes = new LaneStage.Builder(program);
        for (int i = 0; i < stages.length; i++) {
            if (stages[i] == stage) {
                operands(i).forEach(operand -> provide(lanes, operand));
                lanes.compute(instruction(i));
                if (handedOver.contains(i)) {
                    lanes.write(Registers.Name.of(instruction(i)));
                }
            }
        }
        if (stage == writing) {
            List<Ending> written = endings.stream().filter(ending -> !(ending instanceof Ending.Keep)).toList();
            // The ports of endings are the last ones.
            written.forEach(ending -> provide(lanes, maker(ending)));
            written.forEach(lanes::end);
        }
        return lanes;
    }

    private void provide(LaneStage.Builder lanes, int position) {
        Instruction instruction = instruction(position);
        if (!lanes.has(Registers.Name.of(instruction))) {
            if (stages[position] == EVERYWHERE) {
                lanes.compute(instruction);
            } else {
                lanes.read(instruction);
            }
        }
    }
}
