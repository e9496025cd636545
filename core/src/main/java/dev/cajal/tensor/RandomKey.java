package dev.cajal.tensor;

import dev.cajal.ir.Ops;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// The seed of random numbers, as a value: the same key gives the same numbers, on every machine and in any order of calls.
///
/// There is no hidden state. Whoever needs several independent sets of numbers derives keys, with [#split] or [#foldIn]:
///
/// ```java
/// var key = RandomKey.of(42);
/// var noise = key.foldIn("noise").normal(Shape.of(2, 3));
/// var mask = key.foldIn("dropout").bernoulli(0.5, Shape.of(2, 3));
/// ```
///
/// The bits are those of Threefry-2x32, as JAX's default generator makes them.
///
/// @param words two words of 32 bits, i32[2]
public record RandomKey(Tensor words) {
    /// A key from a number.
    public static RandomKey of(long seed) {
        return new RandomKey(Tensor.of(new int[] {(int) (seed >>> 32), (int) seed}));
    }

    public RandomKey {
        if (!words.type().equals(TensorType.of(DType.I32, 2))) {
            throw new CajalException("random.key", "A random key is two words, i32[2], but got %s.", words.type());
        }
    }

    /// A key that depends on this one and a number, such as a step or a loop index.
    public RandomKey foldIn(int number) {
        return foldIn(scalar(number));
    }

    /// A key that depends on this one and a number, i32[].
    public RandomKey foldIn(Tensor number) {
        return foldIn(scalar(0), number);
    }

    /// A key that depends on this one and a name, such as the path of a layer.
    ///
    /// The name counts as 64 bits (FNV-1a of its UTF-8 bytes): those of [String#hashCode] are equal for names as short as `Aa` and `BB`.
    public RandomKey foldIn(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
        }
        return foldIn(scalar((int) (hash >>> 32)), scalar((int) hash));
    }

    private RandomKey foldIn(Tensor high, Tensor low) {
        Threefry.Words hashed = Threefry.apply(words, high, low);
        return new RandomKey(Tensor.stack(0, List.of(hashed.first(), hashed.second())));
    }

    private static Tensor scalar(int number) {
        return Tensor.full(DType.I32, Shape.SCALAR, number);
    }

    /// Independent keys.
    public List<RandomKey> split(int count) {
        Tensor index = Tensor.range(count, DType.I32);
        Threefry.Words hashed = Threefry.apply(words, Tensor.zerosLike(index), index);
        Tensor pairs = Tensor.stack(1, List.of(hashed.first(), hashed.second()));
        return IntStream.range(0, count).mapToObj(i -> new RandomKey(pairs.get(i))).toList();
    }

    /// 32 random bits in each element, i32.
    public Tensor bits(Shape shape) {
        Tensor counter = Tensor.range(Math.toIntExact(shape.size()), DType.I32).reshape(shape);
        Threefry.Words hashed = Threefry.apply(words, Tensor.zerosLike(counter), counter);
        return hashed.first().xor(hashed.second());
    }

    /// Numbers of uniform distribution in [0, 1), f32, multiples of 2^-23.
    public Tensor uniform(Shape shape) {
        Tensor mantissa = bits(shape).shiftRightLogical(9).or(Tensor.full(DType.I32, Shape.SCALAR, 0x3f800000));
        return Tensor.of(Ops.bitcast(mantissa.value(), DType.F32)).minus(1);
    }

    /// Numbers of uniform distribution in [low, high), f32.
    public Tensor uniform(Shape shape, double low, double high) {
        return uniform(shape).times(high - low).plus(low).maximum(low);
    }

    /// Numbers of normal distribution with mean 0 and deviation 1, f32: `sqrt(2) * erfInverse(u)` with `u` uniform in (-1, 1).
    public Tensor normal(Shape shape) {
        // The open interval: the smallest possible number would give minus infinity.
        double low = Math.nextUp(-1f);
        return ErrorFunction.inverse(uniform(shape, low, 1)).times(Math.sqrt(2));
    }

    /// Numbers of normal distribution with mean 0 and deviation 1, given that they lie between `low` and `high`, f32.
    public Tensor truncatedNormal(Shape shape, double low, double high) {
        Tensor bounds = Tensor.of(new double[] {low / Math.sqrt(2), high / Math.sqrt(2)}, Shape.of(2)).erf();
        Tensor from = bounds.get(0).asType(DType.F32);
        Tensor to = bounds.get(1).asType(DType.F32);
        Tensor u = uniform(shape).times(to.minus(from)).plus(from);
        return ErrorFunction.inverse(u).times(Math.sqrt(2)).clip(low, high);
    }

    /// True with the given probability.
    public Tensor bernoulli(double probability, Shape shape) {
        return uniform(shape).lt(probability);
    }

    /// Whole numbers of uniform distribution from `low` (inclusive) to `high` (exclusive), i32. The range has to be below 2^23.
    public Tensor integers(Shape shape, int low, int high) {
        int range = high - low;
        if (range < 1 || range > 1 << 23) {
            throw new CajalException(
                    "random.range", "Random integers need 1 to 2^23 possibilities, but %s to %s are %s.", low, high,
                    range);
        }
        return uniform(shape).times(range).asType(DType.I32).minimum(range - 1).plus(low);
    }

    /// `0, 1, ..., count - 1` in random order, i32.
    public Tensor permutation(int count) {
        return bits(Shape.of(count)).argSort(0);
    }
}
