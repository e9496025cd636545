package dev.cajal.nn.generate;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.util.Arrays;
import java.util.SplittableRandom;

/// How the next token is drawn from the logits of all: `softmax(logits / temperature)`, of the most probable ones.
///
/// @param temperature below 1 the probable becomes more probable; 0 takes the most probable token always
/// @param topK how many of the most probable tokens may be drawn; 0 for all
/// @param topP the most probable tokens that have together at least this probability may be drawn; 1 for all (A. Holtzman et al., *The Curious Case of Neural Text
///   Degeneration*, 2020)
/// @param seed the same seed draws the same tokens
public record Sampling(double temperature, int topK, double topP, long seed) {
    public Sampling {
        require(temperature >= 0 && Double.isFinite(temperature), Phrase.words("The temperature"), temperature,
                Phrase.words("at least 0"));
        require(topK >= 0, Phrase.words("The number of tokens to draw from (top-k)"), topK,
                Phrase.words("at least 1, or 0 for all"));
        require(topP > 0 && topP <= 1, Phrase.words("The probability to draw from (top-p)"), topP,
                Phrase.words("above 0 and at most 1"));
    }

    private static void require(boolean holds, Phrase what, Object number, Phrase needed) {
        if (!holds) {
            throw new CajalException("sampling.setting", "%s has to be %s, but is %s.", what, needed, number);
        }
    }

    /// From all tokens, as probable as the model says.
    public static Sampling of() {
        return new Sampling(1, 0, 1, 42);
    }

    /// Always the most probable token.
    public static Sampling greedy() {
        return of().withTemperature(0);
    }

    /// The same at another temperature.
    public Sampling withTemperature(double other) {
        return new Sampling(other, topK, topP, seed);
    }

    /// The same from so many of the most probable tokens.
    public Sampling withTopK(int count) {
        return new Sampling(temperature, count, topP, seed);
    }

    /// The same from the most probable tokens that have such a probability together.
    public Sampling withTopP(double probability) {
        return new Sampling(temperature, topK, probability, seed);
    }

    /// The same with another seed.
    public Sampling withSeed(long other) {
        return new Sampling(temperature, topK, topP, other);
    }

    /// Draws a token.
    ///
    /// @param logits one for each token
    int draw(float[] logits, SplittableRandom random) {
        int[] order = descending(logits);
        if (temperature == 0) {
            return order[0];
        }
        int count = topK == 0 ? order.length : Math.min(topK, order.length);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.exp((logits[order[i]] - (double) logits[order[0]]) / temperature);
        }
        double all = Arrays.stream(weights).sum();
        double kept = 0;
        int most = 0;
        while (most < count && (most == 0 || kept < topP * all)) {
            kept += weights[most++];
        }
        double place = random.nextDouble() * kept;
        int token = 0;
        for (double passed = weights[0]; token < most - 1 && passed <= place; passed += weights[token]) {
            token++;
        }
        return order[token];
    }

    /// Positions, that of the largest number first; of equal ones the first.
    private static int[] descending(float[] numbers) {
        long[] keys = new long[numbers.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(numbers[i] + 0f);
            // Ints in the order of the floats, turned round, before the position.
            int ordered = bits ^ (bits >> 31) >>> 1;
            keys[i] = (long) ~ordered << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }
}
