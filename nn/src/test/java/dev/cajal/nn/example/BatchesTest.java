package dev.cajal.nn.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int FULL = 64;

    /// Lines of whole numbers, filled up with zeros.
    private record Lines(Shape shape) implements InputEncoding<int[][]> {
        @Override
        public DType dtype() {
            return DType.I32;
        }

        @Override
        public OptionalInt filler() {
            return OptionalInt.of(0);
        }

        @Override
        public void encode(int[][] input, double[] target, int offset) {
            Arrays.fill(target, offset, offset + (int) shape.size(), 0);
            for (int line = 0; line < input.length; line++) {
                for (int i = 0; i < input[line].length; i++) {
                    target[offset + line * shape.dim(-1) + i] = input[line][i];
                }
            }
        }

        @Override
        public Tensor prepare(Tensor batch) {
            return batch;
        }
    }

    private static final ClassTargets<Integer> NUMBERS = new ClassTargets<>(List.of(0, 1));

    /// A row of ones for each length.
    private static Rows ones(int... lengths) {
        return Examples.encode(new Lines(Shape.of(FULL)), Arrays.stream(lengths).mapToObj(length -> {
            int[] line = new int[length];
            Arrays.fill(line, 1);
            return new int[][] {line};
        }).toList());
    }

    private static Batches batches(int... lengths) {
        return Batches.of(new Lines(Shape.of(FULL)), NUMBERS, ones(lengths),
                Rows.of(new int[lengths.length], Shape.SCALAR));
    }

    private static int[] random(int count) {
        SplittableRandom random = new SplittableRandom(5);
        return random.ints(count, 0, FULL + 1).toArray();
    }

    @Test
    void aBatchIsCutToItsLongestRowRoundedUp() {
        Batches batches = batches(3, 9, 17, 33, 50, 64, 0);
        int[] order = batches.inOrder();
        assertThat(batches.batch(order, 0, 1, 1).inputs().shape()).isEqualTo(Shape.of(1, 8));
        assertThat(batches.batch(order, 0, 2, 2).inputs().shape()).isEqualTo(Shape.of(2, 16));
        assertThat(batches.batch(order, 0, 3, 4).inputs().shape()).isEqualTo(Shape.of(4, 24));
        assertThat(batches.batch(order, 2, 4, 2).inputs().shape()).isEqualTo(Shape.of(2, 48));
        assertThat(batches.batch(order, 0, 7, 7).inputs().shape()).isEqualTo(Shape.of(7, 64));
        assertThat(batches.batch(order, 6, 7, 1).inputs().toFloats()).containsOnly(0).hasSize(8);
        assertThat(batches.whole(order, 0, 1, 1).inputs().shape()).isEqualTo(Shape.of(1, 64));
        assertThat(batches.zeros(5).inputs().shape()).isEqualTo(Shape.of(5, 64));
        Batch two = batches.batch(order, 0, 2, 3);
        assertThat(two.weights().toFloats()).containsExactly(1, 1, 0);
        assertThat(two.inputs().sum(1).toFloats()).containsExactly(3, 9, 3);
    }

    @Test
    void thereAreFewLengthsWhateverTheLimit() {
        for (int full : new int[] {1, 5, 8, 31, 64, 100, 500, 5000}) {
            var encoding = new Lines(Shape.of(full));
            TreeSet<Integer> lengths = new TreeSet<>();
            for (int length = 0; length <= full; length++) {
                int[] line = new int[length];
                Arrays.fill(line, 1);
                Lengths one = Lengths.of(Examples.encode(encoding, List.<int[][]>of(new int[][] {line})),
                        encoding.filler());
                int cut = one.longest(new int[] {0}, 0, 1);
                assertThat(cut).isBetween(length, full);
                lengths.add(cut);
            }
            assertThat(lengths).hasSizeLessThanOrEqualTo(7).contains(full);
        }
    }

    @Test
    void shufflingKeepsEachRowAndBringsSimilarOnesTogether() {
        int[] lengths = random(1000);
        Batches batches = batches(lengths);
        int[] order = batches.shuffled(32, 7);
        assertThat(order).containsExactlyInAnyOrder(batches.inOrder()).isEqualTo(batches.shuffled(32, 7))
                .isNotEqualTo(batches.shuffled(32, 8));
        double spread = 0;
        double first = 0;
        for (int i = 0; i < 31; i++) {
            var here = Arrays.stream(order, 32 * i, 32 * i + 32).map(at -> lengths[at]).summaryStatistics();
            spread += here.getMax() - here.getMin();
            first += i < 15 ? here.getAverage() / 15 : 0;
        }
        assertThat(spread / 31).isLessThan(4);
        // The batches themselves come in no order of length.
        assertThat(first).isBetween(16.0, 48.0);
    }

    @Test
    void rowsThatAreNotFilledUpComeInTheOrderOfChanceAlone() {
        Rows rows = Rows.of(new float[200], Shape.of(2));
        var raw = ObjectInputs.like(new double[2]);
        Batches batches = Batches.of(raw, NUMBERS, rows, Rows.of(new int[100], Shape.SCALAR));
        assertThat(batches.shuffled(8, 3)).isEqualTo(Shuffle.range(100, new SplittableRandom(3)));
        assertThat(batches.batch(batches.inOrder(), 0, 3, 4).inputs().shape()).isEqualTo(Shape.of(4, 2));
    }

    @Test
    void rowsOfSeveralLinesAreCutInTheLastDimension() {
        var pairs = new Lines(Shape.of(2, 32));
        Rows rows = Examples.encode(pairs,
                List.of(new int[][] {{1, 2}, {3, 4, 5}}, new int[][] {{6}, {7, 8, 9, 10, 11, 12, 13, 14, 15}}));
        Batches batches = Batches.of(pairs, NUMBERS, rows, Rows.of(new int[2], Shape.SCALAR));
        Tensor both = batches.batch(batches.inOrder(), 0, 2, 2).inputs();
        assertThat(both.shape()).isEqualTo(Shape.of(2, 2, 16));
        assertThat(both.slice(2, 0, 3).toFloats()).containsExactly(1, 2, 0, 3, 4, 5, 6, 0, 0, 7, 8, 9);
        assertThat(both.sum().item()).isEqualTo(120);
        assertThat(batches.batch(batches.inOrder(), 0, 1, 1).inputs().shape()).isEqualTo(Shape.of(1, 2, 8));
    }

    @Test
    void lengthsOfInputsAndTargetsAreThoseOfTheLonger() {
        Lengths both = Lengths.of(ones(3, 20), OptionalInt.of(0)).and(Lengths.of(ones(30, 2), OptionalInt.of(0)));
        assertThat(both.longest(new int[] {0, 1}, 0, 1)).isEqualTo(32);
        assertThat(both.longest(new int[] {0, 1}, 1, 2)).isEqualTo(24);
        Lengths other = Lengths.of(Rows.of(new int[20], Shape.of(10)), OptionalInt.of(0));
        assertThatThrownBy(() -> both.and(other)).isInstanceOf(CajalException.class)
                .hasMessageContaining("64").hasMessageContaining("10");
    }
}
