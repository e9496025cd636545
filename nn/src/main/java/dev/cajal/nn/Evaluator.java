package dev.cajal.nn;

import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.nn.metric.Metric;
import dev.cajal.nn.metric.Metrics;
import dev.cajal.nn.metric.Outcomes;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Measures a model on examples.
final class Evaluator {
    private Evaluator() {}

    static <X, L> Evaluation evaluate(Model<X, L> model, Examples<X, L> examples) {
        requireInputs(model.inputs(), examples.inputShape());
        Rows targets = translate(model.targets(), examples);
        int count = targets.count();
        Tensor output = Tensor.of(model.outputs(examples.inputs()), Shape.of(count, model.targets().outputs()));
        Tensor target = targets.batch(IntStream.range(0, count).toArray(), 0, count, count);
        Tensor weights = Tensor.ones(count);
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", model.loss().mean(output, model.targets().prepare(target), weights).item());
        Outcomes outcomes = Outcomes.of(predictions(model, output), target, weights);
        for (Metric metric : metrics(model.targets())) {
            metrics.put(metric.name(), metric.of(outcomes));
        }
        return new Evaluation(count, metrics);
    }

    static List<Metric> metrics(TargetEncoding<?> targets) {
        return switch (targets) {
            case ClassTargets<?> _ -> List.of(Metrics.accuracy());
            case NumberTargets<?> _ ->
                List.of(Metrics.rootMeanSquaredError(), Metrics.meanAbsoluteError(), Metrics.rSquared());
        };
    }

    /// Probabilities of classes; quantities in their own units.
    private static Tensor predictions(Model<?, ?> model, Tensor output) {
        return switch (model.targets()) {
            case ClassTargets<?> _ -> model.answers(output);
            case NumberTargets<?> numbers -> numbers.restore(model.answers(output));
        };
    }

    /// Refuses examples that a model with these encodings cannot be measured on.
    ///
    /// @throws CajalException if their inputs have another shape, or a label is not known
    static <L> void requireFit(InputEncoding<?> inputs, TargetEncoding<L> targets, Examples<?, L> examples) {
        requireInputs(inputs, examples.inputShape());
        translate(targets, examples);
    }

    /// Refuses encoded inputs of another shape than that of an encoding.
    static void requireInputs(InputEncoding<?> inputs, Shape given) {
        if (!inputs.shape().equals(given)) {
            throw new CajalException(
                    "model.inputs",
                    "The model takes inputs of shape %s, but these examples have shape %s. Is it a model for other data?",
                    inputs.shape(),
                    given);
        }
    }

    /// Class numbers of the examples as the model counts classes, since both made their lists from what they saw.
    private static <L> Rows translate(TargetEncoding<L> known, Examples<?, L> examples) {
        return switch (known) {
            case ClassTargets<L> classes when examples.targetEncoding() instanceof ClassTargets<L> others -> {
                if (classes.classes().equals(others.classes())) {
                    yield examples.targets();
                }
                List<L> labels = new ArrayList<>();
                for (int i = 0; i < examples.size(); i++) {
                    labels.add(others.classes().get((int) examples.targets().get(i, 0)));
                }
                yield classes.encode(labels);
            }
            case NumberTargets<L> numbers when examples.targetEncoding() instanceof NumberTargets<L> others
                    && numbers.outputs() == others.outputs() ->
                examples.targets();
            case ClassTargets<L> _, NumberTargets<L> _ -> throw new CajalException(
                    "model.targets",
                    "The model predicts %s, but the labels of these examples are %s.",
                    kind(known),
                    kind(examples.targetEncoding()));
        };
    }

    private static Phrase kind(TargetEncoding<?> encoding) {
        return switch (encoding) {
            case ClassTargets<?> classes -> Phrase.of("target.classes", "classes %s", classes.classes());
            case NumberTargets<?> numbers -> Phrase.of("target.quantities", "%s quantities", numbers.outputs());
        };
    }
}
