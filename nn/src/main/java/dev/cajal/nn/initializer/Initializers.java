package dev.cajal.nn.initializer;

import dev.cajal.nn.initializer.VarianceScaling.Distribution;
import dev.cajal.nn.initializer.VarianceScaling.Fan;
import java.util.List;

/// The initializers by name. Each record says more.
public final class Initializers {
    private Initializers() {}

    /// See [Zeros].
    public static Zeros zeros() {
        return new Zeros();
    }

    /// See [Ones].
    public static Ones ones() {
        return new Ones();
    }

    /// See [Constant].
    public static Constant constant(double value) {
        return new Constant(value);
    }

    /// Uniform in `[low, high)`; see [Uniform].
    public static Uniform uniform(double low, double high) {
        return new Uniform(low, high);
    }

    /// Normal, of mean 0; see [Normal].
    public static Normal normal(double deviation) {
        return new Normal(0, deviation);
    }

    /// Normal, of mean 0, cut at two deviations; see [TruncatedNormal].
    public static TruncatedNormal truncatedNormal(double deviation) {
        return new TruncatedNormal(0, deviation);
    }

    /// Variance `2 / (in + out)`, truncated normal; see [VarianceScaling].
    public static VarianceScaling glorotNormal() {
        return new VarianceScaling(1, Fan.AVERAGE, Distribution.TRUNCATED_NORMAL);
    }

    /// Variance `2 / (in + out)`, uniform; see [VarianceScaling].
    public static VarianceScaling glorotUniform() {
        return new VarianceScaling(1, Fan.AVERAGE, Distribution.UNIFORM);
    }

    /// Variance `2 / in`, truncated normal; see [VarianceScaling].
    public static VarianceScaling heNormal() {
        return new VarianceScaling(2, Fan.IN, Distribution.TRUNCATED_NORMAL);
    }

    /// Variance `2 / in`, uniform; see [VarianceScaling].
    public static VarianceScaling heUniform() {
        return new VarianceScaling(2, Fan.IN, Distribution.UNIFORM);
    }

    /// Variance `1 / in`, truncated normal; see [VarianceScaling].
    public static VarianceScaling leCunNormal() {
        return new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL);
    }

    /// Variance `1 / in`, uniform; see [VarianceScaling].
    public static VarianceScaling leCunUniform() {
        return new VarianceScaling(1, Fan.IN, Distribution.UNIFORM);
    }

    /// With vectors of length 1; see [Orthogonal].
    public static Orthogonal orthogonal() {
        return new Orthogonal(1);
    }

    /// With vectors of length `gain`; see [Orthogonal].
    public static Orthogonal orthogonal(double gain) {
        return new Orthogonal(gain);
    }

    /// See [IdentityMatrix].
    public static IdentityMatrix identity() {
        return new IdentityMatrix(1);
    }

    /// The records and enums of this package, for whoever writes configurations to files.
    public static List<Class<?>> types() {
        return List.of(
                Zeros.class,
                Ones.class,
                Constant.class,
                Uniform.class,
                Normal.class,
                TruncatedNormal.class,
                VarianceScaling.class,
                Fan.class,
                Distribution.class,
                Orthogonal.class,
                IdentityMatrix.class);
    }
}
