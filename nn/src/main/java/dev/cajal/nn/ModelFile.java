package dev.cajal.nn;

import dev.cajal.nn.checkpoint.Archive;
import dev.cajal.nn.checkpoint.AtomicFile;
import dev.cajal.nn.checkpoint.CheckpointException;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.checkpoint.SafeTensors;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.nn.loss.Loss;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import dev.cajal.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;

/// The file format of models: an [Archive] with `model.json` and `weights.safetensors`.
///
/// `model.json` holds the configuration: format and version, network, encodings and loss. In the weights the names of parameters begin with
/// `parameters/`, those of statistics with `statistics/`.
final class ModelFile {
    static final String CONFIGURATION = "model.json";
    static final String WEIGHTS = "weights.safetensors";

    private static final String FORMAT = "cajal-model";
    private static final int VERSION = 1;
    private static final String PARAMETERS = "parameters/";
    private static final String STATISTICS = "statistics/";

    private ModelFile() {}

    /// A codec for all types that the services name, and some more.
    static RecordCodec codec(Collection<Class<?>> more) {
        List<Class<?>> types = new ArrayList<>();
        ServiceLoader.load(ConfigTypes.class, ConfigTypes.class.getClassLoader())
                .forEach(service -> types.addAll(service.types()));
        types.addAll(more);
        return new RecordCodec(types);
    }

