package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.ir.Node;
import dev.cajal.ir.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/// A fused loop over a matrix, or a batch of them, of which one operand comes in tiles: the tail of a product.
public final class TileLoop {
    private final LoopProgram program;
    private final LoopBody body;

    private TileLoop(LoopProgram program, LoopBody body) {
        this.program = program;
        this.body = body;
    }

    /// The loop of a region.
    ///
    /// @param tiled the value that comes in tiles; the loop reads it only at the point where it is
    /// @param slots where the other values are in memory
    /// @return empty if the loop is not one kernel that goes from memory to memory
    public static Optional<TileLoop> of(
            Region.Loop region, Value tiled, Regions regions, ToIntFunction<Value> slots) {
        int inner = region.space().rank() - 1;
        if (inner < 0 || region.space().dim(inner) < 2
                || !region.outputs().stream().allMatch(output -> LaneFit.storable(output.dtype()))) {
            return Optional.empty();
        }
        Set<Node> inside = regions.inside(region);
        inside.remove(tiled.node());
        ToIntFunction<Value> reads = value -> Regions.memory(value).equals(tiled)
                ? Port.TILE
                : slots.applyAsInt(value);
        Value view = regions.viewsInPlace(region, tiled).orElseThrow().iterator().next();
        List<Value> wanted = region.outputs().stream().map(output -> output.equals(tiled) ? view : output).toList();
        // Rows stay rows, however the operands lie.
        return LoopBuilder.build(region.space(), wanted, List.of(inner), inside, reads)
                .map(built -> new TileLoop(built.program(), body(built, region.outputs(), slots)))
                .filter(loop -> loop.body.direct());
    }

    private static LoopBody body(LoopBuilder.Built built, List<Value> outputs, ToIntFunction<Value> slots) {
        List<Ending> endings = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Value value = outputs.get(i);
            endings.add(new Ending.Store(value.dtype(), built.registers().get(i), slots.applyAsInt(value)));
        }
        return LoopCutter.cut(built.program(), endings, Registers.LENGTH, Set.of());
    }

    /// Room for the kernel.
    public LaneKernel[] kernels() {
        return body.kernels(0);
    }

    /// Gets the kernel to use for the whole matrix.
    ///
    /// @param kernels where it goes
    public void kernels(LaneKernel[] kernels) {
        body.kernels(program.rows() * program.rowLength(), kernels);
    }

    /// Runs the loop over a rectangle.
    ///
    /// @param first its first row
    /// @param tile the elements of the tiled value there
    /// @param rowBytes from row to row of the tile
    public void run(IntFunction<MemorySegment> memory, LaneKernel[] kernels, long first, int rows, int column,
            int columns,
            MemorySegment tile, long rowBytes) {
        Workspace workspace = body.lease();
        int group = program.group();
        for (int row = 0; row < rows;) {
            int together = (int) Math.min(rows - row, group - (first + row) % group);
            program.indices(first + row, workspace.indices());
            body.run(memory, kernels, workspace, column, columns, together, tile, row * rowBytes, rowBytes);
            row += together;
        }
        body.giveBack(workspace);
    }
}
