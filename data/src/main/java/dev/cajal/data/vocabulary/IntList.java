package dev.cajal.data.vocabulary;

import java.util.Arrays;

/// Numbers of which it is not known before how many there will be.
public final class IntList {
    private int[] numbers = new int[16];
    private int size;

    /// An empty list.
    public IntList() {}

    /// Adds a number behind the others.
    public void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    /// Adds several numbers.
    public void add(int[] more) {
        if (size + more.length > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(2 * size, size + more.length));
        }
        System.arraycopy(more, 0, numbers, size, more.length);
        size += more.length;
    }

    /// The number at a place.
    public int get(int place) {
        return numbers[place];
    }

    /// How many there are.
    public int size() {
        return size;
    }

    /// All of them.
    public int[] toArray() {
        return Arrays.copyOf(numbers, size);
    }
}