    /// The parts of a model's file.
    ///
    /// @throws CheckpointException if the network or an encoding cannot be written
    static SequencedMap<String, AtomicFile.Content> parts(Model<?, ?> model, RecordCodec codec) {
        requireWeights("the model", model, model.variables());
        Map<String, Json> configuration = new LinkedHashMap<>();
        configuration.put("format", Json.of(FORMAT));
        configuration.put("version", Json.of((long) VERSION));
        configuration.put("network", codec.write(model.network()));
        configuration.put("inputs", codec.write(model.inputs()));
        configuration.put("targets", targets(model.targets(), codec));
        configuration.put("loss", codec.write(model.loss()));
        String json = Json.of(configuration).print() + "\n";
        Map<String, Tensor> weights = weights(model.variables());
        SequencedMap<String, AtomicFile.Content> parts = new LinkedHashMap<>();
        parts.put(CONFIGURATION, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
        parts.put(WEIGHTS, out -> SafeTensors.write(weights, out));
        return parts;
    }

    static Model<?, ?> read(Path file, Collection<Class<?>> more) {
        return read(file, Archive.read(file), codec(more));
    }

    static Model<?, ?> read(Path file, Map<String, byte[]> parts, RecordCodec codec) {
        Variables variables = variables(file, parts, WEIGHTS);
        Model<?, ?> model = json(file, parts, CONFIGURATION, json -> model(json, codec, variables));
        requireWeights(file + " (" + WEIGHTS + ")", model, variables);
        return model;
    }

    private static Model<?, ?> model(Json json, RecordCodec codec, Variables variables) {
        requireFormat(json);
        Layer network = codec.read(json.get("network"), Layer.class);
        InputEncoding<?> inputs = codec.read(json.get("inputs"), InputEncoding.class);
        TargetEncoding<?> targets = targets(json.get("targets"), codec);
        Loss loss = codec.read(json.get("loss"), Loss.class);
        return new Model<>(network, variables, inputs, targets, loss);
    }

    /// What a part with JSON says; errors name the file and the part.
    static <T> T json(Path file, Map<String, byte[]> parts, String name, Function<Json, T> reader) {
        byte[] bytes = part(file, parts, name);
        try {
            return reader.apply(Json.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (CajalException wrong) {
            throw CheckpointException.in(file + " (" + name + ")", wrong);
        }
    }

    /// The tensors of a part.
    static SequencedMap<String, Tensor> tensors(Path file, Map<String, byte[]> parts, String name) {
        return SafeTensors.read(part(file, parts, name), file + " (" + name + ")");
    }

    /// The variables in a part.
    static Variables variables(Path file, Map<String, byte[]> parts, String name) {
        Map<String, Tensor> weights = tensors(file, parts, name);
        return new Variables(below(weights, PARAMETERS), below(weights, STATISTICS));
    }

    /// Refuses weights that are not those of the network. The needed ones are described only, not computed.
    ///
    /// @param where the weights are, for messages
    static void requireWeights(String where, Model<?, ?> model, Variables found) {
        Map<String, TensorType> wanted = types(model.network().init(RandomKey.of(0), model.inputs().example()));
        Map<String, TensorType> given = types(found);
        if (!wanted.equals(given)) {
            List<Phrase> differences = Stream.concat(wanted.keySet().stream(), given.keySet().stream())
                    .distinct()
                    .filter(name -> !Objects.equals(wanted.get(name), given.get(name)))
                    .map(name -> Phrase.of("model.weight", "%s: needed %s, found %s", name,
                            Objects.<Object>requireNonNullElse(wanted.get(name), Phrase.words("none")),
                            Objects.<Object>requireNonNullElse(given.get(name), Phrase.words("none"))))
                    .limit(5)
                    .toList();
            throw new CheckpointException(
                    "model.weights", null, "The weights in %s are not those of the network: %s.", where,
                    Phrase.joined("; ", differences));
        }
    }

    private static Map<String, TensorType> types(Variables variables) {
        Map<String, TensorType> types = new LinkedHashMap<>();
        weights(variables).forEach((name, tensor) -> types.put(name, tensor.type()));
        return types;
    }

    /// Variables under the names they have in a file.
    static Map<String, Tensor> weights(Variables variables) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        variables.parameters().forEach((name, tensor) -> weights.put(PARAMETERS + name, tensor));
        variables.statistics().forEach((name, tensor) -> weights.put(STATISTICS + name, tensor));
        return weights;
    }

    private static byte[] part(Path file, Map<String, byte[]> parts, String name) {
        byte[] part = parts.get(name);
        if (part == null) {
            throw new CheckpointException(
                    "model.part", null, "%s has no part %s, only %s: it is not a model of Cajal's.", file, name,
                    parts.keySet());
        }
        return part;
    }

    private static void requireFormat(Json configuration) {
        String format = configuration.get("format").asText();
        long version = configuration.get("version").asLong();
        if (!format.equals(FORMAT) || version != VERSION) {
            throw new CheckpointException(
                    "model.version",
                    null,
                    "This is format %s, version %s; this Cajal reads %s, version %s.",
                    format,
                    version,
                    FORMAT,
                    VERSION);
        }
    }

    private static SequencedMap<String, Tensor> below(Map<String, Tensor> tensors, String prefix) {
        SequencedMap<String, Tensor> below = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), tensor);
            }
        });
        return below;
    }

    /// Classes are written as texts with their kind, since an enum of a person's own is not a type that a file may name.
    private static Json targets(TargetEncoding<?> targets, RecordCodec codec) {
        return switch (targets) {
            case NumberTargets<?> numbers -> codec.write(numbers);
            case NextTokens tokens -> codec.write(tokens);
            case Sentences sentences -> codec.write(sentences);
            case Reconstruction<?> itself -> codec.write(itself);
            case ClassTargets<?> classes -> {
                Map<String, Json> members = new LinkedHashMap<>();
                members.put("type", Json.of("ClassTargets"));
                members.put("kind", Json.of(ClassKind.of(classes.classes().getFirst()).name()));
                members.put(
                        "classes",
                        Json.of(classes.classes().stream().map(ClassKind::text).map(Json::of).toList()));
                yield Json.of(members);
            }
        };
    }

    private static TargetEncoding<?> targets(Json json, RecordCodec codec) {
        if (!json.get("type").asText().equals("ClassTargets")) {
            return codec.read(json, TargetEncoding.class);
        }
        ClassKind kind = ClassKind.named(json.get("kind").asText());
        return new ClassTargets<>(
                json.get("classes").asList().stream().map(label -> kind.parse(label.asText())).toList());
    }
}
