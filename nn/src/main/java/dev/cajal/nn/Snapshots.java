package dev.cajal.nn;

import dev.cajal.nn.checkpoint.Archive;
import dev.cajal.nn.checkpoint.AtomicFile;
import dev.cajal.nn.checkpoint.CheckpointException;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.checkpoint.SafeTensors;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.nn.optimizer.OptimizerState;
import dev.cajal.nn.train.BestEpoch;
import dev.cajal.nn.train.History;
import dev.cajal.nn.train.Position;
import dev.cajal.nn.train.TrainState;
import dev.cajal.nn.train.Trainer;
import dev.cajal.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Snapshots of a training in a file: a model's file with two parts more, `training.json` (settings, position, history) and
/// `optimizer.safetensors`, and a third, `best.safetensors`, where the best epoch is wanted. Whoever resumes from it gets the bits of a run that was never stopped.
public final class Snapshots {
    private static final String TRAINING = "training.json";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String BEST = "best.safetensors";
    private static final String STEP = "step";
    private static final String SCALE = "learningRateScale";
    /// Characters of an encoding in a message.
    private static final int MOST_SHOWN = 160;

    private Snapshots() {}

    /// Writes a snapshot; the file is a model's file too.
    public static void save(Path file, Training<?, ?> training, Trainer.Snapshot snapshot, Collection<Class<?>> types) {
        RecordCodec codec = ModelFile.codec(types);
        TrainState state = snapshot.state();
        SequencedMap<String, AtomicFile.Content> parts = ModelFile.parts(training.current(state), codec);
        Map<String, Json> json = new LinkedHashMap<>();
        json.put("fit", codec.write(training.fit()));
        json.put("step", Json.of((long) snapshot.position().step()));
        json.put("weight", Json.of(snapshot.position().weight()));
        json.put("sums", numbers(snapshot.position().sums()));
        json.put("history", history(snapshot.position().history()));
        String text = Json.of(json).print() + "\n";
        Map<String, Tensor> slots = new LinkedHashMap<>();
        slots.put(STEP, state.optimizer().step());
        slots.put(SCALE, state.optimizer().learningRateScale());
        state.optimizer().slots()
                .forEach((slot, tree) -> tree.forEach((name, tensor) -> slots.put(slot + "/" + name, tensor)));
        parts.put(TRAINING, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        parts.put(OPTIMIZER, out -> SafeTensors.write(slots, out));
        snapshot.best().ifPresent(best -> {
            Map<String, Tensor> weights = ModelFile.weights(new Variables(best.parameters(), best.statistics()));
            parts.put(BEST, out -> SafeTensors.write(weights, out));
        });
        Archive.write(file, parts);
    }

    /// What a snapshot's file says of the training.
    ///
    /// @param fit the settings it ran with
    /// @param snapshot where it stood
    /// @param model the network as it stood, with its encodings
    public record Saved(Fit fit, Trainer.Snapshot snapshot, Model<?, ?> model) {
        /// Refuses a training on data that are encoded in another way than those before.
        ///
        /// @throws CheckpointException if the inputs or labels differ
        public void requireSameData(Training<?, ?> training) {
            Model<?, ?> other = training.model(training.start().state());
            if (!model.inputs().equals(other.inputs()) || !isSame(model.targets(), other.targets())) {
                throw new CheckpointException(
                        "snapshot.data",
                        null,
                        "The training that is to go on was on other data: inputs %s and labels %s, but here they are %s and %s, or differ further on. Give it the same file, "
                                + "with the same options for reading it and the same tokenizer.",
                        cut(model.inputs()),
                        cut(model.targets()),
                        cut(other.inputs()),
                        cut(other.targets()));
            }
        }

        /// A file has the names of enum constants only.
        private static boolean isSame(TargetEncoding<?> saved, TargetEncoding<?> now) {
            return saved instanceof ClassTargets<?>(var before) && now instanceof ClassTargets<?>(var after)
                    ? before.stream().map(ClassKind::text).toList().equals(after.stream().map(ClassKind::text).toList())
                    : saved.equals(now);
        }

        /// A tokenizer can have a hundred thousand words.
        private static String cut(Object encoding) {
            String text = encoding.toString();
            return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
        }
    }

    /// Reads a snapshot.
    ///
    /// @throws CheckpointException if the file is damaged, or a model without a training
    public static Saved load(Path file, Collection<Class<?>> types) {
        RecordCodec codec = ModelFile.codec(types);
        Map<String, byte[]> parts = Archive.read(file);
        Model<?, ?> model = ModelFile.read(file, parts, codec);
        TrainState state = state(file, parts, model);
        Optional<BestEpoch> best = best(file, parts, model);
        return ModelFile.json(file, parts, TRAINING, json -> new Saved(
                codec.read(json.get("fit"), Fit.class), new Trainer.Snapshot(state, position(json), best), model));
    }

    private static TrainState state(Path file, Map<String, byte[]> parts, Model<?, ?> model) {
        SequencedMap<String, Tensor> slots = ModelFile.tensors(file, parts, OPTIMIZER);
        Tensor step = slots.remove(STEP);
        Tensor scale = slots.remove(SCALE);
        if (step == null || scale == null) {
            throw new CheckpointException("snapshot.step", null, "%s (%s) lacks the step counter.", file, OPTIMIZER);
        }
        SequencedMap<String, SequencedMap<String, Tensor>> trees = new LinkedHashMap<>();
        slots.forEach((name, tensor) -> {
            int cut = name.indexOf('/');
            if (cut < 0) {
                throw new CheckpointException(
                        "snapshot.slot", null, "%s (%s) has '%s', but a slot is named SLOT/PARAMETER.", file, OPTIMIZER,
                        name);
            }
            trees.computeIfAbsent(name.substring(0, cut), _ -> new LinkedHashMap<>())
                    .put(name.substring(cut + 1), tensor);
        });
        return new TrainState(
                new LinkedHashMap<>(model.variables().parameters()),
                new LinkedHashMap<>(model.variables().statistics()),
                new OptimizerState<>(step, scale, trees));
    }

    private static Position position(Json json) {
        return new Position(
                history(json.get("history")),
                json.get("step").asInt(),
                numbers(json.get("sums")),
                json.get("weight").asDouble());
    }

    private static Optional<BestEpoch> best(Path file, Map<String, byte[]> parts, Model<?, ?> model) {
        if (!parts.containsKey(BEST)) {
            return Optional.empty();
        }
        Variables variables = ModelFile.variables(file, parts, BEST);
        ModelFile.requireWeights(file + " (" + BEST + ")", model, variables);
        return Optional.of(new BestEpoch(variables.parameters(), variables.statistics()));
    }

    private static Json history(History history) {
        List<Json> epochs = new ArrayList<>();
        for (History.Epoch epoch : history.epochs()) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("epoch", Json.of((long) epoch.number()));
            members.put("training", numbers(epoch.training()));
            members.put("validation", numbers(epoch.validation()));
            members.put("learningRateFactor", Json.of(epoch.learningRateFactor()));
            members.put("seconds", Json.of(epoch.seconds()));
            epochs.add(Json.of(members));
        }
        return Json.of(epochs);
    }

    private static History history(Json json) {
        return new History(json.asList().stream()
                .map(epoch -> new History.Epoch(
                        epoch.get("epoch").asInt(),
                        numbers(epoch.get("training")),
                        numbers(epoch.get("validation")),
                        epoch.get("learningRateFactor").asDouble(),
                        epoch.get("seconds").asDouble()))
                .toList());
    }

    private static Json numbers(SequencedMap<String, Double> numbers) {
        Map<String, Json> members = new LinkedHashMap<>();
        numbers.forEach((name, number) -> members.put(name, Json.of(number)));
        return Json.of(members);
    }

    private static SequencedMap<String, Double> numbers(Json json) {
        SequencedMap<String, Double> numbers = new LinkedHashMap<>();
        json.asMap().forEach((name, number) -> numbers.put(name, number.asDouble()));
        return numbers;
    }
}
