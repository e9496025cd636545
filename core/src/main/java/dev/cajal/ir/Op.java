package dev.cajal.ir;

import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;

/// One operation of the graph language, a subset of [StableHLO](https://openxla.org/stablehlo/spec).
///
/// An operation is attributes only; its operands hang on the [Node]. Result types follow from [TypeRules]. Whoever handles operations
/// switches over this interface without `default`, so that a new operation does not compile until all know it.
///
/// Lists of axes are non-negative. "Operands" below names the node's inputs in their order.
public sealed interface Op {
    /// An input of a [Graph]. No operands.
    record Parameter(TensorType type, String name) implements Op {}

    /// Known elements. No operands.
    record Constant(Literal literal) implements Op {}

    /// `0, 1, 2, ...` along one dimension, of a number type: rounded or wrapped. No operands.
    record Iota(TensorType type, int dimension) implements Op {}

    /// An element-wise function. Operands: `x`.
    record Unary(UnaryKind kind) implements Op {}

    /// An element-wise function of two operands of the same type. Operands: `a, b`.
    record Binary(BinaryKind kind) implements Op {}

    /// Element-wise comparison, to truth values. Operands: `a, b` of the same type.
    record Compare(Comparison comparison, Comparison.Order order) implements Op {}

    /// `condition ? a : b`, element-wise. Operands: `condition` (bool), `a`, `b`, all of one shape.
    record Select() implements Op {}

    /// Conversion of each element: to a floating-point type rounded to nearest even, from floating-point to integer truncated and
    /// saturated with NaN to 0, between integers wrapped, to bool `!= 0`. Operands: `x`.
    record Convert(DType to) implements Op {}

    /// The same bits read as another type of the same width. Operands: `x`.
    record BitcastConvert(DType to) implements Op {}

    /// The same elements in row-major order under another shape. Operands: `x`.
    record Reshape(Shape shape) implements Op {}

    /// Dimension `i` of the result is dimension `permutation[i]` of the operand. Operands: `x`.
    record Transpose(List<Integer> permutation) implements Op {
        public Transpose {
            permutation = List.copyOf(permutation);
        }
    }

    /// Repeats elements: dimension `i` of the operand becomes dimension `dimensions[i]` of the result (strictly increasing), where it
    /// has the same length or was of length 1. Operands: `x`.
    record BroadcastInDim(Shape shape, List<Integer> dimensions) implements Op {
        public BroadcastInDim {
            dimensions = List.copyOf(dimensions);
        }
    }

    /// Elements `starts[i], starts[i] + strides[i], ...` below `limits[i]` of each dimension. Operands: `x`.
    record Slice(List<Integer> starts, List<Integer> limits, List<Integer> strides) implements Op {
        public Slice {
            starts = List.copyOf(starts);
            limits = List.copyOf(limits);
            strides = List.copyOf(strides);
        }
    }

    /// Adds `low[i]` elements before, `high[i]` after and `interior[i]` between the elements of each dimension; negative `low` and
    /// `high` cut off. Operands: `x`, and the scalar that is put there.
    record Pad(List<Integer> low, List<Integer> high, List<Integer> interior) implements Op {
        public Pad {
            low = List.copyOf(low);
            high = List.copyOf(high);
            interior = List.copyOf(interior);
        }
    }

    /// Operands one after the other along a dimension. Operands: one or more.
    record Concatenate(int dimension) implements Op {}

    /// The order of elements turned round along the dimensions. Operands: `x`.
    record Reverse(List<Integer> dimensions) implements Op {
        public Reverse {
            dimensions = List.copyOf(dimensions);
        }
    }

    /// The product of two tensors summed over the contracting dimensions, for each index of the batch dimensions. The result has
    /// the batch dimensions, then the left operand's others, then the right one's. Operands: `a, b` of one element type.
    ///
    /// Each element accumulates its products in the row-major order of the contracting dimensions. `result` is the element type
    /// of the result (f32 for bf16 operands, where wanted).
    record DotGeneral(
            List<Integer> leftBatch,
            List<Integer> rightBatch,
            List<Integer> leftContracting,
            List<Integer> rightContracting,
            DType result)
            implements Op {
        public DotGeneral {
            leftBatch = List.copyOf(leftBatch);
            rightBatch = List.copyOf(rightBatch);
            leftContracting = List.copyOf(leftContracting);
            rightContracting = List.copyOf(rightContracting);
        }
    }

