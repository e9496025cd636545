package dev.cajal.cpu.plan;

import dev.cajal.ir.Node;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// What runs at once: a fused loop, or one whole operation.
public sealed interface Region {
    /// The values that the region writes to memory.
    List<Value> outputs();

    /// One loop nest over the elements of a shape, that computes several tensors of that shape at once.
    ///
    /// @param space what the loops run over
    /// @param outputs each of that shape
    record Loop(Shape space, List<Value> outputs) implements Region {
        public Loop {
            outputs = List.copyOf(outputs);
        }

        /// Both loops in one.
        Loop merge(Loop other) {
            List<Value> all = new ArrayList<>(outputs);
            all.addAll(other.outputs);
            return new Loop(space, all);
        }
    }

    /// One loop nest over the operand of a reduction, which is computed on the way.
    ///
    /// @param node the reduction
    record Reduction(Node node) implements Region {
        @Override
        public List<Value> outputs() {
            return List.of(node.value());
        }
    }

    /// A matrix product and the loop that works on it while it is in the cache.
    ///
    /// @param node the product
    /// @param tail a loop over the product's shape
    record Product(Node node, Loop tail) implements Region {
        @Override
        public List<Value> outputs() {
            return tail.outputs();
        }
    }

    /// One operation on whole tensors.
    record Whole(Node node) implements Region {
        @Override
        public List<Value> outputs() {
            return node.values();
        }
    }
}
