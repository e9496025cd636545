package dev.cajal.nn.layer;

import dev.cajal.nn.ConfigTypes;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.Shared;
import dev.cajal.nn.activation.Activations;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.ObjectInputs;
import dev.cajal.nn.example.PaddedTexts;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.Standardization;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.metric.Metrics;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Plateau;
import dev.cajal.nn.optimizer.Schedules;
import dev.cajal.nn.train.KeepBest;
import dev.cajal.nn.train.MixUp;
import dev.cajal.nn.train.StopRule;
import dev.cajal.type.DType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What this module offers for the files of models: its layers, and everything that settings are made of.
public final class BuiltInTypes implements ConfigTypes {
    /// For the service loader.
    public BuiltInTypes() {}

    @Override
    public List<Class<?>> types() {
        Set<Class<?>> types = new LinkedHashSet<>();
        types.addAll(Layers.types());
        types.addAll(Layers.settings());
        types.addAll(Activations.types());
        types.addAll(Initializers.types());
        types.addAll(Losses.types());
        types.addAll(Metrics.types());
        types.addAll(Optimizers.types());
        types.addAll(Schedules.types());
        types.addAll(List.of(Sequential.class, Shared.class));
        types.addAll(List.of(
                ObjectInputs.class, Standardization.class, NumberTargets.class, NumberTargets.Kind.class,
                TextInputs.class, PaddedTexts.class, NextTokens.class, SentencePairs.class, Sentences.class,
                Reconstruction.class));
        types.addAll(List.of(
                Fit.class, DType.class, Plateau.class, KeepBest.class, MixUp.class, StopRule.Goal.class,
                StopRule.Goal.Direction.class,
                StopRule.NoImprovement.class));
        return List.copyOf(types);
    }
}
