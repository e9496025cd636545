package dev.cajal.cpu.loop;

import dev.cajal.cpu.loop.Registers.Kind;
import dev.cajal.cpu.math.IntegerMath;
import dev.cajal.type.DType;
import org.jspecify.annotations.Nullable;

/// Conversions between element types, as [dev.cajal.ir.Op.Convert] and [dev.cajal.ir.Op.BitcastConvert] define them.
final class Conversions {
    private Conversions() {}

    static Kernel convert(DType from, DType to) {
        return switch (to) {
            case F32 -> toFloat(Kind.of(from));
            case F64 -> toDouble(Kind.of(from));
            case BF16 -> then(toFloat(Kind.of(from)), roundToBf16());
            case I32 -> toInt(Kind.of(from));
            case I64 -> toLong(Kind.of(from));
            case U8 -> toByte(Kind.of(from));
            case BOOL -> toTruth(Kind.of(from));
        };
    }

    /// The second kernel applied to what the first one wrote.
    static Kernel then(Kernel first, Kernel second) {
        return (r, t, a, b, c, n) -> {
            first.run(r, t, a, b, c, n);
            second.run(r, t, t, 0, 0, n);
        };
    }

    private static Kernel toFloat(Kind from) {
        return switch (from) {
            case FLOAT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i];
                }
            };
            case DOUBLE -> (r, t, a, _, _, n) -> {
                var x = r.doubles[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (float) x[i];
                }
            };
            case INT -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (float) x[i];
                }
            };
            case LONG -> (r, t, a, _, _, n) -> {
                var x = r.longs[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (float) x[i];
                }
            };
        };
    }

    private static Kernel toDouble(Kind from) {
        return switch (from) {
            case FLOAT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.doubles[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i];
                }
            };
            case DOUBLE -> (r, t, a, _, _, n) -> {
                var x = r.doubles[a];
                var y = r.doubles[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i];
                }
            };
            case INT -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.doubles[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i];
                }
            };
            case LONG -> (r, t, a, _, _, n) -> {
                var x = r.longs[a];
                var y = r.doubles[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (double) x[i];
                }
            };
        };
    }

    private static Kernel toInt(Kind from) {
        return switch (from) {
            case FLOAT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (int) x[i];
                }
            };
            case DOUBLE -> (r, t, a, _, _, n) -> {
                var x = r.doubles[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (int) x[i];
                }
            };
            case INT -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i];
                }
            };
            case LONG -> (r, t, a, _, _, n) -> {
                var x = r.longs[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (int) x[i];
                }
            };
        };
    }

    private static Kernel toLong(Kind from) {
        return switch (from) {
            case FLOAT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.longs[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (long) x[i];
                }
            };
            case DOUBLE -> (r, t, a, _, _, n) -> {
                var x = r.doubles[a];
                var y = r.longs[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (long) x[i];
                }
            };
            case INT -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.longs[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i];
                }
            };
            case LONG -> (r, t, a, _, _, n) -> {
                var x = r.longs[a];
                var y = r.longs[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i];
                }
            };
        };
    }

    private static Kernel toByte(Kind from) {
        return switch (from) {
            case FLOAT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = IntegerMath.toUnsignedByte(x[i]);
                }
            };
            case DOUBLE -> (r, t, a, _, _, n) -> {
                var x = r.doubles[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = IntegerMath.toUnsignedByte(x[i]);
                }
            };
            case INT -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] & 0xff;
                }
            };
            case LONG -> (r, t, a, _, _, n) -> {
                var x = r.longs[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (int) x[i] & 0xff;
                }
            };
        };
    }

    private static Kernel toTruth(Kind from) {
        return switch (from) {
            case FLOAT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] != 0 ? 1 : 0;
                }
            };
            case DOUBLE -> (r, t, a, _, _, n) -> {
                var x = r.doubles[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] != 0 ? 1 : 0;
                }
            };
            case INT -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] != 0 ? 1 : 0;
                }
            };
            case LONG -> (r, t, a, _, _, n) -> {
                var x = r.longs[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] != 0 ? 1 : 0;
                }
            };
        };
    }

    /// Rounds floats to the nearest bfloat16, ties to even.
    static Kernel roundToBf16() {
        return (r, t, a, _, _, n) -> {
            var x = r.floats[a];
            var y = r.floats[t];
            for (int i = 0; i < n; i++) {
                y[i] = roundToBf16(x[i]);
            }
        };
    }

    static float roundToBf16(float x) {
        int bits = Float.floatToRawIntBits(x);
        int rounded = bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000;
        return Float.isNaN(x) ? Float.NaN : Float.intBitsToFloat(rounded);
    }

    /// Keeps the low eight bits.
    static Kernel wrapToByte() {
        return toByte(Kind.INT);
    }

    static @Nullable Kernel bitcast(DType from, DType to) {
        return switch (from) {
            case F32 -> to == DType.I32 ? FLOAT_BITS : null;
            case I32 -> to == DType.F32 ? BITS_FLOAT : null;
            case F64 -> to == DType.I64 ? DOUBLE_BITS : null;
            case I64 -> to == DType.F64 ? BITS_DOUBLE : null;
            case BF16, U8, BOOL -> null;
        };
    }

    private static final Kernel FLOAT_BITS = (r, t, a, _, _, n) -> {
        var x = r.floats[a];
        var y = r.ints[t];
        for (int i = 0; i < n; i++) {
            y[i] = Float.floatToRawIntBits(x[i]);
        }
    };
    private static final Kernel BITS_FLOAT = (r, t, a, _, _, n) -> {
        var x = r.ints[a];
        var y = r.floats[t];
        for (int i = 0; i < n; i++) {
            y[i] = Float.intBitsToFloat(x[i]);
        }
    };
    private static final Kernel DOUBLE_BITS = (r, t, a, _, _, n) -> {
        var x = r.doubles[a];
        var y = r.longs[t];
        for (int i = 0; i < n; i++) {
            y[i] = Double.doubleToRawLongBits(x[i]);
        }
    };
    private static final Kernel BITS_DOUBLE = (r, t, a, _, _, n) -> {
        var x = r.longs[a];
        var y = r.doubles[t];
        for (int i = 0; i < n; i++) {
            y[i] = Double.longBitsToDouble(x[i]);
        }
    };
}
