package dev.cajal.benchmark;

import dev.cajal.nn.checkpoint.SafeTensors;
import dev.cajal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What all frameworks begin with.
///
/// @param parameters what is trained, by its path in the network
/// @param data examples, targets and whatever else there is, by name
record Inputs(SequencedMap<String, Tensor> parameters, SequencedMap<String, Tensor> data) {
    private static final String PARAMETER = "parameter/";

    /// Reads a safetensors file: names that begin with `parameter/` are parameters, all others data.
    static Inputs read(Path file) throws IOException {
        SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
        SequencedMap<String, Tensor> data = new LinkedHashMap<>();
        SafeTensors.read(Files.readAllBytes(file), file.toString()).forEach((name, tensor) -> {
            if (name.startsWith(PARAMETER)) {
                parameters.put(name.substring(PARAMETER.length()), tensor);
            } else {
                data.put(name, tensor);
            }
        });
        return new Inputs(parameters, data);
    }

    /// The data of a name.
    ///
    /// @throws IllegalArgumentException if there is none
    Tensor get(String name) {
        Tensor found = data.get(name);
        if (found == null) {
            throw new IllegalArgumentException("There is no input '" + name + "', only " + data.keySet() + ".");
        }
        return found;
    }
}
