package dev.cajal.testing;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.UnaryKind;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;

/// Samples of operations on each element by itself.
final class ElementwiseSamples {
    private static final Shape SMOOTH = Shape.of(3, 4);
    /// Room for all special numbers.
    private static final Shape SPECIAL = Shape.of(3, 67);

    private ElementwiseSamples() {}

    static void addTo(Samples samples) {
        unary(samples);
        binary(samples);
        compareAndSelect(samples);
        convert(samples);
        constants(samples);
    }

    private static void unary(Samples samples) {
        for (UnaryKind kind : UnaryKind.values()) {
            Op op = new Op.Unary(kind);
            for (DType dtype : DType.values()) {
                if (takes(kind, dtype)) {
                    sampleShapes(samples, op, accuracy(kind), dtype, 1);
                }
            }
            if (takes(kind, DType.F64) && kind != UnaryKind.IS_FINITE) {
                TensorType type = new TensorType(DType.F64, SMOOTH);
                samples.addSmooth("smooth", op, accuracy(kind), smooth(samples.data(), kind, type));
            }
        }
    }

    private static void binary(Samples samples) {
        for (BinaryKind kind : BinaryKind.values()) {
            Op op = new Op.Binary(kind);
            for (DType dtype : DType.values()) {
                if (takes(kind, dtype)) {
                    sampleShapes(samples, op, accuracy(kind), dtype, 2);
                    shifts(samples, kind, dtype);
                }
            }
            if (takes(kind, DType.F64)) {
                TensorType type = new TensorType(DType.F64, SMOOTH);
                HostBuffer b = samples.data().between(type, 0.5, 2);
                samples.addSmooth("smooth", op, accuracy(kind), left(samples.data(), kind, type, b), b);
            }
        }
    }

    /// By every distance from -1 to beyond the width.
    private static void shifts(Samples samples, BinaryKind kind, DType dtype) {
        switch (kind) {
            case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> {
                TensorType type = TensorType.of(dtype, 67);
                double[] distances = new double[67];
                for (int i = 0; i < distances.length; i++) {
                    distances[i] = i - 1;
                }
                samples.add("every distance", new Op.Binary(kind), Accuracy.EXACT, samples.data().usual(type),
                        SampleData.of(type, distances));
            }
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, POWER, MAXIMUM, MINIMUM, ATAN2, AND, OR, XOR -> {
                // Have no distance.
            }
        }
    }

    private static void sampleShapes(Samples samples, Op op, Accuracy accuracy, DType dtype, int operands) {
        SampleData data = samples.data();
        for (Shape shape : SampleData.shapes()) {
            TensorType type = new TensorType(dtype, shape);
            HostBuffer[] arguments = new HostBuffer[operands];
            for (int i = 0; i < operands; i++) {
                arguments[i] = data.usual(type);
            }
            samples.add("usual", op, accuracy, arguments);
        }
        HostBuffer[] arguments = new HostBuffer[operands];
        for (int i = 0; i < operands; i++) {
            arguments[i] = data.special(new TensorType(dtype, SPECIAL));
        }
        samples.add("special", op, accuracy, arguments);
    }

    private static void compareAndSelect(Samples samples) {
        SampleData data = samples.data();
        for (DType dtype : DType.values()) {
            for (Comparison comparison : Comparison.values()) {
                for (Comparison.Order order : orders(dtype)) {
                    TensorType type = new TensorType(dtype, SPECIAL);
                    samples.add("special", new Op.Compare(comparison, order), Accuracy.EXACT, data.special(type),
                            data.special(type));
                    HostBuffer same = data.special(type);
                    samples.add("with itself", new Op.Compare(comparison, order), Accuracy.EXACT, same, same);
                }
            }
            for (Shape shape : SampleData.shapes()) {
                TensorType type = new TensorType(dtype, shape);
                samples.add("special", new Op.Select(), Accuracy.EXACT, data.usual(type.withDType(DType.BOOL)),
                        shape.size() == 0 ? data.usual(type) : data.special(type), data.usual(type));
            }
        }
        TensorType type = new TensorType(DType.F64, SMOOTH);
        samples.addSmooth("smooth", new Op.Select(), Accuracy.EXACT, data.usual(type.withDType(DType.BOOL)),
                data.usual(type), data.usual(type));
        samples.addSmooth("smooth", new Op.StopGradient(), Accuracy.EXACT, data.usual(type));
        samples.addSmooth("smooth", new Op.OptimizationBarrier(), Accuracy.EXACT, data.usual(type), data.usual(type));
    }

