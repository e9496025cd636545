package dev.cajal.cpu.loop;

import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;
import java.util.List;

/// What a loop does with a value that its body has computed.
sealed interface Ending {
    /// The element type.
    DType dtype();

    /// Where the body leaves the value.
    int register();

    /// The memory that the ending writes to.
    int slot();

    /// Where in the memory it writes: elements per step of each loop.
    List<Long> strides(LoopProgram program);

    /// Writes each element to a dense tensor.
    record Store(DType dtype, int register, int slot) implements Ending {
        @Override
        public List<Long> strides(LoopProgram program) {
            return program.strides();
        }
    }

    /// Leaves the value in its register for the caller.
    record Keep(DType dtype, int register) implements Ending {
        @Override
        public int slot() {
            return Port.NUMBER;
        }

        @Override
        public List<Long> strides(LoopProgram program) {
            return List.of();
        }
    }

    /// Reduces the elements of a row. Where the result goes is the caller's affair.
    record Reduce(DType dtype, int register, Reducer reducer, int slot) implements Ending {
        @Override
        public List<Long> strides(LoopProgram program) {
            return List.of();
        }
    }

    /// Combines rows into one. Where that is is the caller's affair.
    record Accumulate(DType dtype, int register, Reducer reducer, int slot) implements Ending {
        @Override
        public List<Long> strides(LoopProgram program) {
            return List.of();
        }
    }
}
