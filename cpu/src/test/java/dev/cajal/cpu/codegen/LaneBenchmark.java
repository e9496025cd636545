package dev.cajal.cpu.codegen;

import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes per second of fused kernels beside those of a copy, at one thread and two.
///
/// `java --add-modules jdk.incubator.vector -cp ... dev.cajal.cpu.codegen.LaneBenchmark [bits]`
public final class LaneBenchmark {
    private LaneBenchmark() {}

    private static final Arena ARENA = Arena.ofShared();

    /// One thing to measure.
    ///
    /// @param bytes read and written
    /// @param tasks how many
    record Case(String name, long bytes, int tasks, Body body) {}

    interface Body {
        void run(LaneFrame frame, int task);
    }

    static MemorySegment floats(long count) {
        MemorySegment segment = ARENA.allocate(count * 4, 64);
        for (long i = 0; i < count; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) Math.sin(i * 0.7) + 0.01f);
        }
        return segment;
    }

    static MemorySegment absolute(long count) {
        MemorySegment segment = floats(count);
        for (long i = 0; i < count; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, Math.abs(segment.getAtIndex(ValueLayout.JAVA_FLOAT, i)));
        }
        return segment;
    }

    public static void main(String[] args) {
        int bits = args.length > 0 ? Integer.parseInt(args[0]) : 512;
        List<Case> cases = new ArrayList<>();
        cases.add(copy());
        if (!Boolean.getBoolean("nogelu"))
            cases.add(gelu(bits));
        cases.add(adamW(bits));
        cases.add(biasRelu(bits, 128, 512));
        cases.add(sumOfSquares(bits, 2048, 768));
        cases.add(rowMax(bits, 2048, 768));
        cases.add(columnSums(bits, 512, 1024));
        for (int threads = 1; threads <= 2; threads++) {
            try (WorkerPool pool = WorkerPool.withThreads(threads)) {
                for (Case c : cases) {
                    run(pool, c, 0.7);
                }
                for (Case c : cases) {
                    double[] times = run(pool, c, 0.5);
                    System.out.printf("%d threads  %-24s median %9.1f us  best %9.1f us  %6.1f GB/s%n", threads, c.name,
                            times[times.length / 2] / 1e3, times[0] / 1e3, c.bytes / times[times.length / 2]);
                }
            }
        }
    }

    static double[] run(WorkerPool pool, Case c, double seconds) {
        LaneFrame[] frames = new LaneFrame[c.tasks];
        Arrays.setAll(frames, _ -> new LaneFrame(16));
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            pool.run(c.tasks, task -> c.body.run(frames[task], task));
            times.add((double) (System.nanoTime() - start));
        }
        return times.stream().mapToDouble(d -> d).sorted().toArray();
    }

    static Case copy() {
        long n = 8 << 20;
        MemorySegment x = floats(n);
        MemorySegment y = floats(n);
        long part = n * 4 / 64;
        return new Case("copy 8M", n * 8, 64,
                (frame, task) -> MemorySegment.copy(x, task * part, y, task * part, part));
    }

    /// A task of elements [task * size, (task + 1) * size) of flat arrays.
    static Case flat(String name, LaneProgram program, int bits, long n, int size, MemorySegment... memory) {
        LaneKernel kernel = warm(name, program, bits);
        return new Case(name, n * 4 * memory.length, (int) Math.ceilDiv(n, size), (frame, task) -> {
            for (int p = 0; p < memory.length; p++) {
                frame.memory[p] = memory[p];
                frame.offsets[p] = (long) task * size * 4;
            }
            kernel.run(frame, 1, (int) Math.min(size, n - (long) task * size));
        });
    }

    static Case rows(String name, LaneProgram program, int bits, int rows, int n, int perTask, long bytes,
            MemorySegment[] memory, long[] steps) {
        LaneKernel kernel = warm(name, program, bits);
        return new Case(name, bytes, Math.ceilDiv(rows, perTask), (frame, task) -> {
            for (int p = 0; p < memory.length; p++) {
                frame.memory[p] = memory[p];
                frame.offsets[p] = (long) task * perTask * steps[p];
                frame.steps[p] = steps[p];
            }
            kernel.run(frame, Math.min(perTask, rows - task * perTask), n);
        });
    }

    /// A kernel that is warm: nine of the last ten rounds took about as long as the fastest one.
    static LaneKernel warm(String name, LaneProgram program, int bits) {
        long start = System.nanoTime();
        LaneKernel kernel = LaneKernels.of(program, bits);
        long defined = System.nanoTime();
        LaneTrial trial = LaneTrial.of(program);
        double fastest = Double.MAX_VALUE;
        for (int steady = 0, rounds = 0; steady < 10 || rounds < 2000; rounds++) {
            long before = System.nanoTime();
            trial.run(kernel);
            double time = System.nanoTime() - before;
            steady = time < 0.7 * fastest ? 0 : time < 1.5 * fastest ? steady + 1 : steady;
            fastest = Math.min(fastest, time);
        }
        System.out.printf("%-24s defined in %.1f ms, warm after %.0f ms%n", name, (defined - start) / 1e6,
                (System.nanoTime() - defined) / 1e6);
        return kernel;
    }

    static Case gelu(int bits) {
        int n = 1024;
        int rows = 4096;
        var p = new ProgramBuilder();
        int x = p.plus(p.load(), p.load());
        int cube = p.times(p.times(x, x), x);
        int u = p.times(p.constant(0.7978846f), p.plus(x, p.times(p.constant(0.044715f), cube)));
        int g = p.times(p.times(p.constant(0.5f), x), p.plus(p.constant(1f), p.unary(UnaryKind.TANH, u)));
        return rows("gelu(x+b) 4M", p.store(g).build(), bits, rows, n, 16, 8L * rows * n,
                new MemorySegment[] {floats((long) rows * n), floats(n), floats((long) rows * n)},
                new long[] {4L * n, 0, 4L * n});
    }

    static Case adamW(int bits) {
        int n = 10_000_000;
        var p = new ProgramBuilder();
        int w = p.load();
        int g = p.load();
        int m = p.load();
        int v = p.load();
        int b1 = p.constant(0.9f);
        int b2 = p.constant(0.999f);
        int m2 = p.plus(p.times(m, b1), p.times(g, p.constant(0.1f)));
        int v2 = p.plus(p.times(v, b2), p.times(p.times(g, g), p.constant(0.001f)));
        int denominator = p.plus(p.times(p.unary(UnaryKind.SQRT, v2), p.constant(1.01f)), p.constant(1e-8f));
        int step = p.binary(BinaryKind.DIVIDE, p.times(m2, p.constant(1e-3f)), denominator);
        int w2 = p.minus(p.times(w, p.constant(0.9999f)), step);
        LaneProgram program = p.end(new LaneEnding.Store(0, w2)).end(new LaneEnding.Store(2, m2))
                .end(new LaneEnding.Store(3, v2)).build();
        Case flat = flat("AdamW 10M", program, bits, n, 1 << 14, floats(n), floats(n), floats(n), absolute(n));
        return new Case(flat.name, n * 28L, flat.tasks, flat.body);
    }

    static Case biasRelu(int bits, int rows, int n) {
        var p = new ProgramBuilder();
        int x = p.binary(BinaryKind.MAXIMUM, p.plus(p.load(), p.load()), p.constant(0f));
        return rows("bias+relu 128x512", p.store(x).build(), bits, rows, n, 32, 8L * rows * n,
                new MemorySegment[] {floats((long) rows * n), floats(n), floats((long) rows * n)},
                new long[] {4L * n, 0, 4L * n});
    }

    static Case sumOfSquares(int bits, int rows, int n) {
        var p = new ProgramBuilder();
        int x = p.load();
        return rows("sum of squares 2048x768", p.reduce(Reducer.SUM, p.times(x, x)).build(), bits, rows, n, 32,
                4L * rows * n, new MemorySegment[] {floats((long) rows * n), floats(rows)}, new long[] {4L * n, 4});
    }

    static Case rowMax(int bits, int rows, int n) {
        var p = new ProgramBuilder();
        int x = p.load();
        return rows("max 2048x768", p.reduce(Reducer.MAX, x).build(), bits, rows, n, 32, 4L * rows * n,
                new MemorySegment[] {floats((long) rows * n), floats(rows)}, new long[] {4L * n, 4});
    }

    static Case columnSums(int bits, int rows, int n) {
        var p = new ProgramBuilder();
        LaneKernel kernel = warm("column sums", p.accumulate(Reducer.SUM, p.load()).build(), bits);
        MemorySegment x = floats((long) rows * n);
        MemorySegment y = floats(2L * n);
        int columns = 256;
        int perBlock = n / columns;
        return new Case("column sums 512x1024", 4L * rows * n, 2 * perBlock, (frame, task) -> {
            frame.memory[0] = y;
            frame.memory[1] = x;
            // load() was port 0, the accumulation port 1
            frame.memory[0] = x;
            frame.memory[1] = y;
            int block = task / perBlock;
            int from = task % perBlock * columns;
            y.asSlice((block * n + from) * 4L, columns * 4L).fill((byte) 0);
            frame.offsets[0] = (block * 256L * n + from) * 4;
            frame.steps[0] = 4L * n;
            frame.offsets[1] = (block * n + from) * 4L;
            frame.steps[1] = 0;
            kernel.run(frame, 256, columns);
        });
    }
}
