package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {
    private static Image grey(int height, int width) {
        byte[] pixels = new byte[height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 + i * i * 11);
        }
        return Image.of(height, width, 1, pixels);
    }

    /// Pillow 12.3: `Image.frombytes("L", (7, 5), pixels).resize((columns, rows), Image.BILINEAR)`.
    @ParameterizedTest
    @CsvSource({
        "3, 4, 68 162 165 139 167 143 153 81 180 73 146 138",
        "2, 7, 50 170 138 198 140 186 56 190 188 34 145 140 156 78",
        "1, 1, 136",
        "8, 10, 0 26 66 115 178 160 75 170 160 106 13 76 135 153 185 175 131 195 154 75 35 143 221 195 192 194 199 219 140 35 88 160 "
                + "194 123 180 193 154 128 77 25 157 195 184 68 132 157 129 115 74 32 243 246 190 30 49 85 124 179 133 56 216 184 "
                + "120 15 91 138 144 164 144 110 188 131 64 6 129 185 159 148 147 150"})
    void isScaledAsPillowScalesIt(int rows, int columns, String expected) {
        Image scaled = grey(5, 7).resized(rows, columns);
        String[] numbers = expected.split(" ");
        assertThat(scaled.toBytes()).hasSize(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            // Pillow rounds between the two axes.
            assertThat(scaled.get(i / columns, i % columns, 0)).isCloseTo(Integer.parseInt(numbers[i]), within(1));
        }
    }

    @Test
    void coversASizeWithItsMiddle() {
        Image wide = grey(5, 7).covering(5, 5);
        assertThat(wide).isEqualTo(grey(5, 7).cropped(0, 1, 5, 5));
        assertThat(grey(5, 7).covering(10, 3).height()).isEqualTo(10);
        assertThat(grey(5, 7).covering(10, 3).width()).isEqualTo(3);
        assertThat(grey(5, 7).covering(5, 7)).isEqualTo(grey(5, 7));
    }

    @Test
    void turnsAndMirrors() {
        Image image = grey(2, 3);
        assertThat(image.transposed().get(2, 1, 0)).isEqualTo(image.get(1, 2, 0));
        assertThat(image.flipped(true, false).get(0, 2, 0)).isEqualTo(image.get(1, 2, 0));
        assertThat(image.flipped(false, true).get(0, 2, 0)).isEqualTo(image.get(0, 0, 0));
        assertThat(image.transposed().transposed()).isEqualTo(image);
        assertThat(image.flipped(true, true).flipped(true, true)).isEqualTo(image);
    }

    @Test
    void greyBecomesColourAndBack() {
        Image image = grey(4, 4);
        assertThat(image.asColour().channels()).isEqualTo(3);
        assertThat(image.asColour().asGrey()).isEqualTo(image);
        Image red = Image.of(1, 1, 3, new byte[] {(byte) 255, 0, 0});
        assertThat(red.asGrey().get(0, 0, 0)).isEqualTo(76);
    }

    @Test
    void aPartOutsideIsRefused() {
        assertThatThrownBy(() -> grey(4, 4).cropped(2, 0, 3, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
