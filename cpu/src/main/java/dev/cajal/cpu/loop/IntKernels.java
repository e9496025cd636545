package dev.cajal.cpu.loop;

import dev.cajal.cpu.math.IntegerMath;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.UnaryKind;
import org.jspecify.annotations.Nullable;

/// Operations on registers of `int`, with results that wrap.
final class IntKernels {
    private IntKernels() {}

    static @Nullable Kernel unary(UnaryKind kind) {
        return switch (kind) {
            case NEGATE -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = -x[i];
                }
            };
            case ABS -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Math.abs(x[i]);
                }
            };
            case SIGN -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Integer.signum(x[i]);
                }
            };
            case NOT -> (r, t, a, _, _, n) -> {
                var x = r.ints[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = ~x[i];
                }
            };
            case FLOOR, CEIL, ROUND, EXP, EXPM1, LOG, LOG1P, SQRT, RSQRT, CBRT, SIN, COS, TAN, TANH, LOGISTIC,
                    IS_FINITE ->
                null;
        };
    }

    static @Nullable Kernel binary(BinaryKind kind) {
        return switch (kind) {
            case ADD -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] + z[i];
                }
            };
            case SUBTRACT -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] - z[i];
                }
            };
            case MULTIPLY -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] * z[i];
                }
            };
            case DIVIDE -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = IntegerMath.divide(x[i], z[i]);
                }
            };
            case REMAINDER -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = IntegerMath.remainder(x[i], z[i]);
                }
            };
            case MAXIMUM -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Math.max(x[i], z[i]);
                }
            };
            case MINIMUM -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Math.min(x[i], z[i]);
                }
            };
            case AND -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] & z[i];
                }
            };
            case OR -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] | z[i];
                }
            };
            case XOR -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] ^ z[i];
                }
            };
            case SHIFT_LEFT -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = IntegerMath.shiftLeft(x[i], z[i]);
                }
            };
            case SHIFT_RIGHT_ARITHMETIC -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = IntegerMath.shiftRightArithmetic(x[i], z[i]);
                }
            };
            case SHIFT_RIGHT_LOGICAL -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = IntegerMath.shiftRightLogical(x[i], z[i]);
                }
            };
            case POWER, ATAN2 -> null;
        };
    }

    /// A shift by a known distance; null if there is none, or the distance is not below the width.
    static @Nullable Kernel shift(BinaryKind kind, long bits) {
        if (bits < 0 || bits >= Integer.SIZE) {
            return null;
        }
        int distance = (int) bits;
        return switch (kind) {
            case SHIFT_LEFT -> (r, t, a, _, _, n) -> {
                int[] x = r.ints[a];
                int[] y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] << distance;
                }
            };
            case SHIFT_RIGHT_ARITHMETIC -> (r, t, a, _, _, n) -> {
                int[] x = r.ints[a];
                int[] y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] >> distance;
                }
            };
            case SHIFT_RIGHT_LOGICAL -> (r, t, a, _, _, n) -> {
                int[] x = r.ints[a];
                int[] y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] >>> distance;
                }
            };
            default -> null;
        };
    }

    static Kernel compare(Comparison comparison) {
        return switch (comparison) {
            case EQ -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] == z[i] ? 1 : 0;
                }
            };
            case NE -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] != z[i] ? 1 : 0;
                }
            };
            case LT -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] < z[i] ? 1 : 0;
                }
            };
            case LE -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] <= z[i] ? 1 : 0;
                }
            };
            case GT -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] > z[i] ? 1 : 0;
                }
            };
            case GE -> (r, t, a, b, _, n) -> {
                var x = r.ints[a];
                var z = r.ints[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] >= z[i] ? 1 : 0;
                }
            };
        };
    }

    static Kernel select() {
        return (r, t, a, b, c, n) -> {
            var condition = r.ints[a];
            var x = r.ints[b];
            var z = r.ints[c];
            var y = r.ints[t];
            for (int i = 0; i < n; i++) {
                y[i] = condition[i] != 0 ? x[i] : z[i];
            }
        };
    }
}
