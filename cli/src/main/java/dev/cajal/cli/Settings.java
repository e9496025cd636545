package dev.cajal.cli;

import dev.cajal.data.table.TableTexts;
import dev.cajal.nn.Fit;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.optimizer.AdamW;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.ParameterSelection;
import dev.cajal.nn.optimizer.Schedule;
import dev.cajal.nn.optimizer.Schedules;
import dev.cajal.nn.train.StopRule;
import dev.cajal.type.CajalException;
import dev.cajal.zoo.Recipe;
import dev.cajal.zoo.Zoo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;

/// Settings for a training that a person did not care to choose: good ones for the size of the data.
///
/// @param fit how to train
/// @param dropout behind each hidden layer
/// @param model a name of the zoo
/// @param augment random changes of training pictures
/// @param options what was wanted, with what was chosen for the rest
record Settings(Fit fit, double dropout, String model, AugmentOption augment, TrainOptions options) {
    private static final int LARGE = 256;
    /// The share of examples that the best epoch is chosen by, and how many there have to be for that.
    private static final double VALIDATION = 0.1;
    private static final int LEAST_TO_VALIDATE = 50;
    /// Steps in which the learning rate of models for texts rises.
    private static final int MOST_WARM_UP = 100;
    /// Texts to be judged are seen so many times in all, and each one at least [#LEAST_EPOCHS] times and at most [#MOST_EPOCHS].
    private static final int SENTENCES_SEEN = 50_000;
    private static final int LEAST_EPOCHS = 5;
    private static final int MOST_EPOCHS = 100;

    private static final Map<String, DoubleFunction<Optimizer>> OPTIMIZERS = optimizers();

    private static Map<String, DoubleFunction<Optimizer>> optimizers() {
        Map<String, DoubleFunction<Optimizer>> optimizers = new LinkedHashMap<>();
        optimizers.put("sgd", Optimizers::sgd);
        optimizers.put("momentum", rate -> Optimizers.momentum(rate, 0.9));
        optimizers.put("nesterov", rate -> Optimizers.nesterov(rate, 0.9));
        optimizers.put("rmsprop", Optimizers::rmsProp);
        optimizers.put("adagrad", Optimizers::adagrad);
        optimizers.put("adam", Optimizers::adam);
        optimizers.put("adamw", rate -> AdamW.of(rate).withWeightDecay(0.1, ParameterSelection.kernels()));
        optimizers.put("nadam", Optimizers::nadam);
        optimizers.put("radam", Optimizers::radam);
        optimizers.put("lion", Optimizers::lion);
        return optimizers;
    }

    /// The names of optimizers.
    static Set<String> optimizerNames() {
        return OPTIMIZERS.keySet();
    }

    /// Large inputs (pictures): few epochs, large batches, dropout. Small ones (columns of a table): many epochs, small batches.
    ///
    /// @throws CajalException if the goal is none for such data
    static Settings of(Examples<?, ?> examples, TrainOptions wanted) {
        Usual usual = Usual.of(examples.encoding());
        boolean large = usual.isNumbers() && examples.inputShape().size() > LARGE;
        String model = wanted.model().orElseGet(() -> usual.model(wanted.quality()));
        Recipe recipe = Zoo.recipe(model);
        String optimizer = wanted.optimizer().or(recipe::optimizer).orElse(usual.optimizer());
        int batch = wanted.batch().orElse(large ? 128 : usual == Usual.PAIRS ? 64 : 32);
        int usualEpochs = recipe.epochs().orElse(switch (usual) {
            case SENTENCES -> Math.clamp(SENTENCES_SEEN / examples.size(), LEAST_EPOCHS, MOST_EPOCHS);
            case NUMBERS, PICTURES, TEXTS, PAIRS -> large ? 10 : 100;
        });
        int epochs = wanted.epochs()
                .orElseGet(() -> wanted.quality().map(quality -> quality.epochs(usualEpochs)).orElse(usualEpochs));
        double rate = wanted.learningRate().orElse(usualRate(optimizer, recipe));
        DoubleFunction<Optimizer> maker = Objects.requireNonNull(OPTIMIZERS.get(optimizer));
        long steps = (long) Math.ceilDiv(examples.size(), batch) * epochs;
        int ofSchedule = Math.clamp(steps, 1, Integer.MAX_VALUE);
        Schedule cosine = Schedules.cosine(rate, ofSchedule);
        Optimizer scheduled = maker.apply(rate).withLearningRate(!usual.isNumbers()
                ? Schedules.warmUp(Math.clamp(ofSchedule / 10, 1, MOST_WARM_UP), cosine)
                : cosine);
        Fit fit = Fit.of().withEpochs(epochs).withBatch(batch).withOptimizer(scheduled).withSeed(wanted.seed())
                .withPrecision(wanted.precision());
        AugmentOption augment = wanted.augment().orElseGet(() -> AugmentOption.usual(model, wanted.data()));
        fit = augment.with(fit);
        if (wanted.quality().filter(Quality::keepsBest).isPresent() && examples.size() >= LEAST_TO_VALIDATE) {
            fit = fit.withValidation(VALIDATION).withBest("loss");
        }
        for (StopRule.Goal goal : wanted.goal().stream().toList()) {
            requireMeasured(goal, examples);
            fit = fit.withRule(goal);
        }
        return new Settings(fit, large ? 0.2 : 0, model, augment,
                wanted.resolved(model, optimizer, epochs, batch, rate)
                        .withTexts(usual, length(examples.encoding())).withAugment(usual, augment));
    }

    /// The tokens of a text that are read; empty for what is no text.
    private static Optional<Integer> length(InputEncoding<?> encoding) {
        return switch (encoding) {
            case TextInputs(var _, int length) -> Optional.of(length);
            case TableTexts texts -> Optional.of(texts.texts().length());
            case SentencePairs pairs -> Optional.of(pairs.length());
            case InputEncoding<?> _ -> Optional.empty();
        };
    }

    private static void requireMeasured(StopRule.Goal goal, Examples<?, ?> examples) {
        if (goal.metric().equals("accuracy") && examples.targetEncoding() instanceof NumberTargets<?>) {
            throw new CommandException("usage.no-accuracy",
                    "Numbers are to be predicted, not classes, so there is no accuracy to reach. Use --goal loss=%s, for example.",
                    "0.05");
        }
    }

    private static double usualRate(String optimizer, Recipe recipe) {
        return switch (optimizer) {
            case "sgd" -> 0.1;
            case "momentum", "nesterov" -> 0.05;
            case "adagrad" -> 0.01;
            case "lion" -> 1e-4;
            default -> recipe.learningRate();
        };
    }
}
