package dev.cajal.nn.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.Fit;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.train.Trainer;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Rows that are read give what rows in memory give, and never many at once.
class ReadRowsTest {
    private static final int COUNT = 100;
    private static final Shape SHAPE = Shape.of(3);
    private static final float[] NUMBERS = numbers();
    private static final Rows HELD = Rows.of(NUMBERS, SHAPE);

    private static float[] numbers() {
        float[] numbers = new float[3 * COUNT];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble() - 0.5f;
        }
        return numbers;
    }

    private static void read(int row, MemorySegment target) {
        // Those that come first take longest.
        for (int i = 0; i < 100 * (row % 7); i++) {
            Thread.onSpinWait();
        }
        target.copyFrom(MemorySegment.ofArray(Arrays.copyOfRange(NUMBERS, 3 * row, 3 * row + 3)));
    }

    private static Rows readBy(int threads) {
        return Rows.read(DType.F32, SHAPE, COUNT, ReadRowsTest::read, threads);
    }

    @Test
    void batchesAreTheSameByAnyNumberOfThreads() {
        int[] order = IntStream.range(0, COUNT).map(i -> i * 37 % COUNT).toArray();
        for (int threads = 1; threads <= 3; threads++) {
            try (RowBatches held = HELD.batches(order, 32, 16);
                    RowBatches read = readBy(threads)
                            .batches(order, 32, 16)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(read.next().sameBits(held.next())).isTrue();
                }
            }
            assertThat(readBy(threads).batch(order, 5, 12, 10).sameBits(HELD.batch(order, 5, 12, 10))).isTrue();
            assertThat(readBy(threads).get(7, 2)).isEqualTo(HELD.get(7, 2));
            Rows some = readBy(threads).select(order).select(new int[] {3, 1});
            assertThat(some.count()).isEqualTo(2);
            assertThat(some.get(0, 1)).isEqualTo(HELD.get(order[3], 1));
        }
        assertThatThrownBy(() -> readBy(0)).isInstanceOf(CajalException.class).hasMessageContaining("at least one");
    }

    @Test
    void readingStaysAFewBatchesAhead() {
        AtomicInteger begun = new AtomicInteger();
        Rows rows = Rows.read(DType.F32, SHAPE, COUNT, (row, target) -> {
            begun.incrementAndGet();
            read(row, target);
        }, 3);
        int size = 8;
        int most = 0;
        try (RowBatches batches = rows.batches(IntStream.range(0, COUNT).toArray(), 0, size)) {
            for (int i = 0; i < COUNT / size; i++) {
                for (int wait = 0; wait < 2_000_000 && begun.get() < (i + ReadAhead.AHEAD) * size; wait++) {
                    Thread.onSpinWait();
                }
                most = Math.max(most, begun.get() - i * size);
                batches.next();
            }
        }
        assertThat(most).isBetween(size, ReadAhead.AHEAD * size);
    }

    @Test
    void theFirstRowOfABatchThatCannotBeReadIsTold() {
        for (int threads = 1; threads <= 3; threads++) {
            Rows rows = Rows.read(DType.F32, SHAPE, COUNT, (row, target) -> {
                if (row % 10 >= 5 && row > 20) {
                    throw new CajalException("test.row", "row %s", row);
                }
                read(row, target);
            }, threads);
            int[] order = IntStream.range(0, COUNT).toArray();
            try (RowBatches batches = rows.batches(order, 0, 20)) {
                assertThat(batches.next().shape()).isEqualTo(Shape.of(20, 3));
                assertThatThrownBy(batches::next).isInstanceOf(CajalException.class).hasMessage("row 25");
            }
            assertThatThrownBy(() -> rows.get(99, 0)).hasMessage("row 99");
        }
    }

    private static Examples<float[], Integer> examples(Rows rows) {
        int[] labels = IntStream.range(0, COUNT).map(i -> NUMBERS[3 * i] > NUMBERS[3 * i + 1] ? 1 : 0).toArray();
        Examples<float[], Integer> like = Examples.of(List.of(0, 1), i -> new float[] {i, 0, 1}, i -> i);
        return new Examples<>(like.encoding(), new ClassTargets<>(List.of(0, 1)), rows, Rows.of(labels, Shape.SCALAR));
    }

    private static Model<float[], Integer> trained(Rows rows) {
        Fit fit = Fit.of().withEpochs(2).withBatch(16).withValidation(0.2);
        return Network.sequential(Dense.of(4), Dense.of(2)).fit(examples(rows), fit);
    }

    @Test
    void trainingAndEvaluationHaveTheSameBits() {
        Model<float[], Integer> held = trained(HELD);
        for (int threads = 1; threads <= 3; threads++) {
            Model<float[], Integer> read = trained(readBy(threads));
            held.variables().parameters().forEach((name, tensor) -> assertThat(
                    read.variables().parameters().get(name).sameBits(tensor)).as(name).isTrue());
            assertThat(read.evaluate(examples(readBy(threads))).metrics())
                    .isEqualTo(held.evaluate(examples(HELD)).metrics());
            assertThat(read.predict(readBy(threads))).isEqualTo(held.predict(HELD));
        }
    }

    @Test
    void anInterruptedTrainingFinishesItsStepAndGoesOnWithTheSameBits() {
        Fit fit = Fit.of().withEpochs(2).withBatch(16);
        var network = Network.sequential(Dense.of(2));
        var training = Training.of(network, examples(readBy(2)), fit);
        var half = training.run(training.start(), new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == 3) {
                    Thread.currentThread().interrupt();
                }
            }
        }, _ -> {});
        assertThat(Thread.interrupted()).isTrue();
        assertThat(half.ending().reason()).isEqualTo(Trainer.Ending.Reason.INTERRUPTED);
        assertThat(half.ending().snapshot().position().step()).isEqualTo(3);
        var whole = training.run(half.ending().snapshot(), TrainingListener.NONE, _ -> {});
        Tensor kernel = network.fit(examples(HELD), fit).variables().parameters().get("0/kernel");
        assertThat(whole.model().variables().parameters().get("0/kernel").sameBits(kernel)).isTrue();
    }
}
