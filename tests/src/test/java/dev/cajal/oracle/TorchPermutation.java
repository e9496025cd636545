package dev.cajal.oracle;

import java.util.stream.IntStream;

/// The orders that `torch.randperm` draws after `torch.manual_seed`, for figures that were measured on a part of data chosen so.
///
/// The numbers are of M. Matsumoto, T. Nishimura, *Mersenne Twister: A 623-Dimensionally Equidistributed Uniform Pseudo-Random Number Generator*, 1998; an order is made by
/// exchanging each place with one drawn from those not yet settled.
public final class TorchPermutation {
    private static final int SIZE = 624;
    private static final int MIDDLE = 397;
    private static final int UPPER = 0x80000000;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    private TorchPermutation(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /// The numbers from 0 on in the first order that is drawn after a seed.
    ///
    /// @param count how many
    public static int[] of(int count, int seed) {
        var random = new TorchPermutation(seed);
        int[] order = IntStream.range(0, count).toArray();
        for (int i = 0; i < count - 1; i++) {
            int other = i + (int) (random.number() % (count - i));
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    /// 32 bits.
    private long number() {
        if (next == SIZE) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return Integer.toUnsignedLong(y ^ y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int y = state[i] & UPPER | state[(i + 1) % SIZE] & ~UPPER;
            state[i] = state[(i + MIDDLE) % SIZE] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }
}
