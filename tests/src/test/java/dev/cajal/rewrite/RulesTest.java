package dev.cajal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.testing.Graphs;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule applies where it should, gives the same bits there, and leaves alone what it must not touch.
class RulesTest {
    /// A rule and a graph whose last node it is for.
    record Case(Class<? extends Rule> rule, String label, Graph graph) {
        @Override
        public String toString() {
            return rule.getSimpleName() + ": " + label;
        }
    }

    private static final TensorType X = TensorType.of(DType.F32, 4, 33);
    private static final TensorType N = TensorType.of(DType.I32, 4, 33);
    private static final TensorType BYTES = TensorType.of(DType.U8, 4, 33);
    private static final TensorType TRUTH = TensorType.of(DType.BOOL, 4, 33);

    private static final List<Case> CASES = new ArrayList<>();

    private static void add(Class<? extends Rule> rule, String label, TensorType type, UnaryOperator<Value> function) {
        CASES.add(new Case(rule, label, Graphs.of(List.of(type), in -> List.of(function.apply(in.getFirst())))));
    }

    private static void add2(Class<? extends Rule> rule, String label, TensorType a, TensorType b,
            BinaryOperator<Value> function) {
        CASES.add(new Case(
                rule, label, Graphs.of(List.of(a, b), in -> List.of(function.apply(in.get(0), in.get(1))))));
    }

    private static void addAll(Class<? extends Rule> rule, String label, List<TensorType> types,
            Function<List<Value>, List<Value>> function) {
        CASES.add(new Case(rule, label, Graphs.of(types, function)));
    }

    private static Value with(BinaryKind kind, Value x, double number) {
        return Ops.binary(kind, x, Ops.fillLike(x, number));
    }

    static {
        elementwise();
        moves();
        reductionsAndLoops();
    }

