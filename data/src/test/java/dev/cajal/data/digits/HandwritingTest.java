package dev.cajal.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HandwritingTest {
    @Test
    void elasticDistortionMovesNeighboursTogether() {
        for (int seed = 0; seed < 50; seed++) {
            var elastic = new ElasticDistortion(10, Chance.of(seed, 0));
            for (double x = -30; x < 90; x += 7) {
                for (double y = -20; y < 120; y += 7) {
                    var here = elastic.apply(x, y);
                    var there = elastic.apply(x + 0.1, y);
                    assertThat(Math.hypot(here.x() - x, here.y() - y)).isLessThan(40);
                    assertThat(Math.hypot(there.x() - here.x(), there.y() - here.y())).isBetween(0.0, 0.3);
                }
            }
        }
    }

    @Test
    void elasticDistortionWithoutStrengthMovesNothing() {
        var point = new ElasticDistortion(0, Chance.of(1, 0)).apply(12, 34);
        assertThat(point).isEqualTo(new Polyline.Point(12, 34));
    }

    @Test
    void aPlainPostureOnlyCentres() {
        var upright = new Posture(1, 0, 0, 0, 0, 0);
        assertThat(upright.apply(30, 50)).isEqualTo(new Polyline.Point(0, 0));
        assertThat(upright.apply(60, 100)).isEqualTo(new Polyline.Point(30, 50));
    }

    @Test
    void slantLeansTheTopToTheRight() {
        var leaning = new Posture(1, 0, 0, 0, 0.5, 0);
        assertThat(leaning.apply(30, 0).x()).isEqualTo(25, within(1e-9));
        assertThat(leaning.apply(30, 100).x()).isEqualTo(-25, within(1e-9));
    }

    @Test
    void aLineOnPaperIsAsWideAsThePen() {
        var paper = new Paper();
        paper.line(10, 28, 46, 28, 3);
        float[] ink = paper.scan(Chance.of(1, steadyScan()));
        double column = 0;
        for (int y = 0; y < Paper.SIZE; y++) {
            column += ink[y * Paper.SIZE + 28];
        }
        assertThat(column).isEqualTo(6, within(0.8));
        assertThat(ink[5 * Paper.SIZE + 28]).isZero();
    }

    /// An example whose pen does not run dry.
    private static long steadyScan() {
        return 4;
    }

    @Test
    void bellShapedChancesHaveTheirMeanAndDeviationAndNoOutliers() {
        double sum = 0;
        double squares = 0;
        int count = 100_000;
        var chance = Chance.of(7, 7);
        for (int i = 0; i < count; i++) {
            double value = chance.bell(5, 2);
            assertThat(value).isBetween(5 - 7.0, 5 + 7.0);
            sum += value;
            squares += (value - 5) * (value - 5);
        }
        assertThat(sum / count).isEqualTo(5, within(0.03));
        assertThat(Math.sqrt(squares / count)).isEqualTo(2, within(0.02));
    }

    @Test
    void neighbouringExamplesHaveUnrelatedChances() {
        double product = 0;
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            product += Chance.of(1, i).between(-1, 1) * Chance.of(1, i + 1).between(-1, 1);
        }
        assertThat(product / count).isEqualTo(0, within(0.01));
    }
}
