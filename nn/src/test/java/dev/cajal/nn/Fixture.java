package dev.cajal.nn;

import dev.cajal.nn.checkpoint.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Numbers that another program made, with the scripts in `src/test/python`.
public record Fixture(Json json) {
    /// The fixture in a file beside the test's class.
    public static Fixture of(Class<?> test, String file) {
        try (InputStream in = test.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no " + file + " beside " + test);
            }
            return new Fixture(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /// A part of it.
    public Fixture get(String name) {
        return new Fixture(json.get(name));
    }

    /// The names of its parts.
    public Set<String> names() {
        return json.asMap().keySet();
    }

    /// An array of numbers.
    public double[] doubles(String name) {
        return json.get(name).asList().stream().mapToDouble(Json::asDouble).toArray();
    }

    /// An array of numbers.
    public float[] floats(String name) {
        double[] numbers = doubles(name);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /// An array of whole numbers.
    public int[] ints(String name) {
        return json.get(name).asList().stream()
                .mapToInt(number -> Math.toIntExact(number.asLong()))
                .toArray();
    }
}
