package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneFrame;
import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// The body of a loop in stages that can be run: kernels where the instructions have 32-bit lanes, plain loops over registers elsewhere. What one
/// stage computes for another stays in registers.
final class LoopBody {
    /// A stage: one or the other.
    sealed interface Stage {
        /// A kernel.
        record Lanes(LaneStage lanes) implements Stage {}

        /// Instructions one after the other.
        record Plain(PlainStage plain) implements Stage {}
    }

    private static final LaneKernel NO_KERNEL = (_, _, _) -> {};
    private static final LaneFrame NO_FRAME = new LaneFrame(0);

    private final LoopProgram program;
    private final List<Stage> stages;
    private final Set<Registers.Name> registers;
    private final int length;
    private final Recycler<Workspace> workspaces = new Recycler<>(this::workspace);

    /// @param registers that are used
    /// @param length of a register
    LoopBody(LoopProgram program, List<Stage> stages, Set<Registers.Name> registers, int length) {
        this.program = program;
        this.stages = List.copyOf(stages);
        this.registers = Set.copyOf(registers);
        this.length = length;
    }

    LoopProgram program() {
        return program;
    }

    /// Whether the body is one kernel that goes from memory to memory, which may work on any number of elements and of rows.
    boolean direct() {
        return registers.isEmpty() && stages.size() == 1 && stages.getFirst() instanceof Stage.Lanes;
    }

    /// The most elements of a row that may be computed at once.
    int chunk() {
        return direct() ? Integer.MAX_VALUE : length;
    }

    /// The kernels to use for some elements, one for each stage; a plain stage has none.
    LaneKernel[] kernels(long elements) {
        LaneKernel[] kernels = new LaneKernel[stages.size()];
        kernels(elements, kernels);
        return kernels;
    }

    /// As [#kernels(long)].
    ///
    /// @param kernels where they go
    void kernels(long elements, LaneKernel[] kernels) {
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = switch (stages.get(i)) {
                case Stage.Lanes(LaneStage lanes) -> lanes.kernel(elements);
                case Stage.Plain _ -> NO_KERNEL;
            };
        }
    }

    Workspace lease() {
        return workspaces.take();
    }

    void giveBack(Workspace workspace) {
        workspaces.give(workspace);
    }

    private Workspace workspace() {
        Registers arrays = new Registers(direct() ? 0 : length, registers);
        LaneFrame[] frames = stages.stream().map(stage -> switch (stage) {
            case Stage.Lanes(LaneStage lanes) -> lanes.frame(arrays);
            case Stage.Plain _ -> NO_FRAME;
        }).toArray(LaneFrame[]::new);
        return new Workspace(arrays, frames, new long[Math.max(0, program.rank() - 1)]);
    }

    /// Computes elements `from` to `from + n` of the row whose indices are in the workspace; of several rows of a group, if the body is
    /// [direct][#direct].
    void run(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, int from, int n, int rows) {
        for (int i = 0; i < kernels.length; i++) {
            run(i, memory, kernels, workspace, from, n, rows);
        }
    }

    private void run(int stage, IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, int from,
            int n, int rows) {
        switch (stages.get(stage)) {
            case Stage.Plain(PlainStage plain) ->
                plain.run(memory, workspace.indices(), from, n, workspace.registers());
            case Stage.Lanes(LaneStage lanes) -> {
                LaneFrame frame = workspace.frames()[stage];
                lanes.place(frame, memory, workspace.indices(), from);
                kernels[stage].run(frame, rows, n);
            }
        }
    }

    /// As [#run], for a [direct][#direct] body that reads a tile.
    ///
    /// @param offset the byte of the tile that belongs to the first element
    /// @param step from row to row of the tile
    void run(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, int from, int n, int rows,
            MemorySegment tile, long offset, long step) {
        if (stages.getFirst() instanceof Stage.Lanes(LaneStage lanes)) {
            LaneFrame frame = workspace.frames()[0];
            lanes.place(frame, memory, workspace.indices(), from);
            lanes.aimTile(frame, tile, offset, step);
            kernels[0].run(frame, rows, n);
        }
    }

    /// As [#run], for a body whose last stage is a kernel that writes where it is told to.
    ///
    /// @param pieces whether the rows are pieces of one row, `n` elements each
    /// @param targets for each ending the byte where the first row's results go
    /// @param targetSteps from there to the next
    void run(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, int from, int n, int rows,
            boolean pieces, long[] targets, long[] targetSteps) {
        int last = kernels.length - 1;
        for (int i = 0; i < last; i++) {
            run(i, memory, kernels, workspace, from, n, rows);
        }
        if (stages.get(last) instanceof Stage.Lanes(LaneStage lanes)) {
            LaneFrame frame = workspace.frames()[last];
            lanes.place(frame, memory, workspace.indices(), from);
            lanes.setSteps(frame, pieces ? n : 0);
            lanes.aim(frame, targets, targetSteps);
            kernels[last].run(frame, rows, n);
        }
    }

    /// As [#run], for a body whose last stage is a kernel that reduces or accumulates.
    ///
    /// @param pieces whether the rows are pieces of one row, `n` elements each
    /// @param target the byte where the result of the first row goes
    /// @param targetStep from there to the next
    void reduce(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, int from, int n, int rows,
            boolean pieces, long target, long targetStep) {
        int last = kernels.length - 1;
        for (int i = 0; i < last; i++) {
            run(i, memory, kernels, workspace, from, n, rows);
        }
        if (stages.get(last) instanceof Stage.Lanes(LaneStage lanes)) {
            LaneFrame frame = workspace.frames()[last];
            lanes.place(frame, memory, workspace.indices(), from);
            lanes.setSteps(frame, pieces ? n : 0);
            lanes.aim(frame, target, targetStep);
            kernels[last].run(frame, rows, n);
        }
    }
}
