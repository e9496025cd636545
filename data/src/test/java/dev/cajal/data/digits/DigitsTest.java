package dev.cajal.data.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.data.image.DigitFrame;
import dev.cajal.nn.example.Rows;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private static final int COUNT = 500;

    @Test
    void theSameSeedGivesTheSameBytesInAnyNumberOfThreads() throws Exception {
        byte[] common = bytes(Digits.draw(1, 0, COUNT).inputs());
        for (int threads : List.of(1, 3)) {
            try (var pool = new ForkJoinPool(threads)) {
                byte[] own = pool.submit(() -> bytes(Digits.draw(1, 0, COUNT).inputs())).get();
                assertThat(own).isEqualTo(common);
            }
        }
    }

    @Test
    void anExampleDependsOnItsNumberAlone() {
        var all = Digits.draw(1, 0, COUNT);
        var some = Digits.draw(1, 300, 200);
        for (int i = 0; i < 200; i++) {
            assertThat(some.targets().get(i, 0)).isEqualTo(all.targets().get(300 + i, 0));
        }
        byte[] tail = new byte[200 * 784];
        System.arraycopy(bytes(all.inputs()), 300 * 784, tail, 0, tail.length);
        assertThat(bytes(some.inputs())).isEqualTo(tail);
    }

    /// Every machine, every release of Java draws the same; a change of styles changes this sum, and what networks learn from it.
    @Test
    void theDigitsThatEverybodyHas() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(bytes(Digits.draw(1, 0, COUNT).inputs()));
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("fa920d5573b58df23001f84b944f361155c33ea7e5cfbc06a9fd81a040a17bf9");
    }

    @Test
    void anotherSeedDrawsOthers() {
        assertThat(bytes(Digits.draw(2, 0, 50).inputs())).isNotEqualTo(bytes(Digits.draw(1, 0, 50).inputs()));
    }

    @Test
    void noTwoOfThemAreTheSame() {
        var rows = Digits.draw(1, 0, COUNT).inputs();
        byte[] all = bytes(rows);
        assertThat(IntStream.range(0, COUNT)
                .mapToObj(i -> HexFormat.of().formatHex(all, i * 784, (i + 1) * 784))
                .distinct())
                .hasSize(COUNT);
    }

    @Test
    void eachTenExamplesShowEachDigitOnceInAnOrderOfTheirOwn() {
        var targets = Digits.draw(1, 0, COUNT).targets();
        List<List<Double>> tens = IntStream.range(0, COUNT / 10)
                .mapToObj(ten -> IntStream.range(0, 10)
                        .mapToObj(i -> targets.get(ten * 10 + i, 0))
                        .toList())
                .toList();
        assertThat(tens).allSatisfy(ten -> assertThat(ten)
                .containsExactlyInAnyOrder(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0));
        assertThat(tens.stream().distinct().count()).isGreaterThan(40);
    }

    @Test
    void digitsStandInTheFrameOfMnist() {
        var rows = Digits.draw(3, 0, COUNT).inputs();
        for (int i = 0; i < COUNT; i++) {
            var frame = Frame.of(rows, i);
            assertThat(Math.max(frame.height, frame.width)).as("longer side of %s", i).isEqualTo(20);
            assertThat(frame.centreX).as("centre of %s", i).isBetween(13.4, 14.6);
            assertThat(frame.centreY).as("centre of %s", i).isBetween(13.4, 14.6);
            assertThat(frame.brightest).as("ink of %s", i).isGreaterThan(200);
        }
    }

    @Test
    void everyStyleOfEveryDigitIsDrawnAndHasInkThroughout() {
        for (int digit = 0; digit < 10; digit++) {
            for (Style style : Styles.of(digit)) {
                for (int i = 0; i < 20; i++) {
                    var chance = Chance.of(digit, i);
                    var paper = new Paper();
                    Pen.of(chance).draw(
                            style.shape(chance).stream().map(stroke -> stroke.flatten(4)).toList(), paper);
                    assertThat(DigitFrame.normalize(Paper.SIZE, Paper.SIZE, paper.scan(chance))).hasSize(784);
                }
            }
        }
    }

    private record Frame(int height, int width, double centreX, double centreY, int brightest) {
        static Frame of(Rows rows, int row) {
            int left = 28, right = -1, top = 28, bottom = -1, brightest = 0;
            double mass = 0, x = 0, y = 0;
            for (int i = 0; i < 784; i++) {
                double value = rows.get(row, i);
                mass += value;
                x += value * (i % 28);
                y += value * (i / 28);
                brightest = Math.max(brightest, (int) value);
                if (value > 0) {
                    left = Math.min(left, i % 28);
                    right = Math.max(right, i % 28);
                    top = Math.min(top, i / 28);
                    bottom = Math.max(bottom, i / 28);
                }
            }
            return new Frame(bottom - top + 1, right - left + 1, x / mass, y / mass, brightest);
        }
    }

    private static byte[] bytes(Rows rows) {
        byte[] bytes = new byte[rows.count() * rows.width()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) rows.get(i / rows.width(), i % rows.width());
        }
        return bytes;
    }
}
