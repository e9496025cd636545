package dev.cajal.data.digits;

/// The chances of one drawing: a stream of random numbers that depends on the seed and the number of the example alone, so that examples can be
/// drawn in any order, by any number of threads, with the same result.
///
/// The generator is SplitMix64 (Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, 2014), written out here because the
/// JDK does not promise that its own `SplittableRandom` gives the same numbers in each release. All of it is integer and exactly rounded
/// arithmetic: the same numbers on every machine.
final class Chance {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    /// The deviation of a sum of four uniform numbers is the square root of 4/12.
    private static final double BELL_SCALE = StrictMath.sqrt(3);

    private long state;

    private Chance(long state) {
        this.state = state;
    }

    static Chance of(long seed, long example) {
        // Neighbouring states would give the same stream, one number later; hence the mixing.
        return new Chance(mix(mix(seed) + example * GOLDEN_GAMMA));
    }

    /// Evenly between two bounds.
    double between(double low, double high) {
        return low + uniform() * (high - low);
    }

    /// A bell-shaped number with the given deviation, and never further from the mean than 3.5 of them (a sum of four uniform numbers): a hand
    /// varies, it does not jump.
    double bell(double mean, double deviation) {
        double sum = uniform() + uniform() + uniform() + uniform();
        return mean + (sum - 2) * BELL_SCALE * deviation;
    }

    boolean happens(double probability) {
        return uniform() < probability;
    }

    /// A whole number from 0 on, below a small bound (the share of a number differs from that of others by less than `bound / 2^32`).
    int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }

    /// From 0 (inclusive) to 1 (exclusive), in steps of 2^-53.
    private double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    // The finaliser of MurmurHash3, variant 13.
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
