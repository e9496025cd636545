package dev.cajal.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every refusal with its text. What is accepted, and its type, the samples of all operations show.
class TypeRulesTest {
    private static final List<Integer> NONE = List.of();

    private static TensorType f32(int... dims) {
        return TensorType.of(DType.F32, dims);
    }

    private static TensorType i32(int... dims) {
        return TensorType.of(DType.I32, dims);
    }

    private static TensorType bool(int... dims) {
        return TensorType.of(DType.BOOL, dims);
    }

    private static List<TensorType> infer(Op op, TensorType... operands) {
        return TypeRules.infer(op, Arrays.asList(operands), Origin.NONE);
    }

    private static void refused(String message, Op op, TensorType... operands) {
        assertThatThrownBy(() -> infer(op, operands))
                .as("%s of %s", op, Arrays.toString(operands))
                .isInstanceOf(ShapeException.class)
                .hasMessage(message);
    }

    @Test
    void theLayerIsNamed() {
        assertThatThrownBy(() -> new Origin("encoder/0").in(() -> Ops.add(
                Ops.parameter(f32(2), "a"), Ops.parameter(f32(3), "b"))))
                .isInstanceOf(ShapeException.class)
                .hasMessage("In layer encoder/0: add needs two operands of one type, but got f32[2] and f32[3]; "
                        + "broadcast or convert one of them first.");
    }

    @Test
    void errorsHaveCodesAndArguments() {
        assertThatThrownBy(() -> infer(new Op.Unary(UnaryKind.EXP), i32(2)))
                .isInstanceOfSatisfying(ShapeException.class, e -> {
                    assertThat(e.code()).isEqualTo("shape.dtype");
                    assertThat(e.arguments()).containsExactly(Phrase.NOTHING, "exp", i32(2));
                });
    }

    @Test
    void theNumberOfOperands() {
        refused("exp takes 1 operand(s), but got [].", new Op.Unary(UnaryKind.EXP));
        refused("add takes 2 operand(s), but got [f32[]].", new Op.Binary(BinaryKind.ADD), f32());
        refused("select takes 3 operand(s), but got [bool[]].", new Op.Select(), bool());
        refused("iota takes 0 operand(s), but got [f32[]].", new Op.Iota(f32(2), 0), f32());
        refused("constant takes 0 operand(s), but got [f32[]].", new Op.Constant(Literal.of(DType.F32, 1)), f32());
        refused("concatenate needs at least one operand.", new Op.Concatenate(0));
        refused("sort needs at least one operand.", new Op.Sort(0, false));
        refused("dynamicSlice needs an operand.", new Op.DynamicSlice(NONE));
        refused("dynamicUpdateSlice needs an operand and an update.", new Op.DynamicUpdateSlice(), f32());
    }

    @Test
    void elementwise() {
        refused("exp cannot take i32[2]; convert it first, for example with asType(F32).", new Op.Unary(UnaryKind.EXP),
                i32(2));
        refused("not cannot take f32[]; convert it first, for example with asType(F32).", new Op.Unary(UnaryKind.NOT),
                f32());
        refused("negate cannot take bool[]; convert it first, for example with asType(F32).",
                new Op.Unary(UnaryKind.NEGATE), bool());
        refused("add needs two operands of one type, but got f32[2] and i32[2]; broadcast or convert one of them first.",
                new Op.Binary(BinaryKind.ADD), f32(2), i32(2));
        refused("and cannot take two operands of type f32; convert them first.", new Op.Binary(BinaryKind.AND), f32(),
                f32());
        refused("add cannot take two operands of type bool; convert them first.", new Op.Binary(BinaryKind.ADD),
                bool(), bool());
        refused("compare in the order UNSIGNED cannot take f32.",
                new Op.Compare(Comparison.LT, Comparison.Order.UNSIGNED), f32(), f32());
        refused("compare in the order FLOAT cannot take i32.", new Op.Compare(Comparison.LT, Comparison.Order.FLOAT),
                i32(), i32());
        refused("select needs a condition of truth values, but got f32[2].", new Op.Select(), f32(2), f32(2), f32(2));
        refused("select needs two branches of one type, but got f32[2] and f32[3].", new Op.Select(), bool(2), f32(2),
                f32(3));
        refused("select needs a condition of the branches' shape [2], but got [].", new Op.Select(), bool(), f32(2),
                f32(2));
        refused("bitcastConvert reads bits as another type of the same width, but f32 has 4 byte(s) and i64 has 8.",
                new Op.BitcastConvert(DType.I64), f32());
        refused("bitcastConvert reads bits as another type of the same width, but bool has 1 byte(s) and u8 has 1.",
                new Op.BitcastConvert(DType.U8), bool());
    }

