package dev.cajal.nn.metric;

import java.util.List;
import java.util.stream.Stream;

/// The metrics by name. Each record says more.
public final class Metrics {
    private Metrics() {}

    /// The share of right answers; see [Accuracy].
    public static Accuracy accuracy() {
        return Accuracy.of();
    }

    /// The share of examples whose class is among the `k` best; see [TopKAccuracy].
    public static TopKAccuracy topKAccuracy(int k) {
        return TopKAccuracy.of(k);
    }

    /// Of several yes-or-no questions; see [BinaryAccuracy].
    public static BinaryAccuracy binaryAccuracy() {
        return BinaryAccuracy.of();
    }

    /// Of class 1; see [Precision].
    public static Precision precision() {
        return Precision.of();
    }

    /// Over all classes; see [Precision].
    public static Precision precision(Averaging averaging) {
        return Precision.of(averaging);
    }

    /// Of class 1; see [Recall].
    public static Recall recall() {
        return Recall.of();
    }

    /// Over all classes; see [Recall].
    public static Recall recall(Averaging averaging) {
        return Recall.of(averaging);
    }

    /// Of class 1; see [F1Score].
    public static F1Score f1() {
        return F1Score.of();
    }

    /// Over all classes; see [F1Score].
    public static F1Score f1(Averaging averaging) {
        return F1Score.of(averaging);
    }

    /// See [RocAuc].
    public static RocAuc rocAuc() {
        return RocAuc.of();
    }

    /// See [PrecisionRecallAuc].
    public static PrecisionRecallAuc precisionRecallAuc() {
        return PrecisionRecallAuc.of();
    }

    /// See [LogLoss].
    public static LogLoss logLoss() {
        return LogLoss.of();
    }

    /// See [AbsoluteError].
    public static AbsoluteError meanAbsoluteError() {
        return AbsoluteError.of();
    }

    /// See [RootMeanSquaredError].
    public static RootMeanSquaredError rootMeanSquaredError() {
        return RootMeanSquaredError.of();
    }

    /// See [RSquared].
    public static RSquared rSquared() {
        return RSquared.of();
    }

    /// See [AbsolutePercentageError].
    public static AbsolutePercentageError meanAbsolutePercentageError() {
        return AbsolutePercentageError.of();
    }

    /// All metrics of this package and the enums in them, for whoever writes configurations to files.
    public static List<Class<?>> types() {
        return List.of(
                Accuracy.class,
                TopKAccuracy.class,
                BinaryAccuracy.class,
                Precision.class,
                Recall.class,
                F1Score.class,
                RocAuc.class,
                PrecisionRecallAuc.class,
                LogLoss.class,
                AbsoluteError.class,
                RootMeanSquaredError.class,
                RSquared.class,
                AbsolutePercentageError.class,
                Averaging.class);
    }

    /// Whether a larger value of a metric of this name is the better one: not so of a `loss` and of the errors here; so of every other name.
    public static boolean largerIsBetter(String name) {
        return !name.equals("loss")
                && Stream.of(
                        logLoss(), meanAbsoluteError(), rootMeanSquaredError(), meanAbsolutePercentageError())
                        .noneMatch(error -> error.name().equals(name));
    }
}
