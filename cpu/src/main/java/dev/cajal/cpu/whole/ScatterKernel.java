package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Combines slices into a tensor. Each element gets its updates in their row-major order: threads share the elements of a slice, never the slices.
final class ScatterKernel implements WholeKernel {
    /// Elements that one thread should have to do, and of each slice: a few lines of the cache.
    private static final long TASK = 32_768;

    private static final int PART = 64;

    private final IndexVectors vectors;
    private final Line line;
    private final long bytes;
    private final Nest window;
    private final long windowBytes;
    /// Where each update goes within its slice, and the number of its slice: for updates whose order is not slice by slice. Null otherwise.
    private final Optional<Order> order;

    private record Order(Grid offsets, Grid slices, long count, int elementBytes) {}

    private ScatterKernel(Node node, Op.Scatter op, Line line) {
        ScatterDimensions d = op.dimensions();
        Shape operand = node.inputs().getFirst().shape();
        Shape update = node.inputs().get(2).shape();
        DType dtype = node.types().getFirst().dtype();
        long[] operandStrides = operand.strides();
        int[] windowed = d.windowed(operand);
        int[] windowAxes = d.updateWindow().stream().mapToInt(Integer::intValue).sorted().toArray();
        int[] batchAxes = IntStream.range(0, update.rank()).filter(axis -> !d.updateWindow().contains(axis)).toArray();
        int[] windowDims = IntStream.of(windowAxes).map(update::dim).toArray();
        long[] windowStrides = IntStream.of(windowed).mapToLong(axis -> operandStrides[axis]).toArray();
        this.vectors = new IndexVectors(node, d.indexVector(), d.indexMap(), d.operandBatching(), d.indicesBatching(),
                d.slice(operand, update));
        this.line = line;
        this.bytes = node.types().getFirst().byteSize();
        this.window = Nest.of(dtype, windowDims, Shape.of(windowDims).strides(), windowStrides);
        this.windowBytes = window.size() * dtype.byteSize();
        boolean sliceBySlice = windowAxes.length == 0 || batchAxes.length == 0
                || batchAxes[batchAxes.length - 1] < windowAxes[0];
        this.order = sliceBySlice
                ? Optional.empty()
                : Optional.of(order(update, windowAxes, windowStrides, batchAxes, dtype.byteSize()));
    }

    private static Order order(Shape update, int[] windowAxes, long[] windowStrides, int[] batchAxes, int bytes) {
        long[] offsets = new long[update.rank()];
        for (int i = 0; i < windowAxes.length; i++) {
            offsets[windowAxes[i]] = windowStrides[i] * bytes;
        }
        long[] numbers = new long[update.rank()];
        long[] batchStrides = Shape.of(IntStream.of(batchAxes).map(update::dim).toArray()).strides();
        for (int i = 0; i < batchAxes.length; i++) {
            numbers[batchAxes[i]] = batchStrides[i];
        }
        int[] dims = update.toArray();
        return new Order(Grid.of(dims, offsets), Grid.of(dims, numbers), update.size(), bytes);
    }

    /// The kernel of a scatter; empty if its combiner has none for the type.
    static Optional<WholeKernel> of(Node node, Op.Scatter op) {
        return Combine.of(op.combiner(), node.types().getFirst().dtype())
                .map(line -> new ScatterKernel(node, op, line));
    }

    @Override
    public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
        long[] starts = new long[vectors.count()];
        Runnable copy = Moves.copyAll(operands, results, bytes);
        Runnable combine = combine(operands, results, starts);
        return () -> {
            vectors.starts(operands[1], starts);
            copy.run();
            combine.run();
        };
    }

    private Runnable combine(MemorySegment[] operands, MemorySegment[] results, long[] starts) {
        if (window.size() == 0) {
            return () -> {};
        }
        if (order.isPresent()) {
            Order by = order.get();
            return () -> oneByOne(by, starts, operands[2], results[0]);
        }
        int most = (int) Math.min(window.size() * starts.length / TASK, window.size() / PART);
        // By the number of threads, which may change.
        AtomicReference<@Nullable Pieces> cut = new AtomicReference<>();
        return () -> {
            int threads = Math.min(WorkerPool.shared().threads(), most);
            if (threads <= 1) {
                slices(window, starts, operands[2], 0, results[0], 0);
                return;
            }
            Pieces pieces = cut.get();
            if (pieces == null || pieces.threads() != threads) {
                List<Nest.Piece> all = window.pieces(threads);
                pieces = new Pieces(threads, all.size(), task -> {
                    Nest.Piece piece = all.get(task);
                    slices(piece.nest(), starts, operands[2], piece.from(), results[0], piece.to());
                });
                cut.set(pieces);
            }
            WorkerPool.shared().run(pieces.count(), pieces.body());
        };
    }

    /// The elements of slices, shared by some threads.
    private record Pieces(int threads, int count, TaskBody body) {}

    private void slices(Nest nest, long[] starts, MemorySegment updates, long from, MemorySegment target, long to) {
        for (int i = 0; i < starts.length; i++) {
            nest.run(line, updates, from + i * windowBytes, target, to + starts[i]);
        }
    }

    private void oneByOne(Order by, long[] starts, MemorySegment updates, MemorySegment target) {
        int size = by.elementBytes();
        for (long i = 0; i < by.count(); i++) {
            long to = starts[(int) by.slices().at(i)] + by.offsets().at(i);
            line.run(updates, i * size, size, target, to, size, 1);
        }
    }
}
