package dev.cajal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SizeClassesTest {
    @Test
    void smallSizes() {
        assertThat(SizeClasses.round(0)).isEqualTo(64);
        assertThat(SizeClasses.round(1)).isEqualTo(64);
        assertThat(SizeClasses.round(64)).isEqualTo(64);
        assertThat(SizeClasses.round(65)).isEqualTo(128);
        assertThat(SizeClasses.round(257)).isEqualTo(320);
        assertThat(SizeClasses.round(513)).isEqualTo(640);
        assertThat(SizeClasses.round(16384)).isEqualTo(16384);
        assertThat(SizeClasses.round(16385)).isEqualTo(17408);
        assertThat(SizeClasses.round(1L << 40)).isEqualTo(1L << 40);
    }

    @Test
    void everySmallSizeHasItsNumber() {
        int number = 0;
        for (long size = 64; size <= SizeClasses.LARGEST_SMALL; size = SizeClasses.round(size + 1)) {
            assertThat(SizeClasses.round(size)).isEqualTo(size);
            assertThat(SizeClasses.index(size)).isEqualTo(number++);
        }
        assertThat(number).isEqualTo(SizeClasses.SMALL_COUNT);
    }

    @Test
    void littleIsWasted() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long bytes = random.nextLong(1L << random.nextInt(7, 45));
            long size = SizeClasses.round(bytes);
            assertThat(size).isGreaterThanOrEqualTo(bytes);
            assertThat(size % SizeClasses.ALIGNMENT).isZero();
            double most = bytes <= SizeClasses.LARGEST_SMALL ? 1.25 : 1.0625;
            assertThat(size).isLessThanOrEqualTo(Math.max(bytes + 64, (long) (bytes * most)));
        }
    }
}
