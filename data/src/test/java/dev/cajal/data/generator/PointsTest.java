package dev.cajal.data.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.data.DataException;
import dev.cajal.data.generator.Points.LabeledPoint;
import dev.cajal.nn.example.Examples;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PointsTest {
    private static final Map<String, LongFunction<List<?>>> SETS = Map.of(
            "moons", seed -> Points.moons(300, 0.1, seed),
            "circles", seed -> Points.circles(300, 0.1, seed),
            "spirals", seed -> Points.spirals(300, 3, 0.1, seed),
            "blobs", seed -> Points.blobs(300, 3, 0.1, seed),
            "xor", seed -> Points.xor(300, 0.1, seed),
            "linear", seed -> Points.linear(300, 2, 1, 0.1, seed));

    @Test
    void theSeedDecides() {
        SETS.forEach((name, set) -> {
            assertThat(set.apply(1)).as(name).hasSize(300).isEqualTo(set.apply(1)).isNotEqualTo(set.apply(2));
        });
    }

    @Test
    void classesAreEquallyFrequent() {
        assertThat(counts(Points.spirals(300, 3, 0, 1))).containsOnly(Map.entry(0, 100L), Map.entry(1, 100L),
                Map.entry(2, 100L));
        assertThat(counts(Points.moons(301, 0, 1))).containsOnly(Map.entry(0, 151L), Map.entry(1, 150L));
    }

    private static Map<Integer, Long> counts(List<LabeledPoint> points) {
        return points.stream().collect(Collectors.groupingBy(LabeledPoint::label, Collectors.counting()));
    }

    @Test
    void withoutNoisePointsLieOnTheirShapes() {
        for (var point : Points.circles(200, 0, 3)) {
            assertThat(radius(point.point())).isEqualTo(point.label() == 0 ? 1 : 0.5, within(1e-12));
        }
        for (var point : Points.moons(200, 0, 3)) {
            var p = point.point();
            assertThat(point.label() == 0 ? radius(p) : Math.hypot(p.x() - 1, p.y() - 0.5)).isEqualTo(1, within(1e-12));
            assertThat(point.label() == 0 ? p.y() : 0.5 - p.y()).isGreaterThanOrEqualTo(0);
        }
        for (var point : Points.spirals(200, 2, 0, 3)) {
            var p = point.point();
            double turned = Math.atan2(p.y(), p.x()) - 3 * Math.PI * radius(p) - Math.PI * point.label();
            assertThat(Math.IEEEremainder(turned, 2 * Math.PI)).isEqualTo(0, within(1e-9));
        }
        for (var point : Points.xor(200, 0, 3)) {
            assertThat(point.point().x() * point.point().y()).isEqualTo(point.label() == 0 ? 1.0 : -1.0);
        }
        for (var pair : Points.linear(200, 2, 1, 0, 3)) {
            assertThat(pair.y()).isEqualTo(2 * pair.x() + 1);
        }
        assertThat(Points.blobs(40, 4, 0, 3).stream().map(LabeledPoint::point).distinct()).hasSize(4);
    }

    private static double radius(Point point) {
        return Math.hypot(point.x(), point.y());
    }

    @Test
    void noiseHasItsDeviation() {
        double squares = 0;
        var pairs = Points.linear(50_000, 2, 1, 0.3, 5);
        for (var pair : pairs) {
            squares += Math.pow(pair.y() - 2 * pair.x() - 1, 2);
        }
        assertThat(Math.sqrt(squares / pairs.size())).isEqualTo(0.3, within(0.005));
    }

    @Test
    void pointsAreExamplesAsTheyAre() {
        var examples = Examples.of(Points.moons(100, 0.1, 1), LabeledPoint::point, LabeledPoint::label);
        assertThat(examples.size()).isEqualTo(100);
        assertThat(examples.inputShape().size()).isEqualTo(2);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> Points.moons(-1, 0, 1)).isInstanceOf(DataException.class).hasMessageContaining("-1");
        assertThatThrownBy(() -> Points.moons(1, Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Points.spirals(1, 0, 0.1, 1)).hasMessageContaining("at least one class");
        assertThat(Points.moons(0, 0, 1)).isEmpty();
    }
}