    private static void elementwise() {
        Class<? extends Rule> neutral = NeutralOperand.class;
        add(neutral, "x * 1", X, x -> with(BinaryKind.MULTIPLY, x, 1));
        add(neutral, "1 * x", X, x -> Ops.multiply(Ops.fillLike(x, 1), x));
        add(neutral, "x / 1", X, x -> with(BinaryKind.DIVIDE, x, 1));
        add(neutral, "x + -0", X, x -> with(BinaryKind.ADD, x, -0.0));
        add(neutral, "x - 0", X, x -> with(BinaryKind.SUBTRACT, x, 0));
        add(neutral, "x ^ 1", X, x -> with(BinaryKind.POWER, x, 1));
        add(neutral, "max(x, -inf)", X, x -> with(BinaryKind.MAXIMUM, x, Double.NEGATIVE_INFINITY));
        add(neutral, "n + 0", N, x -> with(BinaryKind.ADD, x, 0));
        add(neutral, "n & -1", N, x -> with(BinaryKind.AND, x, -1));
        add(neutral, "byte & 255", BYTES, x -> with(BinaryKind.AND, x, 255));
        add(neutral, "n >> 0", N, x -> with(BinaryKind.SHIFT_RIGHT_ARITHMETIC, x, 0));
        add(neutral, "truth | false", TRUTH, x -> with(BinaryKind.OR, x, 0));
        Class<? extends Rule> absorbing = AbsorbingOperand.class;
        add(absorbing, "n * 0", N, x -> with(BinaryKind.MULTIPLY, x, 0));
        add(absorbing, "n | -1", N, x -> with(BinaryKind.OR, x, -1));
        add(absorbing, "false & truth", TRUTH, x -> Ops.binary(BinaryKind.AND, Ops.zeros(x.type()), x));
        add(absorbing, "x ^ 0", X, x -> with(BinaryKind.POWER, x, 0));
        Class<? extends Rule> same = SameOperands.class;
        add(same, "max(x, x)", X, x -> Ops.binary(BinaryKind.MAXIMUM, x, x));
        add(same, "n - n", N, x -> Ops.subtract(x, x));
        add(same, "n xor n", N, x -> Ops.binary(BinaryKind.XOR, x, x));
        add(same, "n <= n", N, x -> Ops.compare(Comparison.LE, x, x));
        add(same, "x < x in total order", X, x -> Node.of(
                new Op.Compare(Comparison.LT, Comparison.Order.TOTAL_ORDER), List.of(x, x)).value());
        add(DivideByPowerOfTwo.class, "x / 4", X, x -> with(BinaryKind.DIVIDE, x, 4));
        add(DivideByPowerOfTwo.class, "x / -1/1024", X, x -> with(BinaryKind.DIVIDE, x, -0x1p-10));
        add(DivideByPowerOfTwo.class, "bf16", X.withDType(DType.BF16), x -> with(BinaryKind.DIVIDE, x, 8));
        Class<? extends Rule> repeated = RepeatedUnary.class;
        add(repeated, "--x", X, x -> Ops.negate(Ops.negate(x)));
        add(repeated, "not not n", N, x -> Ops.unary(UnaryKind.NOT, Ops.unary(UnaryKind.NOT, x)));
        add(repeated, "abs of abs", X, x -> Ops.unary(UnaryKind.ABS, Ops.unary(UnaryKind.ABS, x)));
        add(repeated, "abs of negative", N, x -> Ops.unary(UnaryKind.ABS, Ops.negate(x)));
        add(repeated, "floor of round", X, x -> Ops.unary(UnaryKind.FLOOR, Ops.unary(UnaryKind.ROUND, x)));
        Class<? extends Rule> select = KnownSelect.class;
        add2(select, "true", X, X, (a, b) -> Ops.select(Constants.truth(X, true), a, b));
        add2(select, "false", X, X, (a, b) -> Ops.select(Constants.truth(X, false), a, b));
        add2(select, "same branches", TRUTH, X, (c, a) -> Ops.select(c, a, a));
        add2(select, "not", TRUTH, X, (c, a) -> Ops.select(Ops.unary(UnaryKind.NOT, c), a, Ops.negate(a)));
        add(select, "truth itself", TRUTH,
                c -> Ops.select(c, Constants.truth(X, true), Constants.truth(X, false)));
        add(select, "opposite", TRUTH, c -> Ops.select(c, Constants.truth(X, false), Constants.truth(X, true)));
        Class<? extends Rule> convert = ConvertOfConvert.class;
        add(convert, "f32 to f64 and back", X, x -> Ops.convert(Ops.convert(x, DType.F64), DType.F32));
        add(convert, "u8 to bf16 to f64", BYTES, x -> Ops.convert(Ops.convert(x, DType.BF16), DType.F64));
        add(convert, "i32 to i64 to u8", N, x -> Ops.convert(Ops.convert(x, DType.I64), DType.U8));
        add(convert, "f32 to f64 to i32", X, x -> Ops.convert(Ops.convert(x, DType.F64), DType.I32));
        add(convert, "to itself", X, x -> Node.of(new Op.Convert(DType.F32), List.of(x)).value());
        add(BitcastOfBitcast.class, "there and back", X, x -> Ops.bitcast(Ops.bitcast(x, DType.I32), DType.F32));
        Class<? extends Rule> fold = FoldElementwise.class;
        Value numbers = Ops.constant(Literal.of(TensorType.of(DType.F32, 5), 1, -0.0, 1e-45, 7, 1e38));
        addAll(fold, "of fills", List.of(), _ -> List.of(Ops.divide(Ops.fill(X, 1), Ops.fill(X, 3))));
        addAll(fold, "of constants", List.of(), _ -> List.of(Ops.multiply(numbers, Ops.fillLike(numbers, 3))));
        addAll(fold, "square root", List.of(), _ -> List.of(Ops.unary(UnaryKind.SQRT, numbers)));
        addAll(fold, "comparison", List.of(),
                _ -> List.of(Ops.compare(Comparison.LT, numbers, Ops.fillLike(numbers, 1))));
        addAll(fold, "conversion", List.of(), _ -> List.of(Ops.convert(numbers, DType.U8)));
        addAll(fold, "selection", List.of(), _ -> List.of(
                Ops.select(
                        Ops.constant(Literal.of(TensorType.of(DType.BOOL, 5), 1, 0, 1, 0, 0)),
                        numbers,
                        Ops.zeros(numbers.type()))));
    }

