package dev.cajal.data.vocabulary;

import java.util.Arrays;

/// Whole numbers by numbers of 64 bits: a hash table with open addresses.
final class LongTable {
    static final int NONE = -1;

    private long[] keys = new long[16];
    private int[] values = filled(16);
    private int count;

    private static int[] filled(int size) {
        int[] values = new int[size];
        Arrays.fill(values, NONE);
        return values;
    }

    /// The value at a key, or [#NONE].
    int get(long key) {
        return values[place(key)];
    }

    /// @param value at least 0
    void put(long key, int value) {
        int place = place(key);
        if (values[place] == NONE && 2 * ++count > keys.length) {
            grow();
            place = place(key);
        }
        keys[place] = key;
        values[place] = value;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int place = (int) (mixed ^ mixed >>> 32) & mask;
        while (values[place] != NONE && keys[place] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = filled(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != NONE) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
