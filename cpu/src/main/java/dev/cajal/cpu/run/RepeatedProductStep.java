package dev.cajal.cpu.run;

import dev.cajal.cpu.matmul.Contraction;
import dev.cajal.cpu.matmul.FloatMatmul;
import dev.cajal.cpu.matmul.Multiplication;
import dev.cajal.cpu.thread.WorkerPool;

/// A matrix product in the body of a repetition, whose second operand does not change from trip to trip, as the recurrent weights of an [LSTM][ScanStep]: it is packed once.
///
/// @param left the slot of the first operand
/// @param right the slot of the second
/// @param result the slot of the result
record RepeatedProductStep(Contraction product, int left, int right, int result) implements Step {
    @Override
    public long temporaryBytes() {
        return FloatMatmul.bytesOfRight(product);
    }

    @Override
    public Runnable bind(Memory memory) {
        Multiplication multiplication = Multiplication.of(WorkerPool.shared(), product, true);
        Repetition repetition = new Repetition(memory);
        return () -> {
            if (repetition.isNew()) {
                multiplication.renewRight();
            }
            multiplication.multiply(memory.segment(left), 0, memory.segment(right), 0, memory.segment(result), 0);
        };
    }
}
