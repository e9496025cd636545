package dev.cajal.nn;

import dev.cajal.nn.example.Batch;
import dev.cajal.nn.example.Batches;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.nn.metric.Metric;
import dev.cajal.nn.metric.Metrics;
import dev.cajal.nn.metric.Outcomes;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
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
    /// Sequences that are measured at a time.
    private static final int SEQUENCES = 32;

    private Evaluator() {}

    static <X, L> Evaluation evaluate(Model<X, L> model, Examples<X, L> examples) {
        requireInputs(model.inputs(), examples.inputShape());
        Rows targets = translate(model.targets(), examples);
        if (isSequence(model.targets())) {
            return sequences(model, examples.inputs(), targets);
        }
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

    /// Batch by batch, since there is a number for each token at each position. The loss is the mean of all positions that are there, perplexity `e^loss`.
    private static Evaluation sequences(Model<?, ?> model, Rows inputs, Rows targets) {
        var measure = Transform.compile((Variables variables, Batch batch) -> {
            Tensor output = model.network()
                    .apply(variables, model.inputs().prepare(batch.inputs()), Mode.inference()).output();
            Scored scored = Scored.of(model.targets(), output, batch);
            return List.of(scored.loss(model.loss()), scored.accuracy(), scored.count());
        });
        Batches batches = Batches.of(model.inputs(), model.targets(), inputs, targets);
        int[] order = batches.sorted();
        double loss = 0;
        double right = 0;
        double all = 0;
        for (int from = 0; from < order.length; from += SEQUENCES) {
            int to = Math.min(order.length, from + SEQUENCES);
            List<Tensor> measured = measure.apply(model.variables(), batches.batch(order, from, to, SEQUENCES));
            double count = measured.get(2).item();
            loss += measured.get(0).item() * count;
            right += measured.get(1).item() * count;
            all += count;
        }
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss / all);
        metrics.put("accuracy", right / all);
        metrics.put("perplexity", Math.exp(loss / all));
        return new Evaluation(order.length, metrics);
    }

    /// The names of what is measured besides the loss.
    static List<String> names(TargetEncoding<?> targets) {
        return isSequence(targets)
                ? List.of("accuracy", "perplexity")
                : metrics(targets).stream().map(Metric::name).toList();
    }

    /// Whether there is an answer for each position.
    private static boolean isSequence(TargetEncoding<?> targets) {
        return switch (targets) {
            case NextTokens _, Sentences _ -> true;
            case ClassTargets<?> _, NumberTargets<?> _ -> false;
        };
    }

    private static List<Metric> metrics(TargetEncoding<?> targets) {
        return switch (targets) {
            case NextTokens _, Sentences _ -> List.of();
            case ClassTargets<?> _ -> List.of(Metrics.accuracy());
            case NumberTargets<?> _ ->
                List.of(Metrics.rootMeanSquaredError(), Metrics.meanAbsoluteError(), Metrics.rSquared());
        };
    }

    /// Probabilities of classes; quantities in their own units.
    private static Tensor predictions(Model<?, ?> model, Tensor output) {
        return switch (model.targets()) {
            case ClassTargets<?> _, NextTokens _, Sentences _ -> model.answers(output);
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
            case NextTokens tokens when examples.targetEncoding() instanceof NextTokens others
                    && tokens.equals(others) ->
                examples.targets();
            case Sentences sentences when examples.targetEncoding() instanceof Sentences others
                    && sentences.equals(others) ->
                examples.targets();
            case ClassTargets<L> _, NumberTargets<L> _, NextTokens _, Sentences _ -> throw new CajalException(
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
            case Sentences sentences ->
                Phrase.of("target.sentences", "sentences of %s tokens", sentences.outputs());
            case NextTokens tokens -> Phrase.of("target.tokens", "the next of %s tokens", tokens.outputs());
        };
    }
}
