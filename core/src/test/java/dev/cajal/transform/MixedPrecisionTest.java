package dev.cajal.transform;

import static dev.cajal.transform.Transform.compile;
import static dev.cajal.transform.Transform.grad;
import static dev.cajal.transform.Transform.mixedPrecision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MixedPrecisionTest {
    record Pair(Tensor a, Tensor b) {}

    private static Tensor random(int seed, int... dims) {
        Shape shape = Shape.of(dims);
        Random random = new Random(seed);
        float[] numbers = new float[(int) shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return Tensor.of(numbers, shape);
    }

    /// What a product of rounded operands gives: the operands are exact in f64 and the sum is rounded once, as the reference does.
    private static Tensor rounded(Tensor x) {
        return x.asType(DType.BF16).asType(DType.F64);
    }

    @Test
    void operandsAreRoundedAndSumsAreNot() {
        Pair pair = new Pair(random(1, 5, 40), random(2, 40, 3));
        Tensor narrow = mixedPrecision(DType.BF16, (Pair p) -> p.a().matmul(p.b())).apply(pair);
        Tensor exact = rounded(pair.a()).matmul(rounded(pair.b())).asType(DType.F32);
        assertThat(narrow.dtype()).isEqualTo(DType.F32);
        assertThat(narrow.toFloats()).isEqualTo(exact.toFloats());
        assertThat(narrow.toFloats()).isNotEqualTo(pair.a().matmul(pair.b()).toFloats());
    }

    @Test
    void theProductsOfAGradientAreRoundedToo() {
        Pair pair = new Pair(random(3, 6, 9), random(4, 9, 4));
        Tensor target = random(5, 6, 4);
        Function<Pair, Tensor> loss = p -> p.a().matmul(p.b()).minus(target).square().sum();
        Pair gradient = mixedPrecision(DType.BF16, grad(loss)).apply(pair);
        Tensor cotangent = mixedPrecision(DType.BF16, (Pair p) -> p.a().matmul(p.b())).apply(pair).minus(target)
                .times(2);
        Tensor left = rounded(cotangent).matmul(rounded(pair.b()).transpose()).asType(DType.F32);
        Tensor right = rounded(pair.a()).transpose().matmul(rounded(cotangent)).asType(DType.F32);
        assertThat(gradient.a().toFloats()).isEqualTo(left.toFloats());
        assertThat(gradient.b().toFloats()).isEqualTo(right.toFloats());
    }

    @Test
    void productsInsideOfALoopAreRoundedToo() {
        Tensor w = random(6, 4, 4).times(0.3);
        Tensor x = random(7, 2, 4);
        Function<Tensor, Tensor> loop = start -> Loops.scan(
                (Tensor carry, Tensor i) -> new Loops.Step<>(carry.matmul(w), i), start, Tensor.range(3, DType.I32))
                .carry();
        Tensor expected = x;
        for (int i = 0; i < 3; i++) {
            expected = rounded(expected).matmul(rounded(w)).asType(DType.F32);
        }
        assertThat(mixedPrecision(DType.BF16, loop).apply(x).toFloats()).isEqualTo(expected.toFloats());
    }

    @Test
    void whatIsNotAProductOfF32StaysAsItIs() {
        Pair whole = new Pair(Tensor.of(new int[] {1000, 1001, 1002, 1003}, Shape.of(2, 2)),
                Tensor.of(new int[] {1, 2, 3, 4}, Shape.of(2, 2)));
        Function<Pair, Tensor> product = p -> p.a().matmul(p.b());
        assertThat(mixedPrecision(DType.BF16, product).apply(whole).toInts())
                .isEqualTo(product.apply(whole).toInts());
        Pair wide = new Pair(random(8, 3, 3).asType(DType.F64), random(9, 3, 3).asType(DType.F64));
        assertThat(mixedPrecision(DType.BF16, product).apply(wide).toDoubles())
                .isEqualTo(product.apply(wide).toDoubles());
        Function<Tensor, Tensor> smooth = x -> x.exp().plus(x.times(x)).sum();
        Tensor x = random(10, 50);
        assertThat(mixedPrecision(DType.BF16, smooth).apply(x).item()).isEqualTo(smooth.apply(x).item());
    }

    @Test
    void itCombinesWithCompilation() {
        Pair pair = new Pair(random(11, 3, 7), random(12, 7, 2));
        Function<Pair, Tensor> product = mixedPrecision(DType.BF16, p -> p.a().matmul(p.b()).tanh());
        float[] compiled = compile(product).apply(pair).toFloats();
        assertThat(compiled).isEqualTo(product.apply(pair).toFloats());
        for (int i = 0; i < compiled.length; i++) {
            assertThat(compiled[i]).isCloseTo(pair.a().matmul(pair.b()).tanh().toFloats()[i], within(0.1f));
        }
    }

    @Test
    void anOperandOfSeveralProductsIsRoundedOnce() {
        Value a = Ops.parameter(TensorType.of(DType.F32, 4, 4), "a");
        Op.DotGeneral dot = new Op.DotGeneral(List.of(), List.of(), List.of(1), List.of(0), DType.F32);
        Graph graph = Graph.of(List.of(a), List.of(Ops.dot(dot, a, a), Ops.dot(dot, a, Ops.unary(UnaryKind.EXP, a))));
        Graph narrow = MixedPrecision.of(graph, DType.BF16);
        assertThat(narrow.nodes().stream().map(Node::op).filter(op -> op instanceof Op.Convert)).hasSize(2);
        assertThat(narrow.results()).extracting(Value::dtype).containsExactly(DType.F32, DType.F32);
    }

    @Test
    void inF32TheFunctionIsTheSame() {
        Function<Tensor, Tensor> function = Tensor::sum;
        assertThat(mixedPrecision(DType.F32, function)).isSameAs(function);
        assertThatThrownBy(() -> mixedPrecision(DType.F64, function)).isInstanceOf(IllegalArgumentException.class);
    }
}
