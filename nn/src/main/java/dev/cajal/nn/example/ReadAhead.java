package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Batches that several threads read before they are asked for, at most [#AHEAD] of them, so that memory is bounded whatever is slower, the reading or whoever it is for.
///
/// Each row has its place in its batch, so that nothing depends on who was faster. If a row cannot be read, its batch fails, with the first such row's error.
final class ReadAhead implements RowBatches {
    /// Batches that are being read or wait, besides the one that is handed out.
    static final int AHEAD = 3;

    private final ReadRows rows;
    private final int[] order;
    private final int size;
    private final ExecutorService workers;
    private final Deque<Pending> pending = new ArrayDeque<>();
    /// Where in the order the next batch to be begun is.
    private int begun;
    private volatile boolean closed;

    /// A batch in work.
    private record Pending(MemorySegment elements, List<CompletableFuture<Void>> parts) {}

    ReadAhead(ReadRows rows, int[] order, int from, int size, int threads) {
        this.rows = rows;
        this.order = order;
        this.begun = from;
        this.size = size;
        this.workers = Executors.newFixedThreadPool(threads,
                work -> Thread.ofPlatform().daemon().name("cajal-rows").unstarted(work));
        beginSome();
    }

    private void beginSome() {
        while (pending.size() < AHEAD && begun < order.length) {
            int to = Math.min(order.length, begun + size);
            MemorySegment elements = MemorySegment.ofArray(new byte[Math.toIntExact(size * rows.rowBytes())]);
            List<CompletableFuture<Void>> parts = new ArrayList<>();
            for (int i = begun; i < to; i++) {
                int row = order[i];
                MemorySegment place = elements.asSlice((i - begun) * rows.rowBytes(), rows.rowBytes());
                parts.add(CompletableFuture.runAsync(() -> read(row, place), workers));
            }
            pending.add(new Pending(elements, parts));
            begun = to;
        }
    }

    private void read(int row, MemorySegment place) {
        if (!closed) {
            rows.read(row, place);
        }
    }

    @Override
    public Tensor next() {
        Pending batch = pending.removeFirst();
        for (CompletableFuture<Void> part : batch.parts()) {
            finish(part);
        }
        beginSome();
        for (int i = batch.parts().size(); i < size; i++) {
            MemorySegment.copy(batch.elements(), 0, batch.elements(), i * rows.rowBytes(), rows.rowBytes());
        }
        return Tensor.of(new TensorType(rows.dtype(), rows.shape().insert(0, size)), batch.elements());
    }

    /// Waits, also in a thread that is interrupted: training finishes its step first.
    private static void finish(CompletableFuture<Void> part) {
        try {
            part.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case RuntimeException refused -> throw refused;
                case Error error -> throw error;
                case null, default -> throw failed;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        workers.shutdown();
    }
}