    private static void moves() {
        addAll(FillForm.class, "a splat", List.of(), _ -> List.of(Ops.constant(Literal.splat(X, 2.0))));
        add(FillForm.class, "no elements", X, x -> Ops.slice(x, List.of(1, 2), List.of(1, 5), List.of(1, 1)));
        addAll(FillForm.class, "a slice of a fill", List.of(),
                _ -> List.of(Ops.slice(Ops.fill(X, 3), List.of(0, 0), List.of(2, 2), List.of(1, 1))));
        addAll(FillForm.class, "alike after alike", List.of(),
                _ -> List.of(Ops.concatenate(List.of(Ops.fill(X, 3), Ops.fill(X, 3)), 0)));
        Value grid = Ops.constant(Literal.of(TensorType.of(DType.I32, 2, 3), 1, 2, 3, 4, 5, 6));
        addAll(MoveConstant.class, "transpose", List.of(), _ -> List.of(Ops.transpose(grid, List.of(1, 0))));
        addAll(MoveConstant.class, "reshape", List.of(), _ -> List.of(Ops.reshape(grid, Shape.of(3, 2))));
        addAll(MoveConstant.class, "broadcast", List.of(),
                _ -> List.of(Ops.broadcast(grid, Shape.of(2, 2, 3), List.of(1, 2))));
        addAll(MoveConstant.class, "slice", List.of(),
                _ -> List.of(Ops.slice(grid, List.of(0, 1), List.of(2, 3), List.of(1, 2))));
        addAll(MoveConstant.class, "reverse", List.of(), _ -> List.of(Ops.reverse(grid, List.of(1))));
        add(ReshapeOfReshape.class, "of reshape", X,
                x -> Ops.reshape(Ops.reshape(x, Shape.of(132)), Shape.of(33, 4)));
        add(ReshapeOfReshape.class, "of a scalar", TensorType.of(DType.F32),
                x -> Ops.reshape(x, Shape.of(1, 1)));
        add(ReshapeOfReshape.class, "of a repeated scalar", TensorType.of(DType.F32),
                x -> Ops.reshape(Ops.broadcastScalar(x, Shape.of(6)), Shape.of(2, 3)));
        add(TransposeOfTranspose.class, "of transpose", TensorType.of(DType.F32, 2, 3, 5),
                x -> Ops.transpose(Ops.transpose(x, List.of(2, 0, 1)), List.of(2, 0, 1)));
        add(TransposeOfTranspose.class, "of single dimensions", TensorType.of(DType.F32, 1, 5, 1),
                x -> Ops.transpose(x, List.of(1, 2, 0)));
        add2(DotOfTranspose.class, "left", TensorType.of(DType.F32, 5, 3), TensorType.of(DType.F32, 5, 7),
                (a, b) -> Ops.matmul(Ops.transpose(a, List.of(1, 0)), b));
        add2(DotOfTranspose.class, "right", TensorType.of(DType.F32, 3, 5), TensorType.of(DType.F32, 7, 5),
                (a, b) -> Ops.matmul(a, Ops.transpose(b, List.of(1, 0))));
        Op.DotGeneral batched = new Op.DotGeneral(List.of(0), List.of(0), List.of(2), List.of(1), DType.F32);
        add2(DotOfTranspose.class, "of a batch", TensorType.of(DType.F32, 2, 3, 5), TensorType.of(DType.F32, 2, 7, 5),
                (a, b) -> Ops.dot(batched, a, Ops.transpose(b, List.of(0, 2, 1))));
        add(BroadcastOfBroadcast.class, "of broadcast", TensorType.of(DType.F32, 3, 1),
                x -> Ops.broadcast(Ops.broadcast(x, Shape.of(3, 4), List.of(0, 1)), Shape.of(2, 3, 4), List.of(1, 2)));
        add(BroadcastOfBroadcast.class, "that repeats nothing", TensorType.of(DType.F32, 3),
                x -> Ops.broadcast(x, Shape.of(3, 1), List.of(0)));
        add(BroadcastOfBroadcast.class, "of reshape", TensorType.of(DType.F32, 3),
                x -> Ops.broadcast(Ops.reshape(x, Shape.of(3, 1)), Shape.of(3, 4), List.of(0, 1)));
        add(BroadcastLast.class, "of two", TensorType.of(DType.F32, 3), x -> {
            Value wide = Ops.broadcast(x, Shape.of(4, 3), List.of(1));
            Value other = Ops.broadcast(Ops.negate(x), Shape.of(4, 3), List.of(1));
            return Ops.multiply(wide, other);
        });
        add(BroadcastLast.class, "with a fill", TensorType.of(DType.F32),
                x -> Ops.add(Ops.broadcastScalar(x, Shape.of(3)), Ops.fill(TensorType.of(DType.F32, 3), 2)));
        Function<Value, Value> part = x -> Ops.slice(x, List.of(1, 3), List.of(4, 30), List.of(1, 2));
        add(SliceOfSlice.class, "of slice", X,
                x -> Ops.slice(part.apply(x), List.of(0, 1), List.of(3, 12), List.of(2, 3)));
        add(SliceOfSlice.class, "of everything", X,
                x -> Ops.slice(x, List.of(0, 0), List.of(4, 33), List.of(1, 1)));
        add2(SliceOfSlice.class, "of a part", X, X,
                (a, b) -> Ops.slice(Ops.concatenate(List.of(a, b), 0), List.of(5, 0), List.of(8, 9), List.of(2, 1)));
        add(SliceOfSlice.class, "of padded", X, x -> {
            Value padded = Ops.pad(x, Ops.fill(TensorType.of(DType.F32), 0), List.of(1, 2), List.of(3, 0),
                    List.of(0, 0));
            return Ops.slice(padded, List.of(1, 2), List.of(5, 35), List.of(1, 1));
        });
        add(PadNothing.class, "", X, x -> Ops.pad(
                x, Ops.fill(TensorType.of(DType.F32), 0), List.of(0, 0), List.of(0, 0), List.of(0, 0)));
        add(ReverseOfReverse.class, "twice", X, x -> Ops.reverse(Ops.reverse(x, List.of(0, 1)), List.of(1)));
        add(ReverseOfReverse.class, "single", TensorType.of(DType.F32, 1, 3), x -> Ops.reverse(x, List.of(0, 1)));
        add2(ConcatenateParts.class, "empty parts", X, TensorType.of(DType.F32, 0, 33),
                (a, b) -> Ops.concatenate(List.of(b, a, b), 0));
        add(ConcatenateParts.class, "neighbours", X, x -> Ops.concatenate(
                List.of(
                        Ops.slice(x, List.of(0, 2), List.of(1, 9), List.of(1, 1)),
                        Ops.slice(x, List.of(1, 2), List.of(3, 9), List.of(1, 1))),
                0));
        add(KnownStart.class, "constant starts", X, x -> {
            Value far = Ops.fill(TensorType.of(DType.I32), 100);
            return Ops.dynamicSlice(x, List.of(Ops.zeros(far.type()), far), List.of(2, 5));
        });
        add2(KnownStart.class, "a whole update", X, TensorType.of(DType.I32),
                (x, i) -> Ops.dynamicUpdateSlice(x, Ops.negate(x), List.of(i, i)));
        add2(KnownStart.class, "a whole slice", X, TensorType.of(DType.I32),
                (x, i) -> Ops.dynamicSlice(x, List.of(i, i), List.of(4, 33)));
    }

