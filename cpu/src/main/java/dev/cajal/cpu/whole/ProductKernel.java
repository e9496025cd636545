package dev.cajal.cpu.whole;

import dev.cajal.cpu.matmul.Contraction;
import dev.cajal.cpu.matmul.FloatMatmul;
import dev.cajal.cpu.matmul.Libraries;
import dev.cajal.cpu.matmul.LibraryMatmul;
import dev.cajal.cpu.matmul.Multiplication;
import dev.cajal.cpu.matmul.PlainMatmul;
import dev.cajal.cpu.matmul.Product;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Optional;

/// Batches of matrix products, `[b, m, k]` or `[b, k, m]` by `[b, k, n]` or `[b, n, k]`, and single ones, without the first dimension.
final class ProductKernel {
    private ProductKernel() {}

    /// The kernel of a product in canonical form; empty for bytes.
    static Optional<WholeKernel> of(Node node, Op.DotGeneral dot) {
        Product product = shape(node, dot);
        return switch (node.inputs().getFirst().dtype()) {
            case F32 -> Optional.of(of(Contraction.of(product)));
            case F64 -> Optional
                    .of((in, out) -> () -> PlainMatmul.multiplyDoubles(pool(), product, in[0], 0, in[1], 0, out[0], 0));
            case I32 -> Optional
                    .of((in, out) -> () -> PlainMatmul.multiplyInts(pool(), product, in[0], 0, in[1], 0, out[0], 0));
            case I64 -> Optional
                    .of((in, out) -> () -> PlainMatmul.multiplyLongs(pool(), product, in[0], 0, in[1], 0, out[0], 0));
            case BF16 -> Optional.of(narrow(node, product));
            case U8, BOOL -> Optional.empty();
        };
    }

    /// The kernel of a product of single precision.
    static WholeKernel of(Contraction contraction) {
        return (in, out) -> {
            Multiplication matmul = Multiplication.of(pool(), contraction, false);
            return () -> matmul.multiply(in[0], 0, in[1], 0, out[0], 0);
        };
    }

    /// By a library that has the processor's instructions for it, or else in single precision.
    private static WholeKernel narrow(Node node, Product product) {
        boolean isEmpty = product.flops() == 0;
        return Libraries.usable()
                .filter(_ -> !isEmpty)
                .map(library -> LibraryMatmul.of(library, product, node.types().getFirst().dtype()))
                .<WholeKernel>map(matmul -> (in, out) -> matmul.bind(pool(), in, out))
                .orElseGet(() -> new Narrow(node, product));
    }

    private static WorkerPool pool() {
        return WorkerPool.shared();
    }

    /// The product that a node in canonical form stands for.
    static Product shape(Node node, Op.DotGeneral dot) {
        Shape c = node.types().getFirst().shape();
        int rows = dot.leftBatch().size();
        int contracting = dot.leftContracting().getFirst();
        int k = node.inputs().getFirst().shape().dim(contracting);
        boolean transposeA = contracting == rows;
        boolean transposeB = dot.rightContracting().getFirst() == rows + 1;
        return Product.batched(rows == 0 ? 1 : c.dim(0), c.dim(-2), c.dim(-1), k, transposeA, transposeB);
    }

    /// Products of bf16: widened, multiplied in single precision, rounded once.
    private static final class Narrow implements WholeKernel {
        /// Elements worth a task of their own.
        private static final int TASK = 32_768;

        private final Product product;
        private final TensorType a;
        private final TensorType b;
        private final TensorType c;
        private final boolean narrowResult;

        Narrow(Node node, Product product) {
            this.product = product;
            this.narrowResult = node.types().getFirst().dtype() == DType.BF16;
            this.a = node.inputs().get(0).type().withDType(DType.F32);
            this.b = node.inputs().get(1).type().withDType(DType.F32);
            this.c = narrowResult ? node.types().getFirst().withDType(DType.F32) : TensorType.of(DType.F32);
        }

        @Override
        public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
            HostBuffer left = HostBuffer.allocate(a);
            HostBuffer right = HostBuffer.allocate(b);
            HostBuffer wide = HostBuffer.allocate(c);
            FloatMatmul matmul = new FloatMatmul(pool(), product);
            TaskBody widenLeft = task -> widen(operands[0], left.segment(), a.size(), task);
            TaskBody widenRight = task -> widen(operands[1], right.segment(), b.size(), task);
            TaskBody narrow = task -> narrow(wide.segment(), results[0], c.size(), task);
            return () -> {
                pool().run(tasks(a), widenLeft);
                pool().run(tasks(b), widenRight);
                MemorySegment sums = narrowResult ? wide.segment() : results[0];
                matmul.multiply(left.segment(), 0, right.segment(), 0, sums, 0);
                if (narrowResult) {
                    pool().run(tasks(c), narrow);
                }
                Reference.reachabilityFence(wide);
            };
        }

        private static int tasks(TensorType type) {
            return Math.toIntExact(Math.ceilDiv(type.size(), TASK));
        }

        private static void widen(MemorySegment from, MemorySegment to, long count, int task) {
            long last = Math.min(count, (task + 1L) * TASK);
            for (long i = (long) task * TASK; i < last; i++) {
                to.set(Line.INT, 4 * i, from.get(Line.SHORT, 2 * i) << 16);
            }
        }

        /// To the nearest bfloat16, ties to even.
        private static void narrow(MemorySegment from, MemorySegment to, long count, int task) {
            long last = Math.min(count, (task + 1L) * TASK);
            for (long i = (long) task * TASK; i < last; i++) {
                int bits = from.get(Line.INT, 4 * i);
                boolean isNan = (bits & 0x7fff_ffff) > 0x7f80_0000;
                to.set(Line.SHORT, 2 * i, (short) (isNan ? 0x7fc0 : bits + 0x7fff + (bits >>> 16 & 1) >>> 16));
            }
        }
    }
}
