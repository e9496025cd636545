package dev.cajal.cpu.loop;

import dev.cajal.cpu.math.FloatMath;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.UnaryKind;
import org.jspecify.annotations.Nullable;

/// Operations on registers of `float`. Plain loops over arrays, which the JIT compiler turns into vector instructions where there are such.
final class FloatKernels {
    private FloatKernels() {}

    static @Nullable Kernel unary(UnaryKind kind) {
        return switch (kind) {
            case NEGATE -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = -x[i];
                }
            };
            case ABS -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Math.abs(x[i]);
                }
            };
            case SIGN -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.sign(x[i]);
                }
            };
            case FLOOR -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.floor(x[i]);
                }
            };
            case CEIL -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.ceil(x[i]);
                }
            };
            case ROUND -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.round(x[i]);
                }
            };
            case EXP -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.exp(x[i]);
                }
            };
            case EXPM1 -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.expm1(x[i]);
                }
            };
            case LOG -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.log(x[i]);
                }
            };
            case LOG1P -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.log1p(x[i]);
                }
            };
            case SQRT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = (float) Math.sqrt(x[i]);
                }
            };
            case RSQRT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.rsqrt(x[i]);
                }
            };
            case CBRT -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.cbrt(x[i]);
                }
            };
            case SIN -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.sin(x[i]);
                }
            };
            case COS -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.cos(x[i]);
                }
            };
            case TAN -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.tan(x[i]);
                }
            };
            case TANH -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.tanh(x[i]);
                }
            };
            case LOGISTIC -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.logistic(x[i]);
                }
            };
            case IS_FINITE -> (r, t, a, _, _, n) -> {
                var x = r.floats[a];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Math.abs(x[i]) <= Float.MAX_VALUE ? 1 : 0;
                }
            };
            case NOT -> null;
        };
    }

    static @Nullable Kernel binary(BinaryKind kind) {
        return switch (kind) {
            case ADD -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] + z[i];
                }
            };
            case SUBTRACT -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] - z[i];
                }
            };
            case MULTIPLY -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] * z[i];
                }
            };
            case DIVIDE -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] / z[i];
                }
            };
            case REMAINDER -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.remainder(x[i], z[i]);
                }
            };
            case POWER -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.pow(x[i], z[i]);
                }
            };
            case MAXIMUM -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Math.max(x[i], z[i]);
                }
            };
            case MINIMUM -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Math.min(x[i], z[i]);
                }
            };
            case ATAN2 -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = FloatMath.atan2(x[i], z[i]);
                }
            };
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> null;
        };
    }

    static Kernel compare(Comparison comparison) {
        return switch (comparison) {
            case EQ -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] == z[i] ? 1 : 0;
                }
            };
            case NE -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] != z[i] ? 1 : 0;
                }
            };
            case LT -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] < z[i] ? 1 : 0;
                }
            };
            case LE -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] <= z[i] ? 1 : 0;
                }
            };
            case GT -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
                var y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] > z[i] ? 1 : 0;
                }
            };
            case GE -> (r, t, a, b, _, n) -> {
                var x = r.floats[a];
                var z = r.floats[b];
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
            var x = r.floats[b];
            var z = r.floats[c];
            var y = r.floats[t];
            for (int i = 0; i < n; i++) {
                y[i] = condition[i] != 0 ? x[i] : z[i];
            }
        };
    }
}
