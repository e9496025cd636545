package dev.cajal.onednn;

import dev.cajal.backend.ProductLibrary.Kernel;
import dev.cajal.backend.ProductLibrary.Matrices;
import dev.cajal.type.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A product of one shape as a primitive of oneDNN, whose memory goes when the kernel does.
final class MatmulKernel implements Kernel {
    private static final Cleaner CLEANER = Cleaner.create();
    /// A boundary that all scratchpads are content with.
    private static final int ALIGNMENT = 4096;

    private final Matrices matrices;
    private final Handles handles;

    private MatmulKernel(Matrices matrices, Handles handles) {
        this.matrices = matrices;
        this.handles = handles;
    }

    static MatmulKernel of(Native dnnl, long engine, long attributes, Matrices matrices) {
        Handles handles = new Handles(dnnl, engine, attributes, matrices);
        MatmulKernel kernel = new MatmulKernel(matrices, handles);
        CLEANER.register(kernel, handles::destroy);
        return kernel;
    }

    /// Which of oneDNN's implementations computes this product.
    String implementation() {
        return handles.dnnl.implementation(handles.matmul);
    }

    @Override
    public void multiply(MemorySegment a, long offsetA, MemorySegment b, long offsetB, MemorySegment c, long offsetC) {
        Objects.checkFromIndexSize(offsetA, matrices.bytesA(), a.byteSize());
        Objects.checkFromIndexSize(offsetB, matrices.bytesB(), b.byteSize());
        Objects.checkFromIndexSize(offsetC, matrices.bytesC(), c.byteSize());
        // Another program's code may have changed it on this thread.
        handles.dnnl.useThisThreadOnly();
        Call leased = handles.idle.poll();
        Call call = leased != null ? leased : handles.call();
        try {
            call.run(a.address() + offsetA, b.address() + offsetB, c.address() + offsetC);
        } finally {
            handles.idle.add(call);
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(a);
            Reference.reachabilityFence(b);
            Reference.reachabilityFence(c);
        }
    }

    /// What lives outside of Java's heap.
    private static final class Handles {
        private final Native dnnl;
        private final long engine;
        private final long a;
        private final long b;
        private final long c;
        private final long matmul;
        private final long primitive;
        private final Queue<Call> idle = new ConcurrentLinkedQueue<>();

        Handles(Native dnnl, long engine, long attributes, Matrices matrices) {
            this.dnnl = dnnl;
            this.engine = engine;
            // How a primitive computes depends on how many threads it sees.
            dnnl.useThisThreadOnly();
            int result = matrices.result() == DType.BF16 ? Native.BF16 : Native.F32;
            this.a = dnnl.matrix(Native.BF16, matrices.m(), matrices.k(), matrices.rowA(), matrices.columnA());
            this.b = dnnl.matrix(Native.BF16, matrices.k(), matrices.n(), matrices.rowB(), matrices.columnB());
            this.c = dnnl.matrix(result, matrices.m(), matrices.n(), matrices.rowC(), 1);
            this.matmul = dnnl.matmul(engine, a, b, c, attributes);
            this.primitive = dnnl.primitive(matmul);
        }

        Call call() {
            return new Call(this);
        }

        /// Nobody runs the kernel any more.
        void destroy() {
            for (Call call = idle.poll(); call != null; call = idle.poll()) {
                call.destroy();
            }
            dnnl.destroyPrimitive(primitive);
            dnnl.destroyMatmul(matmul);
            dnnl.destroyMatrix(a);
            dnnl.destroyMatrix(b);
            dnnl.destroyMatrix(c);
        }
    }

    /// What one run at a time needs.
    private static final class Call {
        private final Native dnnl;
        private final long primitive;
        private final long stream;
        private final long a;
        private final long b;
        private final long c;
        private final long scratchpad;
        private final MemorySegment room;
        private final MemorySegment arguments;

        Call(Handles handles) {
            Arena arena = Arena.ofAuto();
            this.dnnl = handles.dnnl;
            this.primitive = handles.primitive;
            this.stream = dnnl.stream(handles.engine);
            this.a = dnnl.memory(handles.a, handles.engine, 0);
            this.b = dnnl.memory(handles.b, handles.engine, 0);
            this.c = dnnl.memory(handles.c, handles.engine, 0);
            long description = dnnl.scratchpad(handles.matmul);
            this.room = arena.allocate(Math.max(1, dnnl.bytes(description)), ALIGNMENT);
            this.scratchpad = dnnl.memory(description, handles.engine, room.address());
            this.arguments = arena.allocate(4L * Native.ARGUMENT_BYTES, Long.BYTES);
            Native.argument(arguments, 0, Native.ARGUMENT_SOURCE, a);
            Native.argument(arguments, 1, Native.ARGUMENT_WEIGHTS, b);
            Native.argument(arguments, 2, Native.ARGUMENT_DESTINATION, c);
            Native.argument(arguments, 3, Native.ARGUMENT_SCRATCHPAD, scratchpad);
        }

        void run(long addressA, long addressB, long addressC) {
            dnnl.aim(a, addressA);
            dnnl.aim(b, addressB);
            dnnl.aim(c, addressC);
            dnnl.run(primitive, stream, 4, arguments);
            Reference.reachabilityFence(room);
        }

        void destroy() {
            dnnl.destroyMemory(a);
            dnnl.destroyMemory(b);
            dnnl.destroyMemory(c);
            dnnl.destroyMemory(scratchpad);
            dnnl.destroyStream(stream);
        }
    }
}