    private static void reductionsAndLoops() {
        TensorType thin = TensorType.of(DType.F32, 5, 1, 3);
        add(ReduceNothing.class, "single", thin, x -> Ops.reduce(Reducer.PRODUCT, x, List.of(1)));
        add(ReduceNothing.class, "of reduce", thin,
                x -> Ops.reduce(Reducer.MAX, Ops.reduce(Reducer.MAX, x, List.of(1)), List.of(0)));
        add(ReduceNothing.class, "sum of sums of integers", thin.withDType(DType.I32),
                x -> Ops.sum(Ops.sum(x, List.of(2)), List.of(0)));
        add(UnitWindow.class, "", X, x -> Ops.reduceWindow(Reducer.MAX, x, Window.of(List.of(1, 1))));
        addAll(SortNothing.class, "", List.of(TensorType.of(DType.F32, 5, 1)), in -> Ops.sort(in, 1, true));
        add(DropStopGradient.class, "", X, Ops::stopGradient);
        TensorType scalar = TensorType.of(DType.F32);
        Graph body = Graphs.of(List.of(scalar, scalar, scalar), in -> {
            Value next = Ops.add(in.get(0), Ops.multiply(in.get(1), in.get(2)));
            return List.of(next, Ops.negate(next));
        });
        for (int length : new int[] {0, 1}) {
            addAll(ShortScan.class, length + " trips", List.of(scalar, TensorType.of(DType.F32, length), scalar),
                    in -> Ops.scan(new Op.Scan(body, 1, 1, length, true), in));
        }
    }