    @Test
    void moves() {
        refused("iota has dimension [2], but axes from 0 to 1 are possible.", new Op.Iota(f32(2, 3), 2));
        refused("iota has dimension [0], but a scalar has no axes.", new Op.Iota(f32(), 0));
        refused("iota counts in numbers, not in bool[2].", new Op.Iota(bool(2), 0));
        refused("reshape cannot turn shape [2, 3] (6 elements) into shape [4] (4 elements); the number of elements has to "
                + "stay.", new Op.Reshape(Shape.of(4)), f32(2, 3));
        refused("transpose needs each axis of f32[2, 3] once, but got the permutation [0, 0].",
                new Op.Transpose(List.of(0, 0)), f32(2, 3));
        refused("broadcastInDim needs one target dimension for each dimension of f32[2], but got [].",
                new Op.BroadcastInDim(Shape.of(2, 2), NONE), f32(2));
        refused("broadcastInDim needs increasing dimensions, but got [1, 0].",
                new Op.BroadcastInDim(Shape.of(2, 2), List.of(1, 0)), f32(2, 2));
        refused("broadcastInDim cannot stretch dimension 0 of [2] from 2 to 3; only a dimension of length 1 can be repeated.",
                new Op.BroadcastInDim(Shape.of(3), List.of(0)), f32(2));
        refused("broadcastInDim has dimensions [1], but axes from 0 to 0 are possible.",
                new Op.BroadcastInDim(Shape.of(3), List.of(1)), f32(3));
        refused("slice needs a start, a limit and a stride for each dimension of f32[2], but got Slice[starts=[], limits=[], "
                + "strides=[]].", new Op.Slice(NONE, NONE, NONE), f32(2));
        refused("slice cannot take elements 1 to 3 in steps of 1 from dimension 0 of f32[2].",
                new Op.Slice(List.of(1), List.of(3), List.of(1)), f32(2));
        refused("slice cannot take elements 0 to 2 in steps of 0 from dimension 0 of f32[2].",
                new Op.Slice(List.of(0), List.of(2), List.of(0)), f32(2));
        refused("pad of f32[2] needs a f32 scalar to fill with, but got f32[1].",
                new Op.Pad(List.of(0), List.of(0), List.of(0)), f32(2), f32(1));
        refused("pad needs low, high and interior padding for each dimension of f32[2], but got Pad[low=[], high=[], "
                + "interior=[]].", new Op.Pad(NONE, NONE, NONE), f32(2), f32());
        refused("pad cannot put -1 elements between others.", new Op.Pad(List.of(0), List.of(0), List.of(-1)), f32(2),
                f32());
        refused("pad cuts off more of dimension 0 of f32[2] than it has.",
                new Op.Pad(List.of(-2), List.of(-1), List.of(0)), f32(2), f32());
        refused("pad would give a dimension of 4294967296 elements, which is too long.",
                new Op.Pad(List.of(Integer.MAX_VALUE), List.of(Integer.MAX_VALUE), List.of(0)), f32(2), f32());
        refused("concatenate along axis 0 needs operands that are alike in all other axes and in element type, but got "
                + "[f32[2, 3], f32[2, 4]].", new Op.Concatenate(0), f32(2, 3), f32(2, 4));
        refused("reverse names an axis twice in dimensions [0, 0].", new Op.Reverse(List.of(0, 0)), f32(2));
    }

