package dev.cajal.cpu.run;

import dev.cajal.cpu.matmul.FloatMatmul;
import dev.cajal.cpu.matmul.Product;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Optional;

/// A batch of single-precision matrix products.
///
/// @param product the shape
/// @param a slot of the left operand
/// @param b slot of the right operand
/// @param c slot of the result
record ProductStep(Product product, int a, int b, int c) implements Step {
    /// The shape of a product in canonical form; empty if it is not of f32.
    static Optional<Product> shape(Node node) {
        if (!(node.op() instanceof Op.DotGeneral dot) || node.types().getFirst().dtype() != DType.F32
                || node.inputs().getFirst().dtype() != DType.F32) {
            return Optional.empty();
        }
        Shape c = node.types().getFirst().shape();
        int contracting = dot.leftContracting().getFirst();
        int k = node.inputs().getFirst().shape().dim(contracting);
        boolean transposeA = contracting == 1;
        boolean transposeB = dot.rightContracting().getFirst() == 2;
        return Optional.of(Product.batched(c.dim(0), c.dim(1), c.dim(2), k, transposeA, transposeB));
    }

    @Override
    public void run(Memory memory) {
        FloatMatmul.multiply(WorkerPool.shared(), product, memory.segment(a), 0, memory.segment(b), 0,
                memory.segment(c), 0);
    }
}