    private static void convert(Samples samples) {
        SampleData data = samples.data();
        for (DType from : DType.values()) {
            for (DType to : DType.values()) {
                TensorType type = new TensorType(from, SPECIAL);
                samples.add("to " + to, new Op.Convert(to), Accuracy.EXACT, data.special(type));
                samples.add("to " + to, new Op.Convert(to), Accuracy.EXACT, data.usual(type));
                boolean isNumber = from != DType.BOOL && to != DType.BOOL;
                if (from.byteSize() == to.byteSize() && isNumber) {
                    samples.add("to " + to, new Op.BitcastConvert(to), Accuracy.EXACT, data.usual(type));
                }
            }
        }
        samples.addSmooth("smooth", new Op.Convert(DType.F64), Accuracy.EXACT,
                data.usual(new TensorType(DType.F64, SMOOTH)));
    }

    private static void constants(Samples samples) {
        for (DType dtype : DType.values()) {
            for (Shape shape : SampleData.shapes()) {
                TensorType type = new TensorType(dtype, shape);
                samples.add("splat", new Op.Constant(Literal.splat(type, 1)), Accuracy.EXACT);
                double[] numbers = SampleData.toDoubles(samples.data().usual(type.withDType(DType.F64)));
                samples.add("", new Op.Constant(Literal.of(type, numbers)), Accuracy.EXACT);
                for (int axis = 0; axis < shape.rank() && dtype != DType.BOOL; axis++) {
                    samples.add("along " + axis, new Op.Iota(type, axis), Accuracy.EXACT);
                }
            }
        }
        // Beyond the whole numbers that bf16 can tell apart, and beyond u8.
        samples.add("long", new Op.Iota(TensorType.of(DType.BF16, 700), 0), Accuracy.EXACT);
        samples.add("long", new Op.Iota(TensorType.of(DType.U8, 700), 0), Accuracy.EXACT);
    }

    private static List<Comparison.Order> orders(DType dtype) {
        return switch (dtype) {
            case F32, F64, BF16 -> List.of(Comparison.Order.FLOAT, Comparison.Order.TOTAL_ORDER);
            case I32, I64 -> List.of(Comparison.Order.SIGNED);
            case U8, BOOL -> List.of(Comparison.Order.UNSIGNED);
        };
    }

    private static boolean takes(UnaryKind kind, DType dtype) {
        return switch (kind) {
            case NEGATE, ABS, SIGN -> dtype != DType.BOOL;
            case NOT -> !dtype.isFloating();
            case FLOOR, CEIL, ROUND, EXP, EXPM1, LOG, LOG1P, SQRT, RSQRT, CBRT, SIN, COS, TAN, TANH, LOGISTIC,
                    IS_FINITE ->
                dtype.isFloating();
        };
    }

    private static boolean takes(BinaryKind kind, DType dtype) {
        return switch (kind) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, POWER -> dtype != DType.BOOL;
            case MAXIMUM, MINIMUM -> true;
            case ATAN2 -> dtype.isFloating();
            case AND, OR, XOR -> !dtype.isFloating();
            case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> dtype.isInteger();
        };
    }

    private static Accuracy accuracy(UnaryKind kind) {
        return switch (kind) {
            case NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, SQRT, RSQRT, NOT, IS_FINITE -> Accuracy.EXACT;
            case EXP, EXPM1, LOG, LOG1P, CBRT, SIN, COS, TAN, TANH, LOGISTIC -> new Accuracy.Ulps(4);
        };
    }

    private static Accuracy accuracy(BinaryKind kind) {
        return switch (kind) {
            case POWER, ATAN2 -> new Accuracy.Ulps(4);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MAXIMUM, MINIMUM, AND, OR, XOR, SHIFT_LEFT,
                    SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL ->
                Accuracy.EXACT;
        };
    }

    /// Arguments at which the function has a derivative.
    private static HostBuffer smooth(SampleData data, UnaryKind kind, TensorType type) {
        return switch (kind) {
            case ABS, SIGN, FLOOR, CEIL -> data.awayFromIntegers(type);
            case ROUND -> data.fill(type, () -> data.random().nextInt(-4, 4) + data.random().nextDouble(-0.3, 0.3));
            case LOG, SQRT, RSQRT, CBRT -> data.between(type, 0.5, 3);
            case LOG1P -> data.between(type, -0.5, 2);
            case TAN -> data.between(type, -1, 1);
            case NEGATE, EXP, EXPM1, SIN, COS, TANH, LOGISTIC, NOT, IS_FINITE -> data.usual(type);
        };
    }

    private static HostBuffer left(SampleData data, BinaryKind kind, TensorType type, HostBuffer b) {
        double[] right = SampleData.toDoubles(b);
        double[] numbers = new double[right.length];
        for (int i = 0; i < numbers.length; i++) {
            // Between two multiples of the right operand, and not equal to it.
            numbers[i] = right[i] * (data.random().nextInt(-3, 3) + 0.2 + 0.6 * data.random().nextDouble());
        }
        return kind == BinaryKind.POWER ? data.between(type, 0.5, 2) : SampleData.of(type, numbers);
    }
}
