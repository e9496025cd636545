package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Examples in batches.
///
/// Where inputs are filled up at the end ([InputEncoding#filler]), a batch is cut to the longest of its examples (rounded up to one of few lengths, see [Lengths]), and examples of similar
/// length come into one batch. Targets that are filled up too ([TargetEncoding#filler]) are cut with their inputs.
public final class Batches {
    private final Rows inputs;
    private final Rows targets;
    private final Lengths lengths;
    private final boolean cutTargets;

    private Batches(Rows inputs, Rows targets, Lengths lengths, boolean cutTargets) {
        this.inputs = inputs;
        this.targets = targets;
        this.lengths = lengths;
        this.cutTargets = cutTargets;
    }

    /// Batches of encoded examples.
    ///
    /// @throws dev.cajal.type.CajalException if inputs and targets are filled up to different lengths
    public static Batches of(InputEncoding<?> encoding, TargetEncoding<?> targetEncoding, Rows inputs, Rows targets) {
        Lengths lengths = Lengths.of(inputs, encoding.filler());
        OptionalInt filler = targetEncoding.filler();
        boolean cutTargets = lengths.vary() && filler.isPresent();
        return new Batches(inputs, targets, cutTargets ? lengths.and(Lengths.of(targets, filler)) : lengths,
                cutTargets);
    }

    /// The number of examples.
    public int count() {
        return inputs.count();
    }

    /// The positions of all examples as they come, one batch after the other.
    public int[] inOrder() {
        return IntStream.range(0, count()).toArray();
    }

    /// The positions of all examples, the short ones first.
    public int[] sorted() {
        return lengths.sorted();
    }

    /// The positions of all examples in random order, where those of similar length come together.
    ///
    /// @param batch examples of one batch
    /// @param seed the same seed gives the same order
    public int[] shuffled(int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = Shuffle.range(count(), random);
        if (lengths.vary()) {
            lengths.bucket(order, batch, random);
        }
        return order;
    }

    /// The examples `order[from]` to below `order[to]`, and as many more of weight 0 as fill up the batch.
    ///
    /// @param size examples of the batch
    public Batch batch(int[] order, int from, int to, int size) {
        return batch(order, from, to, size, lengths.longest(order, from, to));
    }

    /// The same, not cut.
    public Batch whole(int[] order, int from, int to, int size) {
        return batch(order, from, to, size, lengths.full());
    }

    /// The batches of an order, from one of its positions on, one after the other.
    ///
    /// @param from where in the order to begin
    /// @param size examples of one batch
    public BatchSequence sequence(int[] order, int from, int size) {
        return new BatchSequence(lengths.batches(inputs, order, from, size), (rows, number) -> {
            int first = from + number * size;
            int last = Math.min(order.length, first + size);
            return complete(rows, order, first, last, size, lengths.longest(order, first, last));
        });
    }

    private Batch batch(int[] order, int from, int to, int size, int length) {
        return complete(inputs.batch(order, from, to, size, length), order, from, to, size, length);
    }

    private Batch complete(Tensor rows, int[] order, int from, int to, int size, int length) {
        float[] weights = new float[size];
        Arrays.fill(weights, 0, to - from, 1);
        return new Batch(rows, targets.batch(order, from, to, size, cutTargets ? length : targets.lastDimension()),
                Tensor.of(weights));
    }

    /// A batch of zeros, not cut: the largest that there is.
    public Batch zeros(int size) {
        return new Batch(
                Tensor.zeros(inputs.dtype(), inputs.shape().insert(0, size)),
                Tensor.zeros(targets.dtype(), targets.shape().insert(0, size)),
                Tensor.zeros(DType.F32, Shape.of(size)));
    }
}
