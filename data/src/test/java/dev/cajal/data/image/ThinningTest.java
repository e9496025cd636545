package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThinningTest {
    @Test
    void picturesThatCamerasMakeStayWhole() {
        var small = Thinning.covering(64, 64);
        assertThat(small.of(8000, 6000)).isEqualTo(1);
        assertThat(small.of(1, 50_000_000)).isEqualTo(1);
        assertThat(Thinning.none().of(14_000, 14_000)).isEqualTo(1);
    }

    @Test
    void ofLargerOnesTwelveMillionPixelsAreLeftAndTwiceWhatIsNeeded() {
        assertThat(Thinning.covering(64, 64).of(14_000, 14_000)).isEqualTo(5);
        assertThat(Thinning.covering(3000, 3000).of(14_000, 14_000)).isEqualTo(2);
        assertThat(Thinning.covering(5000, 5000).of(14_000, 14_000)).isEqualTo(1);
        assertThat(Thinning.covering(64, 64).of(100_000, 200)).isEqualTo(1);
        assertThat(Thinning.covering(64, 64).of(1_000_000, 300)).isEqualTo(2);
    }
}
