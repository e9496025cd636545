package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneEnding;
import dev.cajal.cpu.codegen.LaneFrame;
import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.cpu.thread.Recycler;
import dev.cajal.type.DType;
import org.jspecify.annotations.Nullable;

/// A lane program without the Vector API: its instructions run one after the other over registers, some hundred elements at a time.
///
/// Each is a plain loop over arrays that all programs share, so a program is warm as soon as any other has used its operations.
final class ScalarKernel implements LaneKernel {
    private static final int LENGTH = Registers.LENGTH;

    private final LaneEnding[] endings;
    /// The element types of what endings take.
    private final DType[] dtypes;
    /// The functions of endings that accumulate.
    private final @Nullable Kernel[] combiners;
    private final ScalarCode code;
    private final Recycler<Scratch> scratches = new Recycler<>(this::scratch);

    /// What one thread works in.
    ///
    /// @param lanes of endings that reduce
    private record Scratch(Registers registers, @Nullable Lanes[] lanes) {}

    ScalarKernel(LaneProgram program) {
        this.code = new ScalarCode(program);
        this.endings = program.endings().toArray(LaneEnding[]::new);
        this.dtypes = new DType[endings.length];
        this.combiners = new Kernel[endings.length];
        for (int i = 0; i < endings.length; i++) {
            dtypes[i] = ScalarCode.dtype(program.instructions().get(endings[i].value()).type());
            if (endings[i] instanceof LaneEnding.Accumulate accumulate) {
                combiners[i] = Kernels.combiner(accumulate.reducer(), dtypes[i]);
            }
        }
    }

    private Scratch scratch() {
        Lanes[] lanes = new Lanes[endings.length];
        for (int i = 0; i < endings.length; i++) {
            if (endings[i] instanceof LaneEnding.Reduce reduce) {
                lanes[i] = Lanes.of(reduce.reducer(), dtypes[i]);
            }
        }
        return new Scratch(new Registers(LENGTH, code.registers()), lanes);
    }

    @Override
    public void run(LaneFrame frame, long rows, int count) {
        Scratch scratch = scratches.take();
        Registers r = scratch.registers();
        for (long row = 0; row < rows; row++) {
            for (Lanes lanes : scratch.lanes()) {
                if (lanes != null) {
                    lanes.start();
                }
            }
            for (int from = 0; from < count; from += LENGTH) {
                int n = Math.min(LENGTH, count - from);
                code.run(frame, row, from, n, r);
                for (int i = 0; i < endings.length; i++) {
                    Lanes lanes = scratch.lanes()[i];
                    if (lanes == null) {
                        end(i, frame, row, from, n, r);
                    } else {
                        lanes.add(r, code.register(endings[i].value()), n);
                    }
                }
            }
            for (int i = 0; i < endings.length; i++) {
                Lanes lanes = scratch.lanes()[i];
                if (lanes != null && endings[i] instanceof LaneEnding.Reduce reduce) {
                    int spare = code.spare(dtypes[i]);
                    lanes.finish(r, spare);
                    int port = reduce.port();
                    Access.store(frame.memory[port], ScalarCode.row(frame, port, row), dtypes[i], 0, r, spare, 1);
                }
            }
        }
        scratches.give(scratch);
    }

    private void end(int i, LaneFrame frame, long row, int from, int n, Registers r) {
        DType dtype = dtypes[i];
        int register = code.register(endings[i].value());
        switch (endings[i]) {
            case LaneEnding.Store(int port, _) ->
                Access.store(frame.memory[port], ScalarCode.row(frame, port, row), dtype, from, r, register, n);
            case LaneEnding.StoreUpperHalf(int port, _) ->
                Access.store(frame.memory[port], ScalarCode.row(frame, port, row), DType.BF16, from, r, register, n);
            case LaneEnding.Write(int target, _) -> {
                if (dtype == DType.F32) {
                    System.arraycopy(r.floats[register], 0, frame.floats[target], from, n);
                } else {
                    System.arraycopy(r.ints[register], 0, frame.ints[target], from, n);
                }
            }
            case LaneEnding.Accumulate(int port, _, _) -> {
                int spare = code.spare(dtype);
                long start = ScalarCode.row(frame, port, row);
                Access.load(frame.memory[port], start, dtype, from, 1, r, spare, n);
                Kernel combine = combiners[i];
                if (combine != null) {
                    combine.run(r, spare, spare, register, 0, n);
                }
                Access.store(frame.memory[port], start, dtype, from, r, spare, n);
            }
            case LaneEnding.Reduce _ -> throw new AssertionError(endings[i]);
        }
    }
}
