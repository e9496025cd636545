package dev.cajal.cpu.run;

import dev.cajal.backend.Plan;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A loop with a fixed number of trips. Slices are read and written where they are; the last trip writes the carries to their results, and the trips
/// before it in turn to a second place and there.
final class ScanStep implements Step {
    private static final AtomicLong REPETITIONS = new AtomicLong();

    private final Program body;
    private final Op.Scan scan;
    private final int[] reads;
    private final int[] writes;
    private final Carries carries;
    /// Bytes of one slice.
    private final long[] xs;

    private final long[] ys;

    ScanStep(Program body, Node node, Op.Scan scan, int[] reads, int[] writes) {
        this.body = body;
        this.scan = scan;
        this.reads = reads.clone();
        this.writes = writes.clone();
        this.carries = new Carries(node.types().subList(0, scan.carries()));
        int trips = Math.max(1, scan.length());
        this.xs = node.inputs().subList(scan.carries(), scan.carries() + scan.xs()).stream()
                .mapToLong(input -> input.type().byteSize() / trips)
                .toArray();
        this.ys = node.types().stream().skip(scan.carries()).mapToLong(type -> type.byteSize() / trips).toArray();
    }

    @Override
    public long temporaryBytes() {
        return body.temporaryBytes() + carries.temporaryBytes();
    }

    @Override
    public Optional<Plan.Repeated> repeated() {
        return Optional.of(new Plan.Repeated(Optional.of(scan.length()), List.of(body.plan())));
    }

    @Override
    public Runnable bind(Memory memory) {
        Carries.Second second = carries.allocate();
        MemorySegment[] operands = new MemorySegment[reads.length];
        MemorySegment[] results = new MemorySegment[writes.length];
        MemorySegment[] in = new MemorySegment[reads.length];
        MemorySegment[] out = new MemorySegment[writes.length];
        return () -> {
            memory.get(reads, operands);
            memory.get(writes, results);
            if (scan.length() == 0) {
                carries.copy(operands, results);
                return;
            }
            System.arraycopy(operands, 0, in, 0, in.length);
            trips(operands, results, second.places(), in, out);
        };
    }

    private void trips(MemorySegment[] operands, MemorySegment[] results, MemorySegment[] second, MemorySegment[] in,
            MemorySegment[] out) {
        int count = carries.count();
        long repetition = REPETITIONS.incrementAndGet();
        for (int trip = 0; trip < scan.length(); trip++) {
            int at = scan.reverse() ? scan.length() - 1 - trip : trip;
            boolean toResults = (scan.length() - 1 - trip) % 2 == 0;
            System.arraycopy(toResults ? results : second, 0, out, 0, count);
            for (int i = 0; i < xs.length; i++) {
                in[count + i] = operands[count + i].asSlice(at * xs[i], xs[i]);
            }
            for (int i = 0; i < ys.length; i++) {
                out[count + i] = results[count + i].asSlice(at * ys[i], ys[i]);
            }
            body.runInto(in, out, repetition);
            System.arraycopy(out, 0, in, 0, count);
        }
    }
}
