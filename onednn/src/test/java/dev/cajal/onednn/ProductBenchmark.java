package dev.cajal.onednn;

import dev.cajal.backend.Backends;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.tensor.RandomKey;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How much faster products of bf16 are than those of f32: alone, and with the rounding of both operands before. A program to run by hand; its arguments
/// are shapes and forms (`1024,1024,1024,nn`), the property `cajal.threads` is the number of threads. Rounds are interleaved; it prints medians.
public final class ProductBenchmark {
    private static final String[] SHAPES = {"1024,1024,1024,nn", "2048,2048,2048,nn", "128,512,784,nn",
        "784,512,128,tn",
        "128,512,256,nt", "128,256,512,nn", "512,256,128,tn", "128,10,256,nn", "512,768,768,nn", "512,3072,768,nn"};
    private static final int ROUNDS = 15;

    private ProductBenchmark() {}

    /// Runs it.
    public static void main(String[] arguments) {
        System.out.printf("%-20s %12s %12s %12s %8s %8s%n", "m,n,k,form", "f32 GF/s", "bf16 GF/s", "with rounding",
                "ratio",
                "ratio");
        for (String shape : arguments.length > 0 ? arguments : SHAPES) {
            String[] parts = shape.split(",");
            int m = Integer.parseInt(parts[0]);
            int n = Integer.parseInt(parts[1]);
            int k = Integer.parseInt(parts[2]);
            boolean transposeA = parts[3].charAt(0) == 't';
            boolean transposeB = parts[3].charAt(1) == 't';
            Shape a = transposeA ? Shape.of(k, m) : Shape.of(m, k);
            Shape b = transposeB ? Shape.of(n, k) : Shape.of(k, n);
            Op.DotGeneral dot = new Op.DotGeneral(List.of(), List.of(), List.of(transposeA ? 0 : 1),
                    List.of(transposeB ? 1 : 0), DType.F32);
            List<Runnable> kinds = List.of(product(dot, DType.F32, false, a, b), product(dot, DType.BF16, false, a, b),
                    product(dot, DType.F32, true, a, b));
            double[] nanos = measure(kinds);
            double flops = 2.0 * m * n * k;
            System.out.printf(Locale.ROOT, "%-20s %12.1f %12.1f %12.1f %8.2f %8.2f%n", shape, flops / nanos[0],
                    flops / nanos[1], flops / nanos[2], nanos[0] / nanos[1], nanos[0] / nanos[2]);
        }
    }

    private static Runnable product(Op.DotGeneral dot, DType dtype, boolean round, Shape a, Shape b) {
        Value left = Ops.parameter(new TensorType(dtype, a), "a");
        Value right = Ops.parameter(new TensorType(dtype, b), "b");
        Value product = round
                ? Ops.dot(dot, Ops.convert(left, DType.BF16), Ops.convert(right, DType.BF16))
                : Ops.dot(dot, left, right);
        Executable executable = Backends.named("cpu").compile(Graph.of(List.of(left, right), List.of(product)),
                CompileOptions.DEFAULT);
        List<Buffer> buffers = new ArrayList<>();
        for (Value value : List.of(left, right)) {
            buffers.add(random(value.type()));
        }
        return () -> executable.run(buffers);
    }

    private static Buffer random(TensorType type) {
        try (Arena arena = Arena.ofConfined()) {
            float[] numbers = RandomKey.of(1).uniform(type.shape()).toFloats();
            MemorySegment memory = arena.allocate(type.byteSize());
            for (int i = 0; i < numbers.length; i++) {
                if (type.dtype() == DType.F32) {
                    memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, numbers[i]);
                } else {
                    memory.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (Float.floatToIntBits(numbers[i]) >>> 16));
                }
            }
            return Backends.named("cpu").upload(type, memory);
        }
    }

    private static double[] measure(List<Runnable> kinds) {
        double[][] times = new double[kinds.size()][ROUNDS];
        int[] calls = new int[kinds.size()];
        for (int i = 0; i < calls.length; i++) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 1_500_000_000L) {
                kinds.get(i).run();
                calls[i]++;
            }
            calls[i] = Math.max(1, calls[i] / 30);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < calls.length; i++) {
                long start = System.nanoTime();
                for (int call = 0; call < calls[i]; call++) {
                    kinds.get(i).run();
                }
                times[i][round] = (System.nanoTime() - start) / (double) calls[i];
            }
        }
        double[] medians = new double[calls.length];
        for (int i = 0; i < medians.length; i++) {
            Arrays.sort(times[i]);
            medians[i] = times[i][ROUNDS / 2];
        }
        return medians;
    }
}
