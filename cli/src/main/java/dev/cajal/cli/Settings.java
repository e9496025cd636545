package dev.cajal.cli;

import dev.cajal.nn.Fit;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Schedules;
import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// Settings for a training that a person did not care to choose: good ones for the size of the data.
///
/// @param fit how to train
/// @param dropout behind each hidden layer
record Settings(Fit fit, double dropout) {
    private static final int LARGE = 256;

    private static final Map<String, DoubleFunction<Optimizer>> OPTIMIZERS = optimizers();

    private static Map<String, DoubleFunction<Optimizer>> optimizers() {
        Map<String, DoubleFunction<Optimizer>> optimizers = new LinkedHashMap<>();
        optimizers.put("sgd", Optimizers::sgd);
        optimizers.put("momentum", rate -> Optimizers.momentum(rate, 0.9));
        optimizers.put("nesterov", rate -> Optimizers.nesterov(rate, 0.9));
        optimizers.put("rmsprop", Optimizers::rmsProp);
        optimizers.put("adagrad", Optimizers::adagrad);
        optimizers.put("adadelta", _ -> Optimizers.adadelta());
        optimizers.put("adam", Optimizers::adam);
        optimizers.put("adamw", Optimizers::adamW);
        optimizers.put("amsgrad", Optimizers::amsGrad);
        optimizers.put("nadam", Optimizers::nadam);
        optimizers.put("radam", Optimizers::radam);
        optimizers.put("lion", Optimizers::lion);
        optimizers.put("lamb", Optimizers::lamb);
        return optimizers;
    }

    /// Large inputs (pictures): few epochs, large batches, dropout. Small ones (columns of a table): many epochs, small batches.
    static Settings of(
            Examples<?, ?> examples,
            Optional<Integer> epochs,
            Optional<Integer> batch,
            String optimizer,
            Optional<Double> learningRate,
            long seed) {
        boolean large = examples.inputShape().size() > LARGE;
        int size = batch.orElse(large ? 128 : 32);
        int count = epochs.orElse(large ? 10 : 100);
        double rate = learningRate.orElse(usualRate(optimizer));
        DoubleFunction<Optimizer> maker = OPTIMIZERS.get(optimizer);
        if (maker == null) {
            throw new CajalException("usage.optimizer", "There is no optimizer '%s'; there are %s.%s", optimizer,
                    String.join(", ", OPTIMIZERS.keySet()), Names.suggestion(optimizer, OPTIMIZERS.keySet()));
        }
        requirePositive("--epochs", count);
        requirePositive("--batch", size);
        if (!(rate > 0 && Double.isFinite(rate))) {
            throw new CajalException("usage.learning-rate", "--learning-rate has to be above 0, but is %s.", rate);
        }
        Fit fit = Fit.of().withEpochs(count).withBatch(size).withSeed(seed);
        Optimizer scheduled = maker.apply(rate).withLearningRate(
                Schedules.cosine(rate, Math.max(1, fit.steps(examples.size()))));
        fit = fit.withOptimizer(scheduled);
        return new Settings(fit, large ? 0.2 : 0);
    }

    static void requirePositive(String option, int number) {
        if (number < 1) {
            throw new CajalException("usage.positive", "%s has to be at least 1, but is %s.", option, number);
        }
    }

    private static double usualRate(String optimizer) {
        return switch (optimizer) {
            case "sgd" -> 0.1;
            case "momentum", "nesterov" -> 0.05;
            case "adagrad" -> 0.01;
            case "adadelta" -> 1;
            case "lion" -> 1e-4;
            default -> 1e-3;
        };
    }
}
