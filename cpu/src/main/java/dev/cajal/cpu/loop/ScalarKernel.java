package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneEnding;
import dev.cajal.cpu.codegen.LaneFrame;
import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A lane program without the Vector API: its instructions run one after the other over registers, some hundred elements at a time.
///
/// Each is a plain loop over arrays that all programs share, so a program is warm as soon as any other has used its operations.
final class ScalarKernel implements LaneKernel {
    private static final int LENGTH = Registers.LENGTH;

    private final LaneProgram program;
    private final ScalarCode code;
    private final Queue<Registers> idle = new ConcurrentLinkedQueue<>();

    ScalarKernel(LaneProgram program) {
        this.program = program;
        this.code = new ScalarCode(program);
    }

    @Override
    public void run(LaneFrame frame, long rows, int count) {
        Registers leased = idle.poll();
        Registers r = leased != null ? leased : new Registers(LENGTH, code.registers());
        List<Lanes> reductions = startReductions();
        for (long row = 0; row < rows; row++) {
            reductions.forEach(Lanes::start);
            for (int from = 0; from < count; from += LENGTH) {
                int n = Math.min(LENGTH, count - from);
                code.run(frame, row, from, n, r);
                int reduction = 0;
                for (LaneEnding ending : program.endings()) {
                    if (ending instanceof LaneEnding.Reduce reduce) {
                        reductions.get(reduction++).add(r, code.register(reduce.value()), n);
                    } else {
                        end(ending, frame, row, from, n, r);
                    }
                }
            }
            finish(reductions, frame, row, r);
        }
        idle.add(r);
    }

    /// The element type of a value in registers.
    private DType dtype(int value) {
        return ScalarCode.dtype(program.instructions().get(value).type());
    }

    private List<Lanes> startReductions() {
        List<Lanes> reductions = new ArrayList<>();
        for (LaneEnding ending : program.endings()) {
            if (ending instanceof LaneEnding.Reduce reduce) {
                reductions.add(Lanes.of(reduce.reducer(), dtype(reduce.value())));
            }
        }
        return reductions;
    }

    private void finish(List<Lanes> reductions, LaneFrame frame, long row, Registers r) {
        int reduction = 0;
        for (LaneEnding ending : program.endings()) {
            if (ending instanceof LaneEnding.Reduce reduce) {
                DType dtype = dtype(reduce.value());
                int spare = code.spare(dtype);
                reductions.get(reduction++).finish(r, spare);
                int port = reduce.port();
                MemorySegment target = frame.memory[port].asSlice(frame.offsets[port] + row * frame.steps[port]);
                Access.store(target, dtype, 0, r, spare, 1);
            }
        }
    }

    private void end(LaneEnding ending, LaneFrame frame, long row, int from, int n, Registers r) {
        DType dtype = dtype(ending.value());
        int register = code.register(ending.value());
        switch (ending) {
            case LaneEnding.Store(int port, _) ->
                Access.store(ScalarCode.row(frame, port, row), dtype, from, r, register, n);
            case LaneEnding.StoreUpperHalf(int port, _) ->
                Access.store(ScalarCode.row(frame, port, row), DType.BF16, from, r, register, n);
            case LaneEnding.Write(int target, _) -> {
                if (dtype == DType.F32) {
                    System.arraycopy(r.floats[register], 0, frame.floats[target], from, n);
                } else {
                    System.arraycopy(r.ints[register], 0, frame.ints[target], from, n);
                }
            }
            case LaneEnding.Accumulate(int port, Reducer reducer, _) -> {
                int spare = code.spare(dtype);
                MemorySegment memory = ScalarCode.row(frame, port, row);
                Access.load(memory, dtype, from, 1, r, spare, n);
                Kernels.combiner(reducer, dtype).run(r, spare, spare, register, 0, n);
                Access.store(memory, dtype, from, r, spare, n);
            }
            case LaneEnding.Reduce _ -> throw new AssertionError(ending);
        }
    }
}
