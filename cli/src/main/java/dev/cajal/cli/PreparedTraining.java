package dev.cajal.cli;

import dev.cajal.data.table.TableTexts;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.PaddedTexts;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.zoo.ModelSpec;
import dev.cajal.zoo.Zoo;

/// The training that options describe, not begun yet.
///
/// @param settings that were chosen for the data
record PreparedTraining<X, L>(Settings settings, Training<X, L> training) {
    /// A training on some examples.
    static <X, L> PreparedTraining<X, L> of(TrainOptions chosen, Examples<X, L> examples) {
        chosen.augment().ifPresent(changes -> changes.require(examples));
        Settings settings = Settings.of(examples, chosen);
        int outputs = examples.targetEncoding().outputs();
        ModelSpec spec = switch (examples.encoding()) {
            case TextInputs(var _, int length) -> ModelSpec.ofText(length, outputs);
            case TableTexts(var _, PaddedTexts texts) ->
                ModelSpec.ofSentences(texts.length(), texts.vocabulary(), texts.padding(), outputs);
            case SentencePairs pairs when pairs.hasOneVocabulary() ->
                ModelSpec.ofPairs(pairs.length(), outputs, pairs.padding());
            case SentencePairs pairs ->
                ModelSpec.ofPairs(pairs.length(), pairs.source().marked(), outputs, pairs.padding());
            case InputEncoding<X> _ -> ModelSpec.of(examples.inputShape(), outputs);
        };
        ModelSpec layered = spec.withLayers(chosen.layers()).withDropout(settings.dropout());
        ModelSpec wanted = chosen.activationFunction().map(layered::withActivation).orElse(layered);
        Layer network = settings.augment().before(Zoo.create(settings.model(), wanted), examples);
        return new PreparedTraining<>(settings, Training.of(network, examples, settings.fit()));
    }
}
