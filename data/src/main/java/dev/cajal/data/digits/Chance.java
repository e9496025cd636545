package dev.cajal.data.digits;

import java.util.SplittableRandom;

/// The chances of one drawing: a stream of random numbers that depends on the seed and the number of the example alone, so that examples can be
/// drawn in any order, by any number of threads, with the same result.
///
/// All of it is integer and exactly rounded arithmetic: the same numbers on every machine.
final class Chance {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    /// The deviation of a sum of four uniform numbers is the square root of 4/12.
    private static final double BELL_SCALE = StrictMath.sqrt(3);

    private final SplittableRandom random;

    private Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static Chance of(long seed, long example) {
        // Neighbouring states of SplittableRandom would give the same stream, one number later; hence the mixing.
        return new Chance(mix(mix(seed) + example * GOLDEN_GAMMA));
    }

    /// Evenly between two bounds.
    double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    /// A bell-shaped number with the given deviation, and never further from the mean than 3.5 of them (a sum of four uniform numbers): a hand
    /// varies, it does not jump.
    double bell(double mean, double deviation) {
        double sum = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
        return mean + (sum - 2) * BELL_SCALE * deviation;
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    // The finaliser of MurmurHash3, variant 13.
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
