package dev.cajal.nn;

import dev.cajal.nn.example.Batch;
import dev.cajal.nn.example.BatchSequence;
import dev.cajal.nn.example.Batches;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.nn.loss.Loss;
import dev.cajal.nn.metric.Metric;
import dev.cajal.nn.metric.Metrics;
import dev.cajal.nn.metric.Outcomes;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Measures a model on examples.
final class Evaluator {
    /// Sequences that are measured at a time.
    private static final int SEQUENCES = 32;

    /// Of what is drawn, so that the same model has the same loss again.
    private static final long SEED = 42;

    /// The name of a measure.
    private static final String SQUARED_ERROR = "squared_error";

    private Evaluator() {}

    static <X, L> Evaluation evaluate(Model<X, L> model, Examples<X, L> examples, ProgressListener listener) {
        requireInputs(model.inputs(), examples.inputShape());
        Rows targets = translate(model.targets(), examples);
        switch (model.targets()) {
            case NextTokens _, Sentences _ -> {
                return sequences(model, examples.inputs(), targets, listener);
            }
            case Reconstruction<L> _ -> {
                return reconstructions(model, examples.inputs(), listener);
            }
            case ClassTargets<L> _, NumberTargets<L> _ -> {}
        }
        int count = targets.count();
        Tensor output = Tensor.of(model.outputs(examples.inputs(), listener),
                Shape.of(count, model.targets().outputs()));
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
    private static Evaluation sequences(Model<?, ?> model, Rows inputs, Rows targets, ProgressListener listener) {
        List<Double> means = means(model, inputs, targets, SEQUENCES, listener, pass -> {
            Applied<Tensor> applied = pass.measured();
            Scored scored = Scored.of(model.targets(), applied.output(), pass.batch());
            return List.of(scored.count(), applied.penalized(scored.loss(model.loss())), scored.accuracy());
        });
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", means.get(0));
        metrics.put("accuracy", means.get(1));
        metrics.put("perplexity", Math.exp(means.get(0)));
        return new Evaluation(targets.count(), metrics);
    }

    /// Batch by batch, since there are as many numbers as in all inputs. The loss is that of training, with codes that are drawn if the network draws some: the negative evidence lower bound of a variational
    /// autoencoder, from one code of each input. What comes back is that of prediction: the squared error is that of an input, the sum over its numbers; `rmse` that of a number.
    private static Evaluation reconstructions(Model<?, ?> model, Rows inputs, ProgressListener listener) {
        List<Double> means = means(model, inputs, inputs, Model.BATCH, listener, pass -> {
            Applied<Tensor> applied = pass.measured();
            Scored scored = Scored.of(model.targets(), applied.output(), pass.batch());
            Tensor wanted = scored.target();
            // Where nothing is drawn, this is the same graph and is computed once.
            Tensor back = model.answers(pass.predicted().output());
            Tensor errors = back.minus(wanted).square().reshape(wanted.dim(0), -1).sum(-1);
            return List.of(scored.count(), applied.penalized(scored.loss(model.loss())),
                    Loss.weightedMean(errors, scored.weights()));
        });
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", means.get(0));
        metrics.put(SQUARED_ERROR, means.get(1));
        metrics.put(Metrics.rootMeanSquaredError().name(), Math.sqrt(means.get(1) / inputs.width()));
        return new Evaluation(inputs.count(), metrics);
    }

    /// The network on a batch.
    ///
    /// @param number of the batch, so that each has random numbers of its own
    private record Pass(Model<?, ?> model, Variables variables, Batch batch, Tensor number) {
        Applied<Tensor> measured() {
            return applied(Mode.measurement(RandomKey.of(SEED).foldIn(number), batch.weights()));
        }

        Applied<Tensor> predicted() {
            return applied(Mode.inference());
        }

        private Applied<Tensor> applied(Mode mode) {
            return model.network().apply(variables, model.inputs().prepare(batch.inputs()), mode);
        }
    }

    /// Means over all examples, of means over batches.
    ///
    /// @param measures of a batch: how many examples, or positions, there are, then their means
    private static List<Double> means(Model<?, ?> model, Rows inputs, Rows targets, int size,
            ProgressListener listener, Function<Pass, List<Tensor>> measures) {
        var measure = Transform.compile((Variables variables, Batch batch, Tensor number) -> measures
                .apply(new Pass(model, variables, batch, number)));
        Batches batches = Batches.of(model.inputs(), model.targets(), inputs, targets);
        int[] order = batches.sorted();
        List<Double> sums = new ArrayList<>();
        double all = 0;
        try (BatchSequence sequence = batches.sequence(order, 0, size)) {
            for (int from = 0; from < order.length; from += size) {
                Tensor number = Tensor.of(new int[] {from / size}, Shape.SCALAR);
                List<Tensor> measured = measure.apply(model.variables(), sequence.next(), number);
                double count = measured.getFirst().item();
                all += count;
                for (int i = 1; i < measured.size(); i++) {
                    double sum = measured.get(i).item() * count;
                    if (from == 0) {
                        sums.add(sum);
                    } else {
                        sums.set(i - 1, sums.get(i - 1) + sum);
                    }
                }
                listener.progress(Math.min(order.length, from + size), order.length);
            }
        }
        double count = all;
        return sums.stream().map(sum -> sum / count).toList();
    }

    /// The names of what is measured besides the loss.
    static List<String> names(TargetEncoding<?> targets) {
        return switch (targets) {
            case NextTokens _, Sentences _ -> List.of("accuracy", "perplexity");
            case Reconstruction<?> _ -> List.of(SQUARED_ERROR, Metrics.rootMeanSquaredError().name());
            case ClassTargets<?> _, NumberTargets<?> _ -> metrics(targets).stream().map(Metric::name).toList();
        };
    }

    private static List<Metric> metrics(TargetEncoding<?> targets) {
        return switch (targets) {
            case NextTokens _, Sentences _, Reconstruction<?> _ -> List.of();
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
            case Reconstruction<?> _ -> model.answers(output);
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
            case Reconstruction<L> _ when examples.targetEncoding() instanceof Reconstruction<L> -> examples.targets();
            case ClassTargets<L> _, NumberTargets<L> _, NextTokens _, Sentences _, Reconstruction<L> _ ->
                throw new CajalException(
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
            case Reconstruction<?> _ -> Phrase.words("the inputs themselves");
            case NextTokens tokens -> Phrase.of("target.tokens", "the next of %s tokens", tokens.outputs());
        };
    }
}
