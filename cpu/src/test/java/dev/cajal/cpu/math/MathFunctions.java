package dev.cajal.cpu.math;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;

/// Every function in its forms: scalar, vector, and in double precision as the oracle.
final class MathFunctions {
    private MathFunctions() {}

    interface FloatFunction {
        float apply(float x);
    }

    interface FloatFunction2 {
        float apply(float x, float y);
    }

    /// @param ulps the greatest error that is allowed, in units of the last place
    record Unary(String name, FloatFunction scalar, UnaryOperator<FloatVector> vector, DoubleUnaryOperator exact,
            double ulps) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// @param ulps the greatest error that is allowed, in units of the last place
    record Binary(String name, FloatFunction2 scalar, BinaryOperator<FloatVector> vector, DoubleBinaryOperator exact,
            double ulps) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Unary> unary() {
        return List.of(new Unary("exp", FloatMath::exp, VectorMath::exp, StrictMath::exp, 1),
                new Unary("expm1", FloatMath::expm1, VectorMath::expm1, StrictMath::expm1, 1.6),
                new Unary("log", FloatMath::log, VectorMath::log, StrictMath::log, 1),
                new Unary("log1p", FloatMath::log1p, VectorMath::log1p, StrictMath::log1p, 1.5),
                new Unary("tanh", FloatMath::tanh, VectorMath::tanh, StrictMath::tanh, 2),
                new Unary("logistic", FloatMath::logistic, VectorMath::logistic, DoubleMath::logistic, 2.5),
                new Unary("sin", FloatMath::sin, VectorMath::sin, StrictMath::sin, 1.6),
                new Unary("cos", FloatMath::cos, VectorMath::cos, StrictMath::cos, 1.6),
                new Unary("tan", FloatMath::tan, VectorMath::tan, StrictMath::tan, 3.2),
                new Unary("cbrt", FloatMath::cbrt, VectorMath::cbrt, StrictMath::cbrt, 1),
                new Unary("rsqrt", FloatMath::rsqrt, VectorMath::rsqrt, DoubleMath::rsqrt, 1.51),
                new Unary("floor", FloatMath::floor, VectorMath::floor, StrictMath::floor, 0),
                new Unary("ceil", FloatMath::ceil, VectorMath::ceil, StrictMath::ceil, 0),
                new Unary("round", FloatMath::round, VectorMath::round, StrictMath::rint, 0),
                new Unary("sign", FloatMath::sign, VectorMath::sign, StrictMath::signum, 0));
    }

    static List<Binary> binary() {
        return List.of(new Binary("pow", FloatMath::pow, VectorMath::pow, StrictMath::pow, 0.51),
                new Binary("atan2", FloatMath::atan2, VectorMath::atan2, StrictMath::atan2, 1.6),
                new Binary("remainder", FloatMath::remainder, VectorMath::remainder, DoubleMath::remainder, 0));
    }

    /// The distance of `value` from `exact` in units of the last place of the float nearest to `exact`.
    static double ulps(float value, double exact) {
        if (Double.isNaN(exact)) {
            return Float.isNaN(value) ? 0 : Double.POSITIVE_INFINITY;
        }
        float nearest = (float) exact;
        if (Float.floatToIntBits(value) == Float.floatToIntBits(nearest)) {
            return nearest == 0 || Float.isInfinite(nearest) ? 0 : Math.abs(value - exact) / Math.ulp(nearest);
        }
        if (Float.isInfinite(value) || Float.isInfinite(nearest)) {
            return Math.abs(value) == Float.MAX_VALUE || Math.abs(nearest) == Float.MAX_VALUE
                    ? 1
                    : Double.POSITIVE_INFINITY;
        }
        // A zero of the wrong sign is wrong.
        return value == nearest ? Double.POSITIVE_INFINITY : Math.abs(value - exact) / Math.ulp(nearest);
    }
}