    @Test
    void products() {
        refused("dotGeneral of f32[2, 3] and f32[4, 5] needs equal lengths along axis 1 of the left and axis 0 of the right, "
                + "but they are 3 and 4.",
                new Op.DotGeneral(NONE, NONE, List.of(1), List.of(0), DType.F32), f32(2, 3), f32(4, 5));
        Op.DotGeneral uneven = new Op.DotGeneral(NONE, NONE, List.of(1), NONE, DType.F32);
        refused("dotGeneral needs as many left as right dimensions, but got " + uneven + ".", uneven, f32(2, 3), f32());
        refused("dotGeneral needs two operands of one number type, but got f32[] and i32[].",
                new Op.DotGeneral(NONE, NONE, NONE, NONE, DType.F32), f32(), i32());
        refused("dotGeneral of f32 cannot give bf16; bf16 gives bf16 or f32, every other type itself.",
                new Op.DotGeneral(NONE, NONE, NONE, NONE, DType.BF16), f32(), f32());
        refused("dotGeneral names an axis twice in left dimensions [0, 0].",
                new Op.DotGeneral(List.of(0), List.of(0), List.of(0), List.of(1), DType.F32), f32(2), f32(2, 2));
    }

    private static Op.Convolution convolution(Window window, int groups, int batchGroups) {
        return new Op.Convolution(window, groups, batchGroups, DType.F32);
    }

    @Test
    void convolutions() {
        Window two = Window.of(List.of(2));
        refused("convolution over 1 spatial dimension(s) needs an input [batch, spatial..., channels] and a kernel "
                + "[spatial..., channels, features], but got f32[5, 3] and f32[2, 3, 4].", convolution(two, 1, 1),
                f32(5, 3),
                f32(2, 3, 4));
        refused("convolution needs positive group counts of which one is 1, but got 2 feature and 2 batch groups.",
                convolution(two, 2, 2), f32(2, 5, 4), f32(2, 2, 4));
        refused("convolution with 1 group(s) of an input with 3 channels needs a kernel for 3 channels, but the kernel "
                + "[2, 4, 6] is for 4.", convolution(two, 1, 1), f32(2, 5, 3), f32(2, 4, 6));
        refused("convolution cannot split 3 features or a batch of 2 into groups of equal size.",
                convolution(two, 2, 1), f32(2, 5, 4), f32(2, 2, 3));
        refused("convolution cannot split 4 features or a batch of 3 into groups of equal size.",
                convolution(two, 1, 2), f32(3, 5, 4), f32(2, 4, 4));
        refused("convolution has a window [2] that is not the kernel's [3, 4, 4].", convolution(two, 1, 1),
                f32(2, 5, 4),
                f32(3, 4, 4));
    }

    @Test
    void reductions() {
        refused("reduce by AND cannot take f32[2]; convert it first.", new Op.Reduce(Reducer.AND, List.of(0)), f32(2));
        refused("reduce by SUM cannot take bool[2]; convert it first.", new Op.Reduce(Reducer.SUM, List.of(0)),
                bool(2));
        refused("reduce has dimensions [-1], but axes from 0 to 0 are possible.",
                new Op.Reduce(Reducer.SUM, List.of(-1)), f32(2));
        Window two = Window.of(List.of(2));
        refused("reduceWindow needs a window with the 2 dimensions of f32[3, 3], but got [2].",
                new Op.ReduceWindow(Reducer.MAX, two), f32(3, 3));
        Window uneven = two.withStrides(NONE);
        refused("reduceWindow needs one entry per dimension in every part of " + uneven + ".",
                new Op.ReduceWindow(Reducer.MAX, uneven), f32(3));
        Window still = two.withStrides(List.of(0));
        refused("reduceWindow needs sizes, strides and dilations of at least 1, but got " + still + ".",
                new Op.ReduceWindow(Reducer.MAX, still), f32(3));
        refused("selectAndScatter selects by GE (largest) or LE (smallest), not LT.",
                new Op.SelectAndScatter(Comparison.LT, two), f32(3), f32(2));
        refused("selectAndScatter needs one source element per window, f32[2], but got f32[3].",
                new Op.SelectAndScatter(Comparison.GE, two), f32(3), f32(3));
        refused("selectAndScatter cannot take bool[3].", new Op.SelectAndScatter(Comparison.GE, two), bool(3), bool(2));
    }

