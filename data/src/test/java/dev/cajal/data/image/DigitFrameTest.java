package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import dev.cajal.data.idx.IdxFile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigitFrameTest {
    @Test
    void aBarFillsTheBoxAndItsCentreOfMassIsInTheCentre() {
        float[] ink = new float[100 * 60];
        for (int y = 10; y < 90; y++) {
            for (int x = 40; x < 56; x++) {
                ink[y * 60 + x] = 1;
            }
        }
        byte[] frame = DigitFrame.normalize(100, 60, ink);
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                // 80 by 16 pixels become 20 by 4; the middle of rows 4 to 23 is 13.5, the nearest whole shift to 14 is half up
                boolean inside = y >= 5 && y < 25 && x >= 13 && x < 17;
                assertThat(frame[y * 28 + x] & 0xff).as("%s, %s", y, x).isEqualTo(inside ? 255 : 0);
            }
        }
    }

    @Test
    void areasAreAveraged() {
        // 40 by 40 in a box of 20 by 20: each pixel covers four, of which two have ink
        float[] ink = new float[40 * 40];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = i % 40 == 0 || i % 40 == 39 || i % 2 == 0 ? 1 : 0;
        }
        byte[] frame = DigitFrame.normalize(40, 40, ink);
        assertThat(frame[14 * 28 + 14] & 0xff).isEqualTo(128);
    }

    @Test
    void whatIsWiderThanHighFillsTheBoxInWidth() {
        float[] ink = new float[10 * 200];
        Arrays.fill(ink, 1);
        byte[] frame = DigitFrame.normalize(10, 200, ink);
        int rows = 0;
        for (int y = 0; y < 28; y++) {
            rows += frame[y * 28 + 14] != 0 ? 1 : 0;
        }
        assertThat(rows).isEqualTo(1);
    }

    @Test
    void aPictureWithoutInkIsRefused() {
        assertThatThrownBy(() -> DigitFrame.normalize(28, 28, new float[784]))
                .isInstanceOf(DataException.class)
                .hasMessage("There is no ink in a picture of 28 x 28 pixels.");
    }

    @Test
    void digitsOfMnistAreInTheirFrameAlready() {
        var file = IdxFile.read(SharedData.path("mnist/t10k-images-idx3-ubyte.gz"));
        int same = 0;
        int fitting = 0;
        for (int i = 0; i < 2000; i++) {
            float[] ink = new float[784];
            byte[] picture = Arrays.copyOfRange(file.elements(), i * 784, (i + 1) * 784);
            for (int j = 0; j < 784; j++) {
                ink[j] = (picture[j] & 0xff) / 255f;
            }
            // Where the outermost pixels are clearly ink, there is no doubt about the box.
            if (Bounds.of(new Plane(28, 28, ink)).orElseThrow().longerSide() == 20) {
                fitting++;
                var again = new Plane(28, 28, ink);
                same += distance(DigitFrame.normalize(28, 28, again.values()), picture) < 0.02 ? 1 : 0;
            }
        }
        assertThat(fitting).isGreaterThan(500);
        assertThat((double) same / fitting).isGreaterThan(0.8);
    }

    private static double distance(byte[] a, byte[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff)) / 255.0;
        }
        return sum / a.length;
    }
}
