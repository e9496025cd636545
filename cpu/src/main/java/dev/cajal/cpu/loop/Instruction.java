package dev.cajal.cpu.loop;

import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import java.util.List;

/// One instruction of a [LoopProgram]. Each writes a register of its own.
sealed interface Instruction {
    /// The register that it writes.
    int target();

    /// The element type of what it writes.
    DType dtype();

    /// Reads from memory.
    ///
    /// @param slot of the memory
    /// @param offset the element at loop indices 0
    /// @param strides elements per step of each loop
    record Load(int target, int slot, DType dtype, long offset, List<Long> strides) implements Instruction {}

    /// A constant.
    record Fill(int target, DType dtype, long bits) implements Instruction {}

    /// The index of a loop: `offset + sum(strides * index)`.
    record Index(int target, DType dtype, long offset, List<Long> strides) implements Instruction {}

    /// An operation.
    ///
    /// @param dtype of the result
    /// @param operand the element type of the operands (of a select, of its branches)
    /// @param kernel does it
    /// @param operands registers
    record Apply(int target, DType dtype, Op op, DType operand, Kernel kernel, List<Integer> operands)
            implements Instruction {
        /// The register of an operand; 0 where there is none.
        int operand(int position) {
            return position < operands.size() ? operands.get(position) : 0;
        }

        /// The element type of an operand.
        DType operandType(int position) {
            return op instanceof Op.Select && position == 0 ? DType.BOOL : operand;
        }
    }
}
