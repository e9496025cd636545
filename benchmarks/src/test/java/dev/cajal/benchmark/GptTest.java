package dev.cajal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Layer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/// On a small one.
class GptTest {
    private static final int BATCH = 3;
    private static final int POSITIONS = 5;
    private static final int WIDTH = 8;
    private static final int HEADS = 2;
    private static final int BLOCKS = 2;

    private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();

    @Test
    void aStepOfTrainingGivesTheLossOfAPlainEvaluationAndThenItFalls() {
        Random32 random = new Random32();
        Layer network = Gpt.network(POSITIONS, WIDTH, HEADS, BLOCKS);
        Tensor x = random.below(Gpt.SYMBOLS, BATCH, POSITIONS);
        Tensor y = random.below(Gpt.SYMBOLS, BATCH, POSITIONS);
        // All of them random, biases too, so that none can be forgotten.
        network.init(RandomKey.of(1), x).parameters().forEach((name, tensor) -> parameters.put(name,
                random.normal(0.5, tensor.shape().dims().stream().mapToInt(Integer::intValue).toArray())));
        double expected = plainLoss(x.toInts(), y.toInts());

        TrainingRun run = new TrainingRun(network, Optimizers.adamW(1e-2),
                new Inputs(parameters, new LinkedHashMap<>(Map.of("x", x, "y", y))));
        run.step();
        double first = run.check();
        for (int step = 0; step < 10; step++) {
            run.step();
        }
        assertThat(first).isCloseTo(expected, within(1e-5 * expected));
        assertThat(run.check()).isLessThan(first);
    }

    private double plainLoss(int[] x, int[] y) {
        double[][] symbols = Plain.rows(get("0/table"));
        double[][] hidden = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            hidden[i] = symbols[x[i]];
        }
        hidden = Plain.plus(hidden, Plain.rows(get("1/table")));
        for (int block = 0; block < BLOCKS; block++) {
            String first = 2 + 2 * block + "/branch/";
            double[][] heads = attention(dense(norm(hidden, first + "0"), first + "1"));
            hidden = Plain.plus(hidden, dense(heads, first + "3"));
            String second = 3 + 2 * block + "/branch/";
            double[][] wide = dense(norm(hidden, second + "0"), second + "1");
            for (double[] row : wide) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = Plain.gelu(row[i]);
                }
            }
            hidden = Plain.plus(hidden, dense(wide, second + "2"));
        }
        double[][] logits = Plain.dense(norm(hidden, 2 + 2 * BLOCKS + ""), get(3 + 2 * BLOCKS + "/kernel"),
                new double[Gpt.SYMBOLS]);
        return Plain.crossEntropy(logits, y);
    }

    private double[][] attention(double[][] mixed) {
        int size = WIDTH / HEADS;
        double[][] output = new double[mixed.length][WIDTH];
        for (int row = 0; row < mixed.length; row++) {
            int start = row / POSITIONS * POSITIONS;
            for (int head = 0; head < WIDTH; head += size) {
                double[] scores = new double[row - start + 1];
                for (int seen = 0; seen < scores.length; seen++) {
                    for (int i = head; i < head + size; i++) {
                        scores[seen] += mixed[row][i] * mixed[start + seen][WIDTH + i] / Math.sqrt(size);
                    }
                }
                double[] shares = Plain.softmax(scores);
                for (int seen = 0; seen < scores.length; seen++) {
                    for (int i = head; i < head + size; i++) {
                        output[row][i] += shares[seen] * mixed[start + seen][2 * WIDTH + i];
                    }
                }
            }
        }
        return output;
    }

    private double[][] dense(double[][] x, String path) {
        return Plain.dense(x, get(path + "/kernel"), get(path + "/bias").toDoubles());
    }

    private double[][] norm(double[][] x, String path) {
        return Plain.layerNorm(x, get(path + "/scale").toDoubles(), get(path + "/bias").toDoubles());
    }

    private Tensor get(String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }
}
