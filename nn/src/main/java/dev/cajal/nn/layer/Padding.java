package dev.cajal.nn.layer;

import java.util.ArrayList;
import java.util.List;

/// What is put around images before a window slides over them.
public sealed interface Padding {
    /// Nothing: the window stays inside.
    record Valid() implements Padding {}

    /// As much as it takes to get `ceil(length / stride)` places; where the number of elements is odd, the last one is put after.
    record Same() implements Padding {}

    /// So many elements before and after, one number for each spatial dimension.
    record Explicit(List<Integer> before, List<Integer> after) implements Padding {
        public Explicit {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /// [Valid].
    Padding VALID = new Valid();
    /// [Same].
    Padding SAME = new Same();

    /// The same number of elements on both sides of each of so many dimensions.
    static Padding of(int rank, int elements) {
        List<Integer> each = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            each.add(elements);
        }
        return new Explicit(each, each);
    }
}
