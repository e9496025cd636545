package dev.cajal.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Window THREE = Window.of(List.of(3));
    private static final List<Integer> ONE = List.of(1);

    @Test
    void positions() {
        assertThat(THREE.positions(0, 5)).isEqualTo(3);
        assertThat(THREE.positions(0, 2)).isZero();
        assertThat(THREE.positions(0, 0)).isZero();
        assertThat(THREE.withPadding(ONE, ONE).positions(0, 5)).isEqualTo(5);
        assertThat(THREE.withPadding(List.of(3), List.of(0)).positions(0, 0)).isEqualTo(1);
        assertThat(THREE.withStrides(List.of(2)).positions(0, 6)).isEqualTo(2);
        assertThat(THREE.withDilation(ONE, List.of(2)).positions(0, 5)).isEqualTo(1);
        assertThat(THREE.withDilation(List.of(2), ONE).positions(0, 3)).isEqualTo(3);
        assertThat(THREE.withPadding(List.of(-1), List.of(-1)).positions(0, 5)).isEqualTo(1);
    }

    /// Against a count of the places themselves.
    @Test
    void positionsEqualTheirCount() {
        for (int length = 0; length < 7; length++) {
            for (int size = 1; size < 4; size++) {
                for (int stride = 1; stride < 4; stride++) {
                    for (int low = -1; low < 3; low++) {
                        for (int dilation = 1; dilation < 4; dilation++) {
                            Window window = Window.of(List.of(size))
                                    .withStrides(List.of(stride))
                                    .withPadding(List.of(low), ONE)
                                    .withDilation(List.of(dilation), List.of(dilation));
                            int padded = low + (length == 0 ? 0 : (length - 1) * dilation + 1) + 1;
                            int count = 0;
                            for (int start = 0; start + (size - 1) * dilation < padded; start += stride) {
                                count++;
                            }
                            assertThat(window.positions(0, length)).as("%s over %s", window, length).isEqualTo(count);
                        }
                    }
                }
            }
        }
    }
}
