package dev.cajal.memory;

import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// What [SmallHeapTest] runs in a Java of its own. Fails by an exception.
final class SmallHeap {
    private static final long MEGABYTE = 1L << 20;

    private SmallHeap() {}

    public static void main(String[] arguments) {
        switch (arguments[0]) {
            case "small" -> small();
            case "large" -> large(Integer.parseInt(arguments[1]) * MEGABYTE);
            case "chain" -> chain();
            case "eager" -> eager();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /// A million buffers, of which the last thousand are alive at any time.
    private static void small() {
        Deque<HostBuffer> alive = new ArrayDeque<>();
        for (int i = 0; i < 1_000_000; i++) {
            HostBuffer buffer = HostBuffer.allocate(TensorType.of(DType.F32, i % 50));
            alive.add(mark(buffer, i));
            if (alive.size() > 1000) {
                require(isMarked(alive.remove(), i - 1000), "a buffer in use was overwritten");
            }
        }
        require(MemoryPool.shared().statistics().reserved() < 200 * MEGABYTE, "too much memory");
    }

    /// Five thousand buffers of a megabyte, of which the last fifty are alive at any time.
    private static void large(long limit) {
        Deque<HostBuffer> alive = new ArrayDeque<>();
        for (int i = 0; i < 5000; i++) {
            alive.add(mark(HostBuffer.allocate(TensorType.of(DType.F32, 1 << 18)), i));
            if (alive.size() > 50) {
                require(isMarked(alive.remove(), i - 50), "a buffer in use was overwritten");
            }
        }
        require(MemoryPool.shared().statistics().reserved() <= limit, "too much memory");
        require(MemoryPool.shared().statistics().collections() > 0, "no collection");
    }

    /// On the reference backend: 100 intermediate results of 4 MB in a heap that holds ten of them.
    private static void chain() {
        TensorType type = TensorType.of(DType.F64, 1 << 19);
        Value x = Ops.parameter(TensorType.of(DType.F64), "x");
        Value result = Ops.broadcastScalar(x, type.shape());
        for (int i = 0; i < 100; i++) {
            result = Ops.negate(result);
        }
        Graph graph = Graph.of(List.of(x), List.of(result));
        Buffer argument = HostBuffer.allocateZeroed(x.type());
        for (int i = 0; i < 3; i++) {
            new ReferenceBackend().compile(graph, CompileOptions.DEFAULT).run(List.of(argument));
        }
    }

    /// A million operations on tensors outside of functions, some of which are read.
    private static void eager() {
        Tensor x = Tensor.of(new float[] {1, 2, 3});
        Tensor y = x;
        for (int i = 0; i < 500_000; i++) {
            y = y.times(0.5f).plus(x);
            if (i % 10 == 0) {
                y.evaluate();
            }
        }
        require(Arrays.equals(y.toFloats(), new float[] {2, 4, 6}), "a wrong result: " + y);
        require(MemoryPool.shared().statistics().reserved() < 200 * MEGABYTE, "too much memory");
    }

    private static HostBuffer mark(HostBuffer buffer, int mark) {
        if (buffer.segment().byteSize() > 0) {
            buffer.segment().set(ValueLayout.JAVA_INT, buffer.segment().byteSize() - 4, mark);
        }
        return buffer;
    }

    private static boolean isMarked(HostBuffer buffer, int mark) {
        long size = buffer.segment().byteSize();
        boolean is = size == 0 || buffer.segment().get(ValueLayout.JAVA_INT, size - 4) == mark;
        Reference.reachabilityFence(buffer);
        return is;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message + ": " + MemoryPool.shared().statistics());
        }
    }
}
