package dev.cajal.reference;

import static dev.cajal.reference.Running.buffer;
import static dev.cajal.reference.Running.numbers;
import static dev.cajal.reference.Running.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.ir.Op;
import dev.cajal.ir.Window;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// By hand; the samples are compared with formulas elsewhere.
class ProductsTest {
    private static final Op.DotGeneral MATMUL = new Op.DotGeneral(List.of(), List.of(), List.of(1), List.of(0),
            DType.F32);

    private static TensorType f32(int... dims) {
        return TensorType.of(DType.F32, dims);
    }

    @Test
    void matrices() {
        assertThat(numbers(run(MATMUL, buffer(f32(2, 3), 1, 2, 3, 4, 5, 6), buffer(f32(3, 2), 7, 8, 9, 10, 11, 12))))
                .containsExactly(58, 64, 139, 154);
    }

    @Test
    void aSumOfNothingIsZero() {
        assertThat(numbers(run(MATMUL, buffer(f32(2, 0)), buffer(f32(0, 1))))).containsExactly(0, 0);
    }

    @Test
    void sumsAreRoundedOnce() {
        // In f32 1 would vanish beside 2^24, twice; in double precision both are there.
        assertThat(numbers(run(MATMUL, buffer(f32(1, 3), 0x1p24, 1, 1), buffer(f32(3, 1), 1, 1, 1))))
                .containsExactly(0x1p24 + 2);
    }

    @Test
    void bfloat16MayGiveFloats() {
        Op.DotGeneral wide = new Op.DotGeneral(List.of(), List.of(), List.of(0), List.of(0), DType.F32);
        Op.DotGeneral narrow = new Op.DotGeneral(List.of(), List.of(), List.of(0), List.of(0), DType.BF16);
        assertThat(numbers(run(wide, buffer(DType.BF16, 256, 1), buffer(DType.BF16, 1, 1)))).containsExactly(257);
        assertThat(numbers(run(narrow, buffer(DType.BF16, 256, 1), buffer(DType.BF16, 1, 1)))).containsExactly(256);
    }

    @Test
    void integersWrap() {
        Op.DotGeneral bytes = new Op.DotGeneral(List.of(), List.of(), List.of(0), List.of(0), DType.U8);
        assertThat(numbers(run(bytes, buffer(DType.U8, 100, 100), buffer(DType.U8, 2, 2)))).containsExactly(400 - 256);
    }

    private static Op.Convolution line(Window window) {
        return new Op.Convolution(window, 1, 1, DType.F32);
    }

    @Test
    void theKernelIsNotTurnedRound() {
        assertThat(numbers(
                run(line(Window.of(List.of(2))), buffer(f32(1, 4, 1), 1, 2, 3, 4), buffer(f32(2, 1, 1), 10, 1))))
                .containsExactly(12, 23, 34);
    }

    @Test
    void paddingStridesAndDilation() {
        Window padded = Window.of(List.of(2)).withPadding(List.of(1), List.of(1)).withStrides(List.of(2));
        assertThat(numbers(run(line(padded), buffer(f32(1, 3, 1), 1, 2, 3), buffer(f32(2, 1, 1), 10, 1))))
                .containsExactly(1, 23);
        Window dilated = Window.of(List.of(2)).withDilation(List.of(1), List.of(2));
        assertThat(numbers(run(line(dilated), buffer(f32(1, 4, 1), 1, 2, 3, 4), buffer(f32(2, 1, 1), 10, 1))))
                .containsExactly(13, 24);
        // 1 0 2: the input with a hole, as in a transposed convolution.
        Window holes = Window.of(List.of(2)).withDilation(List.of(2), List.of(1));
        assertThat(numbers(run(line(holes), buffer(f32(1, 2, 1), 1, 2), buffer(f32(2, 1, 1), 10, 1))))
                .containsExactly(10, 2);
    }

    @Test
    void groupsOfFeatures() {
        // Channel 0 to feature 0 by 10, channel 1 to feature 1 by 100.
        Op.Convolution depthwise = new Op.Convolution(Window.of(List.of(1)), 2, 1, DType.F32);
        assertThat(numbers(run(depthwise, buffer(f32(1, 2, 2), 1, 2, 3, 4), buffer(f32(1, 1, 2), 10, 100))))
                .containsExactly(10, 200, 30, 400);
    }

    @Test
    void groupsOfImages() {
        // Feature 0 sees the first image, feature 1 the second.
        Op.Convolution groups = new Op.Convolution(Window.of(List.of(1)), 1, 2, DType.F32);
        assertThat(numbers(run(groups, buffer(f32(2, 2, 1), 1, 2, 3, 4), buffer(f32(1, 1, 2), 10, 100))))
                .containsExactly(10, 300, 20, 400);
    }
}