    private static Op.Gather gather(
            List<Integer> offset, List<Integer> collapsed, List<Integer> map, int vector, List<Integer> sizes) {
        return new Op.Gather(new GatherDimensions(offset, collapsed, NONE, NONE, map, vector), sizes);
    }

    @Test
    void gathers() {
        TensorType table = f32(7, 5);
        refused("gather needs indices of type i32 or i64, but got f32[4, 1]; convert them first, for example with asType(I32).",
                gather(List.of(1), List.of(0), List.of(0), 1, List.of(1, 5)), table, f32(4, 1));
        refused("gather has collapsed dimensions [2], but axes from 0 to 1 are possible.",
                gather(List.of(1), List.of(2), List.of(0), 1, List.of(1, 5)), table, i32(4, 1));
        refused("gather has start index map [3], but axes from 0 to 1 are possible.",
                gather(List.of(1), List.of(0), List.of(3), 1, List.of(1, 5)), table, i32(4, 1));
        refused("gather has index vectors of 2 component(s), but maps [0].",
                gather(List.of(1), List.of(0), List.of(0), 1, List.of(1, 5)), table, i32(4, 2));
        refused("gather has the index vectors in dimension 3, but the indices have shape [4, 1].",
                gather(List.of(1), List.of(0), List.of(0), 3, List.of(1, 5)), table, i32(4, 1));
        refused("gather needs a slice size for each dimension of f32[7, 5], but got [1].",
                gather(List.of(1), List.of(0), List.of(0), 1, List.of(1)), table, i32(4, 1));
        refused("gather cannot take slices of 6 from dimension 1 of f32[7, 5].",
                gather(List.of(1), List.of(0), List.of(0), 1, List.of(1, 6)), table, i32(4, 1));
        for (int size : new int[] {0, 2}) {
            refused("gather collapses dimension 0, so its slice size has to be 1, not " + size + ".",
                    gather(List.of(1), List.of(0), List.of(0), 1, List.of(size, 5)), table, i32(4, 1));
        }
        refused("gather has slices with 1 dimension(s) left, but names 2 offset dimension(s).",
                gather(List.of(1, 2), List.of(0), List.of(0), 1, List.of(1, 5)), table, i32(4, 1));
        refused("gather needs offset dimensions in ascending order, but got [1, 0].",
                gather(List.of(1, 0), NONE, List.of(0), 1, List.of(1, 5)), table, i32(4, 1));
        refused("gather needs collapsed dimensions in ascending order, but got [1, 0].",
                gather(NONE, List.of(1, 0), List.of(0, 1), 1, List.of(1, 1)), table, i32(4, 2));
        GatherDimensions uneven = new GatherDimensions(NONE, List.of(1), List.of(0), List.of(0), List.of(1), 1);
        refused("gather needs batching dimensions of equal lengths, but [0] of [7, 5] and [0] of [4, 1] are not.",
                new Op.Gather(uneven, List.of(1, 1)), table, i32(4, 1));
    }

    private static Op.Scatter scatter(
            List<Integer> window, List<Integer> inserted, List<Integer> map, int vector) {
        return new Op.Scatter(
                new ScatterDimensions(window, inserted, NONE, NONE, map, vector), Op.Scatter.Combiner.ADD);
    }

    @Test
    void scatters() {
        TensorType table = f32(7, 5);
        Op.Scatter rows = scatter(List.of(1), List.of(0), List.of(0), 1);
        refused("scatter needs updates of the operand's type f32, but got i32[4, 5].", rows, table, i32(4, 1),
                i32(4, 5));
        refused("scatter has [4] index vectors, but updates for [3] of them.", rows, table, i32(4, 1), f32(3, 5));
        refused("scatter needs update windows that fit into [5], but got [6].", rows, table, i32(4, 1), f32(4, 6));
        refused("scatter has inserted dimensions [2], but axes from 0 to 1 are possible.",
                scatter(List.of(1), List.of(2), List.of(0), 1), table, i32(4, 1), f32(4, 5));
        refused("scatter needs update window dimensions in ascending order, but got [2, 1].",
                scatter(List.of(2, 1), NONE, List.of(0), 1), table, i32(4, 1), f32(4, 7, 5));
        refused("scatter needs inserted dimensions in ascending order, but got [1, 0].",
                scatter(NONE, List.of(1, 0), List.of(0, 1), 1), table, i32(4, 2), f32(4));
    }