    static Stream<Case> cases() {
        return CASES.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void appliesAndKeepsTheBits(Case one) {
        Node last = one.graph().results().getFirst().node();
        Rule rule = Rules.ALL.stream().filter(each -> each.getClass() == one.rule()).findFirst().orElseThrow();
        List<Value> replacement = rule.apply(last);
        assertThat(replacement).hasSameSizeAs(last.types());
        assertThat(replacement.stream().map(Value::type)).isEqualTo(last.types());
        List<Value> results = one.graph().results().stream().map(result -> replacement.get(result.index())).toList();
        assertThat(Bits.difference(one.graph(), Graph.of(one.graph().parameters(), results))).isEmpty();
        assertThat(Bits.difference(one.graph(), Rewrites.simplify(one.graph()))).isEmpty();
    }

    @Test
    void everyRuleHasACase() {
        Set<Class<?>> tested = CASES.stream().map(Case::rule).collect(Collectors.toSet());
        assertThat(tested).isEqualTo(Rules.ALL.stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    @Test
    void leavesAloneWhatWouldChangeBits() {
        List<UnaryOperator<Value>> inexact = List.of(
                x -> with(BinaryKind.ADD, x, 0),
                x -> with(BinaryKind.SUBTRACT, x, -0.0),
                x -> with(BinaryKind.MULTIPLY, x, 0),
                x -> with(BinaryKind.DIVIDE, x, 3),
                x -> with(BinaryKind.DIVIDE, x, 0x1p-120),
                x -> Ops.subtract(x, x),
                x -> Ops.divide(x, x),
                x -> Ops.convert(Ops.compare(Comparison.EQ, x, x), DType.F32),
                x -> Ops.convert(Ops.convert(x, DType.BF16), DType.F32),
                x -> Ops.sum(Ops.reshape(x, Shape.of(4, 33, 1)), List.of(2)),
                x -> Ops.sum(Ops.sum(x, List.of(0)), List.of(0)));
        for (UnaryOperator<Value> function : inexact) {
            Graph graph = Graphs.of(List.of(X), in -> List.of(function.apply(in.getFirst())));
            assertThat(Rewrites.simplify(graph).nodes()).as(graph.toString()).hasSize(graph.nodes().size());
        }
    }

    @Test
    void aProductKeepsTranspositionsOfMoreThanItsMatrices() {
        Op.DotGeneral batched = new Op.DotGeneral(List.of(0), List.of(0), List.of(2), List.of(1), DType.F32);
        Graph graph = Graphs.of(
                List.of(TensorType.of(DType.F32, 3, 2, 5), TensorType.of(DType.F32, 2, 5, 7)),
                in -> List.of(Ops.dot(batched, Ops.transpose(in.get(0), List.of(1, 0, 2)), in.get(1))));
        assertThat(Rewrites.simplify(graph).nodes()).hasSize(graph.nodes().size());
    }

    @Test
    void foldsNoTranscendentalFunction() {
        Graph graph = Graphs.of(List.of(),
                _ -> List.of(Ops.unary(UnaryKind.EXP, Ops.fill(TensorType.of(DType.F32), 1))));
        assertThat(Rewrites.simplify(graph).nodes()).hasSize(2);
    }

    @Test
    void unsignedNumbersHaveNoSignToLose() {
        Graph graph = Graphs.of(
                List.of(BYTES), in -> List.of(Ops.unary(UnaryKind.ABS, Ops.negate(in.getFirst()))));
        assertThat(Rewrites.simplify(graph).nodes()).hasSize(3);
    }
}
