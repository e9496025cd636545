package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Locale;

/// Measures matrix products; not a test. Arguments: `[scalar|vector] [threads] [m,n,k,form ...]`, the form one of nn, nt, tn, tt.
public final class MatmulBenchmark {
    private static final String[] SHAPES = {"512,512,512,nn", "1024,1024,1024,nn", "2048,2048,2048,nn",
        "128,512,784,nn",
        "64,4096,1024,nn", "128,512,512,nt", "784,512,128,tn", "512,512,128,tn", "128,10,512,nn", "512,10,128,tn",
        "128,512,10,nt", "1,512,784,nn", "1,512,784,nt", "1024,384,384,nn", "256,256,64,nt", "6,512,512,nn",
        "24,512,512,nn"};

    private MatmulBenchmark() {}

    public static void main(String[] args) {
        MatmulKernel kernel = args.length > 0 && args[0].equals("scalar")
                ? MatmulKernels.scalar()
                : MatmulKernels.vector();
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        String[] shapes = args.length > 2 ? Arrays.copyOfRange(args, 2, args.length) : SHAPES;
        System.out.printf("%s, %d bits, %d threads%n", kernel.getClass().getSimpleName(), Lanes.bits(), threads);
        try (Arena arena = Arena.ofShared(); WorkerPool pool = WorkerPool.withThreads(threads)) {
            for (String shape : shapes) {
                String[] parts = shape.split(",");
                Product product = Product.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]),
                        Integer.parseInt(parts[2]), parts[3].charAt(0) == 't', parts[3].charAt(1) == 't');
                MemorySegment a = arena.allocate(4L * product.m() * product.k(), 64);
                MemorySegment b = arena.allocate(4L * product.k() * product.n(), 64);
                MemorySegment c = arena.allocate(4L * product.m() * product.n(), 64);
                FloatMatmul matmul = new FloatMatmul(pool, product);
                double[] nanos = measure(() -> matmul.multiply(kernel, a, 0, b, 0, c, 0));
                System.out.printf(Locale.ROOT, "%-20s median %9.2f us %6.1f GF/s, best %9.2f us %6.1f GF/s%n", shape,
                        nanos[0] / 1e3, product.flops() / nanos[0], nanos[1] / 1e3, product.flops() / nanos[1]);
            }
        }
    }

    /// Median and best time of a call after a second of warming up.
    static double[] measure(Runnable body) {
        long start = System.nanoTime();
        long calls = 0;
        while (System.nanoTime() - start < 4_000_000_000L) {
            body.run();
            calls++;
        }
        int batch = (int) Math.max(1, calls / 3000);
        double[] times = new double[300];
        for (int i = 0; i < times.length; i++) {
            long t = System.nanoTime();
            for (int j = 0; j < batch; j++) {
                body.run();
            }
            times[i] = (System.nanoTime() - t) / (double) batch;
        }
        Arrays.sort(times);
        return new double[] {times[times.length / 2], times[0]};
    }
}