    @Test
    void dynamicSlices() {
        TensorType table = f32(7, 5);
        refused("dynamicSlice needs a size for each dimension of f32[7, 5], but got [2].",
                new Op.DynamicSlice(List.of(2)), table, i32(), i32());
        refused("dynamicSlice of f32[7, 5] needs 2 i32 scalar(s) to start at, but got [i32[]].",
                new Op.DynamicSlice(List.of(2, 2)), table, i32());
        refused("dynamicSlice of f32[7, 5] needs 2 i32 scalar(s) to start at, but got [i32[], i32[1]].",
                new Op.DynamicSlice(List.of(2, 2)), table, i32(), i32(1));
        refused("dynamicSlice cannot fit a slice of shape [8, 2] into f32[7, 5].",
                new Op.DynamicSlice(List.of(8, 2)), table, i32(), i32());
        refused("dynamicUpdateSlice needs an update like f32[7, 5], but got f32[5].",
                new Op.DynamicUpdateSlice(), table, f32(5), i32(), i32());
        refused("dynamicUpdateSlice cannot fit a slice of shape [7, 6] into f32[7, 5].",
                new Op.DynamicUpdateSlice(), table, f32(7, 6), i32(), i32());
    }

    private static Graph graph(List<TensorType> parameters, List<TensorType> results) {
        return Graph.of(
                parameters.stream().map(type -> Ops.parameter(type, "p")).toList(),
                results.stream().map(type -> Ops.fill(type, 0)).toList());
    }

    @Test
    void sortsAndLoops() {
        refused("sort needs operands of one shape, but got [f32[2], i32[3]].", new Op.Sort(0, false), f32(2), i32(3));
        refused("sort has dimension [0], but a scalar has no axes.", new Op.Sort(0, false), f32());
        Graph step = graph(List.of(f32(2)), List.of(f32(2)));
        refused("while needs a condition from [f32[2]] to [bool[]], but got one from [f32[2]] to [f32[2]].",
                new Op.While(step, step), f32(2));
        refused("while needs a body from [f32[2]] to [f32[2]], but got one from [f32[2]] to [f32[3]].",
                new Op.While(graph(List.of(f32(2)), List.of(bool())), graph(List.of(f32(2)), List.of(f32(3)))), f32(2));
        refused("scan has 1 carries and 2 xs, but only 1 operands.", new Op.Scan(step, 1, 2, 3, false), f32(2));
        refused("scan over 3 steps needs xs with a leading dimension of 3, but got f32[2].",
                new Op.Scan(step, 0, 1, 3, false), f32(2));
        refused("scan gives its body [f32[4]], but the body takes [f32[2]].", new Op.Scan(step, 0, 1, 3, false),
                f32(3, 4));
        refused("scan carries [f32[2]], but its body gives back [f32[3]]; what is carried keeps its type.",
                new Op.Scan(graph(List.of(f32(2)), List.of(f32(3))), 1, 0, 3, false), f32(2));
    }

    @Test
    void composites() {
        Graph step = graph(List.of(f32(2)), List.of(f32(2)));
        refused("test.step needs a decomposition from [f32[3]] to [f32[2]], but got one from [f32[2]] to [f32[2]].",
                new Op.Composite("test.step", 1, step, Optional.empty()), f32(3));
        refused("test.step needs a gradient from [f32[2], f32[2], f32[2]] to [f32[2]], but got one from [f32[2]] to [f32[2]].",
                new Op.Composite("test.step", 1, step, Optional.of(step)), f32(2));
    }

    @Test
    void scansStackTheirOutputs() {
        Graph body = graph(List.of(f32(2), f32(4), i32()), List.of(f32(2), f32(), i32(5)));
        assertThat(infer(new Op.Scan(body, 1, 1, 3, false), f32(2), f32(3, 4), i32()))
                .containsExactly(f32(2), f32(3), i32(3, 5));
    }
}