    /// Convolution, channels last: input `[batch, spatial..., channels]`, kernel `[spatial..., channels / featureGroups, features]`,
    /// result `[batch / batchGroups, spatial..., features]`, as in [Window]'s formula. Operands: `input, kernel`.
    ///
    /// What machine learning calls convolution is cross-correlation: the kernel is not turned round.
    record Convolution(Window window, int featureGroups, int batchGroups, DType result) implements Op {}

    /// All elements along the dimensions combined to one; the dimensions vanish. Operands: `x`.
    record Reduce(Reducer reducer, List<Integer> dimensions) implements Op {
        public Reduce {
            dimensions = List.copyOf(dimensions);
        }
    }

    /// All elements in a window that slides over the operand combined to one; padding counts as the reducer's identity. The window
    /// has as many dimensions as the operand. Operands: `x`.
    record ReduceWindow(Reducer reducer, Window window) implements Op {}

    /// The gradient of max-pooling: each element of `source` is added where the window that it came from has its first largest
    /// (`Comparison.GE`) or smallest (`Comparison.LE`) element; NaN counts as both. Padding is never chosen. Operands: `x, source`; the result has the type of `x`.
    record SelectAndScatter(Comparison select, Window window) implements Op {}

    /// Slices of the operand, picked by index. A bad index is an error of the run, never clamped. Operands: `x, indices`.
    record Gather(GatherDimensions dimensions, List<Integer> sliceSizes) implements Op {
        public Gather {
            sliceSizes = List.copyOf(sliceSizes);
        }
    }

    /// The operand with updates combined into slices that are picked by index, in the row-major order of the updates. A bad index is an
    /// error of the run, never dropped. Operands: `x, indices, updates`.
    record Scatter(ScatterDimensions dimensions, Combiner combiner) implements Op {
        /// What happens to an element that an update falls on.
        public enum Combiner {
            /// The update replaces the element; the last one wins.
            REPLACE,
            /// The update is added.
            ADD,
            /// The update is multiplied in.
            MULTIPLY,
            /// The larger one stays.
            MAXIMUM,
            /// The smaller one stays.
            MINIMUM
        }
    }

    /// A slice of constant size at computed starts, which are clamped so that the slice lies inside. Operands: `x`, then one
    /// i32 scalar for each dimension.
    record DynamicSlice(List<Integer> sizes) implements Op {
        public DynamicSlice {
            sizes = List.copyOf(sizes);
        }
    }

    /// The operand with a slice replaced at computed starts, which are clamped so that the slice lies inside. Operands: `x, update`,
    /// then one i32 scalar for each dimension.
    record DynamicUpdateSlice() implements Op {}

    /// Sorts along a dimension by the first operand, stable (equal elements keep their order, in descending order too), in the [total
    /// order][Comparison.Order#TOTAL_ORDER]; all operands are permuted alike. Operands: one
    /// or more of one shape. Results: as many.
    record Sort(int dimension, boolean descending) implements Op {}

    /// Repeats `body` while `condition` holds. Both take the carried values; `condition` gives one bool scalar. Operands: the first carried
    /// values. Results: the last ones. Has no reverse-mode gradient, since its trip count is unknown: use [Scan].
    record While(Graph condition, Graph body) implements Op {}

    /// A loop with a fixed number of trips. Operands: `carries` values, then `xs` values with a leading dimension `length`, then
    /// constants. In each trip `body` takes the carries, one slice of each `xs`, and the constants, and gives the new carries, then one `y`
    /// each. Results: the last carries, then the stacked `ys`. `reverse` walks (and stacks) from the end.
    record Scan(Graph body, int carries, int xs, int length, boolean reverse) implements Op {}

    /// Passes its operands on; nothing is moved across it. Keeps rematerialised values from being merged with the first ones.
    record OptimizationBarrier() implements Op {}

    /// Passes its operand on, and no gradient back. Operands: `x`.
    record StopGradient() implements Op {}

    /// An algorithm with a name, for which a backend may have something better than the decomposition, which is its meaning.
    /// Operands and results are the decomposition's. A `gradient`, where there is one, takes the operands, the results and one cotangent for each
    /// result, and gives a cotangent for each operand; without one the decomposition is differentiated.
    record Composite(String kind, int version, Graph decomposition, Optional<Graph> gradient) implements Op {}
}
