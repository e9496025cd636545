package dev.cajal.transform;

import static dev.cajal.transform.Transform.compile;
import static dev.cajal.transform.Transform.grad;
import static dev.cajal.transform.Transform.valueAndGrad;
import static dev.cajal.transform.Transform.valueAndGradWithAux;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TransformTest {
    record Line(Tensor slope, Tensor offset) {}

    record Nested(Line line, List<Tensor> more, String name) {}

    private static Tensor scalar(double number) {
        return Tensor.full(DType.F64, Shape.SCALAR, number);
    }

    @Test
    void theGradientOfACubeAndItsGradients() {
        Function<Tensor, Tensor> first = grad(x -> x.times(x).times(x).sum());
        Function<Tensor, Tensor> second = grad(x -> first.apply(x).sum());
        Function<Tensor, Tensor> third = grad(x -> second.apply(x).sum());
        assertThat(first.apply(scalar(2)).item()).isEqualTo(12);
        assertThat(second.apply(scalar(2)).item()).isEqualTo(12);
        assertThat(third.apply(scalar(2)).item()).isEqualTo(6);
    }

    /// The expression and the figures of micrograd's README (a = -4, b = 2).
    @Test
    void micrograd() {
        Function<List<Tensor>, Tensor> function = leaves -> {
            Tensor a = leaves.get(0);
            Tensor b = leaves.get(1);
            Tensor c = a.plus(b);
            Tensor d = a.times(b).plus(b.times(b).times(b));
            c = c.plus(c.plus(1));
            c = c.plus(c.plus(1).minus(a));
            d = d.plus(d.times(2).plus(b.plus(a).maximum(0)));
            d = d.plus(d.times(3).plus(b.minus(a).maximum(0)));
            Tensor e = c.minus(d);
            Tensor f = e.square();
            Tensor g = f.div(2.0);
            return g.plus(f.reciprocal().times(10.0));
        };
        ValueAndGradient<List<Tensor>> result = valueAndGrad(function).apply(List.of(scalar(-4), scalar(2)));
        assertThat(result.value().item()).isCloseTo(24.7041, within(5e-5));
        assertThat(result.gradient().get(0).item()).isCloseTo(138.8338, within(5e-5));
        assertThat(result.gradient().get(1).item()).isCloseTo(645.5773, within(5e-5));
    }

    @Test
    void gradientsHaveTheStructureOfTheArgument() {
        Nested argument = new Nested(new Line(scalar(3), scalar(4)), List.of(scalar(5)), "static");
        Nested gradient = grad((Nested n) -> n.line()
                .slope()
                .times(n.line().offset())
                .plus(n.more().getFirst().square()))
                .apply(argument);
        assertThat(gradient.line().slope().item()).isEqualTo(4);
        assertThat(gradient.line().offset().item()).isEqualTo(3);
        assertThat(gradient.more().getFirst().item()).isEqualTo(10);
        assertThat(gradient.name()).isEqualTo("static");
    }

    @Test
    void aTensorThatIsPassedAndCapturedCountsOnlyWhereItWasPassed() {
        Tensor x = scalar(3);
        assertThat(grad((Tensor y) -> y.times(x)).apply(x).item()).isEqualTo(3);
    }

    @Test
    void auxComesOutUndifferentiated() {
        var result = valueAndGradWithAux((Tensor x) -> new WithAux<>(x.square(), Map.of("double", x.times(2))))
                .apply(scalar(5));
        assertThat(result.value().item()).isEqualTo(25);
        assertThat(result.aux().get("double").item()).isEqualTo(10);
        assertThat(result.gradient().item()).isEqualTo(10);
    }

    @Test
    void aCompiledFunctionIsTracedOncePerSignature() {
        AtomicInteger traces = new AtomicInteger();
        CompiledFunction<Tensor, Tensor> function = compile((Tensor x) -> {
            traces.incrementAndGet();
            return x.times(2).plus(1);
        });
        assertThat(function.apply(Tensor.of(1f)).item()).isEqualTo(3);
        assertThat(function.apply(Tensor.of(2f)).item()).isEqualTo(5);
        assertThat(function.apply(Tensor.of(new float[] {1, 2})).toFloats()).containsExactly(3, 5);
        assertThat(function.apply(scalar(7)).item()).isEqualTo(15);
        assertThat(traces).hasValue(3);
    }

    @Test
    void staticPartsArePartOfTheSignature() {
        record Scaled(Tensor x, int factor) {}
        CompiledFunction<Scaled, Tensor> function = compile((Scaled s) -> s.x().times(s.factor()));
        assertThat(function.apply(new Scaled(Tensor.of(2f), 3)).item()).isEqualTo(6);
        assertThat(function.apply(new Scaled(Tensor.of(2f), 4)).item()).isEqualTo(8);
    }

    @Test
    void capturedTensorsAreHiddenInputs() {
        Tensor captured = RandomKey.of(1).normal(Shape.of(3)).times(2);
        CompiledFunction<Tensor, Tensor> function = compile((Tensor x) -> x.plus(captured));
        assertThat(function.apply(Tensor.zeros(3)).toFloats()).isEqualTo(captured.toFloats());
    }

    @Test
    void gradientsCompileAndCompiledFunctionsHaveGradients() {
        CompiledFunction<Tensor, Tensor> cube = compile((Tensor x) -> x.times(x).times(x));
        assertThat(compile(grad(cube)).apply(scalar(2)).item()).isEqualTo(12);
        assertThat(grad(cube).apply(scalar(2)).item()).isEqualTo(12);
    }

    @Test
    void aTrainingStepAsOneFunctionLearnsALine() {
        Tensor x = Tensor.of(new float[] {0, 1, 2, 3});
        Tensor y = Tensor.of(new float[] {1, 3, 5, 7});
        CompiledFunction<Line, Line> step = compile((Line line) -> {
            Line gradient = grad((Line l) -> x.times(l.slope()).plus(l.offset()).minus(y).square().mean())
                    .apply(line);
            return Tree.zip(line, gradient, (p, g) -> p.minus(g.times(0.1)));
        });
        Line line = new Line(Tensor.of(0f), Tensor.of(0f));
        for (int i = 0; i < 300; i++) {
            line = step.apply(line);
        }
        assertThat(line.slope().item()).isCloseTo(2, within(1e-3));
        assertThat(line.offset().item()).isCloseTo(1, within(1e-3));
    }

    @Test
    void readingWhileTracingNamesTheLine() {
        assertThatThrownBy(() -> compile((Tensor x) -> Tensor.of((float) x.item())).apply(Tensor.of(1f)))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("TransformTest.java:")
                .hasMessageContaining("under compile");
    }

    @Test
    void anEscapedPlaceholderIsRecognised() {
        List<Tensor> kept = new ArrayList<>();
        compile((Tensor x) -> {
            kept.add(x.plus(1));
            return x;
        })
                .apply(Tensor.of(1f));
        assertThatThrownBy(() -> kept.getFirst().plus(1)).hasMessageContaining("kept and used outside");
        assertThatThrownBy(() -> kept.getFirst().item()).hasMessageContaining("kept and used outside");
    }

    @Test
    void aDonatedTensorCannotBeRead() {
        CompiledFunction<Tensor, Tensor> function = compile((Tensor x) -> x.plus(1)).donating(0);
        Tensor x = Tensor.of(new float[] {1, 2});
        assertThat(function.apply(x).toFloats()).containsExactly(2, 3);
        assertThatThrownBy(x::toFloats).hasMessageContaining("donated");
        assertThatThrownBy(() -> x.plus(1).toFloats()).hasMessageContaining("donated");
    }

    @Test
    void aCapturedTensorThatWasDonatedElsewhereIsNoticed() {
        Tensor w = Tensor.of(new float[] {1, 2, 3});
        CompiledFunction<Tensor, Tensor> function = compile((Tensor x) -> x.plus(w));
        assertThat(function.apply(Tensor.zeros(3)).toFloats()).containsExactly(1, 2, 3);
        compile((Tensor x) -> x.plus(100)).donating(0).apply(w);
        assertThatThrownBy(() -> function.apply(Tensor.zeros(3)))
                .isInstanceOfSatisfying(CajalException.class, e -> assertThat(e.code()).isEqualTo("tensor.donated"));
    }

    @Test
    void aDonatedTensorIsNoOtherArgumentAndNotCaptured() {
        Tensor w = Tensor.of(new float[] {1, 2, 3});
        CompiledFunction<List<Tensor>, Tensor> sum = compile((List<Tensor> pair) -> pair.get(0).plus(pair.get(1)))
                .donating(0);
        assertThatThrownBy(() -> sum.apply(List.of(w, w)))
                .isInstanceOfSatisfying(
                        CajalException.class, e -> assertThat(e.code()).isEqualTo("compile.donated-twice"));
        CompiledFunction<Tensor, Tensor> captured = compile((Tensor x) -> x.plus(w)).donating(0);
        assertThatThrownBy(() -> captured.apply(w))
                .isInstanceOfSatisfying(
                        CajalException.class, e -> assertThat(e.code()).isEqualTo("compile.donated-twice"))
                .hasMessageContaining("the function itself uses");
        assertThat(w.toFloats()).as("a refused call donates nothing").containsExactly(1, 2, 3);
    }

    @Test
    void aResultSharesNoMemoryWithAnArgument() {
        Tensor x = Tensor.of(new float[] {1, 2, 3});
        Tensor same = compile((Tensor y) -> y).apply(x);
        Tensor captured = compile((Tensor y) -> x).apply(Tensor.of(0f));
        compile((Tensor y) -> y.plus(100)).donating(0).apply(same);
        compile((Tensor y) -> y.plus(100)).donating(0).apply(captured);
        assertThat(x.toFloats()).containsExactly(1, 2, 3);
    }

    @Test
    void whatHasNoGradientIsRefused() {
        assertThatThrownBy(() -> grad((Tensor x) -> x.asType(DType.F32).sum()).apply(Tensor.of(new int[] {1})))
                .hasMessageContaining("only floating-point tensors");
        assertThatThrownBy(() -> grad((Tensor x) -> x).apply(Tensor.of(new float[] {1, 2})))
                .hasMessageContaining("mean() or sum()");
    }

    @Test
    void scanRunsAndHasAGradient() {
        Tensor numbers = Tensor.of(new double[] {1, 2, 3, 4}, Shape.of(4));
        Loops.Step<Tensor, Tensor> sums = Loops.scan(
                (Tensor sum, Tensor x) -> new Loops.Step<>(sum.plus(x), sum.plus(x)), scalar(0), numbers);
        assertThat(sums.carry().item()).isEqualTo(10);
        assertThat(sums.output().toDoubles()).containsExactly(1, 3, 6, 10);
        Tensor gradient = grad((Tensor x) -> Loops.scan(
                (Tensor product, Tensor one) -> new Loops.Step<>(product.times(one), product),
                scalar(1),
                x)
                .carry())
                .apply(numbers);
        assertThat(gradient.toDoubles()).containsExactly(24, 12, 8, 6);
    }

    @Test
    void whileLoopsCapture() {
        Tensor limit = scalar(100);
        Tensor factor = scalar(3);
        Tensor result = Loops.whileLoop((Tensor x) -> x.lt(limit), (Tensor x) -> x.times(factor), scalar(1));
        assertThat(result.item()).isEqualTo(243);
    }
}
