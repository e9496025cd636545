package dev.cajal.cpu.plan;

import dev.cajal.ir.Node;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// What runs at once: fused loops and reductions, or one whole operation.
public sealed interface Region {
    /// The values that the region writes to memory.
    List<Value> outputs();

    /// The regions that it is made of: itself, unless it is several.
    default List<Region> parts() {
        return List.of(this);
    }

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

    /// Loops and reductions that go through the same rows, all of them over one block of rows before the next: what only they need is never written to
    /// memory.
    ///
    /// @param count how many rows there are
    /// @param parts [loops][Loop] and [reductions][Reduction], each after those that it reads from
    /// @param outputs what others need of what the parts compute
    record Rows(long count, List<Region> parts, List<Value> outputs) implements Region {
        public Rows {
            parts = List.copyOf(parts);
            outputs = List.copyOf(outputs);
        }

        @Override
        public List<Region> parts() {
            return parts;
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
