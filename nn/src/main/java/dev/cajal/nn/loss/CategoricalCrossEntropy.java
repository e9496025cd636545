package dev.cajal.nn.loss;

import dev.cajal.ir.Origin;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Arrays;
import java.util.List;

/// The cross-entropy of classes that exclude each other, from logits; the usual loss of classification. With logits `z[1..K]`, a target
/// distribution `q` and class weights `w`:
///
/// `-sum over k of w[k] * q[k] * log(softmax(z)[k])`
///
/// For a sparse target, the number of the class, `q` is 1 there and 0 elsewhere, and the loss is `-w[label] * log(softmax(z)[label])`. With label
/// smoothing `e` (C. Szegedy et al., *Rethinking the Inception Architecture*, 2015) `q` becomes `(1 - e) * q + e / K`. The network must not
/// end in a softmax: `log(softmax(z))` is computed as `z - max - log(sum(e^(z - max)))`, which is finite for every finite logit.
///
/// - prediction: `[batch, classes]`, or `[batch, positions..., classes]`, whose positions are averaged
/// - target: class numbers, i32, i64 or u8, of the prediction's shape without the last dimension; or probabilities, of the prediction's shape
///
/// Class weights multiply the losses; unlike PyTorch's mean, the mean of a batch is not divided by them. A class number that does not
/// exist makes the run fail.
///
/// @param smoothing at least 0 and below 1
/// @param classWeights one for each class; none means that all classes weigh 1
public record CategoricalCrossEntropy(double smoothing, List<Double> classWeights) implements Loss {
    public CategoricalCrossEntropy {
        Operands.require(smoothing >= 0 && smoothing < 1, "label smoothing", smoothing, "at least 0 and below 1");
        classWeights = List.copyOf(classWeights);
        for (double weight : classWeights) {
            Operands.require(weight >= 0 && Double.isFinite(weight), "class weight", weight, "at least 0");
        }
    }

    /// Without smoothing and weights.
    public static CategoricalCrossEntropy of() {
        return new CategoricalCrossEntropy(0, List.of());
    }

    /// The same with another label smoothing.
    public CategoricalCrossEntropy withSmoothing(double amount) {
        return new CategoricalCrossEntropy(amount, classWeights);
    }

    /// The same with other class weights.
    public CategoricalCrossEntropy withClassWeights(double... weights) {
        return new CategoricalCrossEntropy(smoothing, Arrays.stream(weights).boxed().toList());
    }

    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Tensor logits = Operands.floating(this, prediction);
        Tensor loss = switch (ClassTarget.of(this, logits, target)) {
            case ClassTarget.Sparse(Tensor labels) -> sparse(logits.logSoftmax(-1), labels);
            case ClassTarget.Dense(Tensor probabilities) -> dense(logits.logSoftmax(-1), probabilities);
        };
        return Operands.meanOfEach(loss);
    }

    private Tensor sparse(Tensor logProbabilities, Tensor labels) {
        Tensor loss = logProbabilities.takeAlongLast(labels).negate();
        if (!classWeights.isEmpty()) {
            loss = loss.times(weights(logProbabilities).take(labels));
        }
        if (smoothing > 0) {
            Tensor uniform = weighted(logProbabilities).mean(-1).negate();
            loss = loss.times(1 - smoothing).plus(uniform.times(smoothing));
        }
        return loss;
    }

    private Tensor dense(Tensor logProbabilities, Tensor probabilities) {
        Tensor q = smoothing > 0
                ? probabilities.times(1 - smoothing).plus(smoothing / probabilities.dim(-1))
                : probabilities;
        // A class of probability zero does not count, even if its logit is minus infinity (a masked class).
        Tensor terms = q.eq(0).choose(0, q.times(weighted(logProbabilities)));
        return terms.sum(-1).negate();
    }

    private Tensor weighted(Tensor logProbabilities) {
        return classWeights.isEmpty() ? logProbabilities : logProbabilities.times(weights(logProbabilities));
    }

    private Tensor weights(Tensor like) {
        int classes = like.dim(-1);
        if (classWeights.size() != classes) {
            throw new ShapeException(
                    "loss.class-weights",
                    "%sThe loss has %s class weights, but the prediction has %s classes (shape %s).",
                    Origin.current().prefix(),
                    classWeights.size(),
                    classes,
                    like.shape());
        }
        double[] numbers = classWeights.stream().mapToDouble(Double::doubleValue).toArray();
        return Tensor.of(numbers, Shape.of(classes)).asType(like.dtype());
    }

    @Override
    public OutputKind output() {
        return OutputKind.CLASS_LOGITS;
    }
}
