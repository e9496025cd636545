package dev.cajal.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StrokeTest {
    @Test
    void aStrokePassesItsPoints() {
        var stroke = Stroke.parse("0,0 30,10 60,60! 10,90 0,100");
        var line = stroke.flatten(1);
        for (int i = 0; i < stroke.size(); i++) {
            assertThat(distance(line, stroke.xs()[i], stroke.ys()[i])).as("point %s", i).isLessThan(1e-9);
        }
        assertThat(line.x(0)).isZero();
        assertThat(line.y(line.size() - 1)).isEqualTo(100, within(1e-9));
    }

    @Test
    void twoPointsAreAStraightLineInSteps() {
        var line = Stroke.parse("0,0 30,40").flatten(6);
        // 50 long, a tenth more for curves: 55 / 6, rounded up, and the point at the start
        assertThat(line.size()).isEqualTo(11);
        for (int i = 0; i < line.size(); i++) {
            assertThat(line.x(i) * 4).isEqualTo(line.y(i) * 3, within(1e-9));
        }
    }

    @Test
    void aCurveIsSmoothExceptAtCorners() {
        assertThat(sharpestTurn(Stroke.parse("0,0 50,0 50,50").flatten(0.5))).isLessThan(0.2);
        assertThat(sharpestTurn(Stroke.parse("0,0 50,0! 50,50").flatten(0.5))).isEqualTo(Math.PI / 2, within(1e-6));
    }

    @Test
    void aCurveStaysNearItsPointsHoweverUnevenTheyAre() {
        var line = Stroke.parse("0,0 100,0 101,1 101,100").flatten(0.5);
        for (int i = 0; i < line.size(); i++) {
            assertThat(line.x(i)).isBetween(-5.0, 110.0);
            assertThat(line.y(i)).isBetween(-10.0, 105.0);
        }
    }

    @Test
    void betweenTwoShapesLiesAShape() {
        var middle = Stroke.parse("0,0 10,10").towards(Stroke.parse("10,0 30,50"), 0.5);
        assertThat(middle.xs()).containsExactly(5, 20);
        assertThat(middle.ys()).containsExactly(0, 30);
    }

    @Test
    void keyShapesOfAStyleHaveTheSamePointsAndCorners() {
        assertThatThrownBy(() -> Style.of(1, "0,0 1,1", "0,0 1,1 2,2")).hasMessageContaining("Key shape 2");
        assertThatThrownBy(() -> Style.of(1, "0,0 1,1 2,2", "0,0 1,1! 2,2")).hasMessageContaining("corners");
        assertThatThrownBy(() -> Style.of(1, "0,0 1,1", "0,0 1,1 / 2,2 3,3")).hasMessageContaining("strokes");
    }

    @Test
    void styleSharesAreKept() {
        int slashed = 0;
        for (int i = 0; i < 20_000; i++) {
            slashed += Style.of(0, Chance.of(1, i)) == Styles.of(0).getLast() ? 1 : 0;
        }
        assertThat(slashed).isBetween(130, 280);
    }

    private static double distance(Polyline line, double x, double y) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < line.size(); i++) {
            least = Math.min(least, Math.hypot(line.x(i) - x, line.y(i) - y));
        }
        return least;
    }

    private static double sharpestTurn(Polyline line) {
        double sharpest = 0;
        for (int i = 1; i + 1 < line.size(); i++) {
            double before = Math.atan2(line.y(i) - line.y(i - 1), line.x(i) - line.x(i - 1));
            double after = Math.atan2(line.y(i + 1) - line.y(i), line.x(i + 1) - line.x(i));
            sharpest = Math.max(sharpest, Math.abs(Math.IEEEremainder(after - before, 2 * Math.PI)));
        }
        return sharpest;
    }
}
