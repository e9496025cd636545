package dev.cajal.cli;

import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.data.image.PictureSheet;
import dev.cajal.nn.Model;
import dev.cajal.nn.example.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What an autoencoder makes of inputs.
///
/// @param inputs what it was given, as the network gets it, `[rows, numbers]`
/// @param outputs what it gave back
record Reconstructed(List<float[]> inputs, List<float[]> outputs) {
    private static final int COLUMNS = 10;
    private static final int MOST_SHOWN = 50;

    static Reconstructed of(Model<?, ?> model, Rows rows, ProgressLine line) {
        int width = rows.width();
        float[] given = new float[rows.count() * width];
        int[] order = IntStream.range(0, rows.count()).toArray();
        for (int from = 0; from < rows.count(); from += Model.BATCH) {
            int to = Math.min(rows.count(), from + Model.BATCH);
            float[] part = model.inputs().prepare(rows.batch(order, from, to, to - from)).toFloats();
            System.arraycopy(part, 0, given, from * width, part.length);
        }
        return new Reconstructed(cut(given, width), cut(model.answers(rows, line::show), width));
    }

    private static List<float[]> cut(float[] all, int width) {
        return IntStream.range(0, all.length / width)
                .mapToObj(i -> Arrays.copyOfRange(all, i * width, (i + 1) * width))
                .toList();
    }

    /// How far each input is from what came back, the sum of its squared differences: large for one that is unlike those the model learned from.
    List<Double> squaredErrors() {
        return IntStream.range(0, inputs.size()).mapToObj(i -> squaredError(inputs.get(i), outputs.get(i))).toList();
    }

    private static double squaredError(float[] input, float[] output) {
        return IntStream.range(0, input.length).mapToDouble(j -> (input[j] - output[j]) * (input[j] - output[j]))
                .sum();
    }

    /// Draws the first pictures, each above what came back.
    void draw(Path file, Model<?, ?> model) {
        if (!(model.inputs() instanceof ImageInputs pictures)) {
            throw new CommandException("predict.no-pictures", "--out draws pictures, but the model takes %s.",
                    model.inputs().getClass().getSimpleName());
        }
        int columns = Math.min(COLUMNS, inputs.size());
        // Whole rows only, so that what came back is below what it came from.
        int count = Math.min(MOST_SHOWN, inputs.size()) / columns * columns;
        List<Image> shown = new ArrayList<>();
        for (int from = 0; from < count; from += columns) {
            int to = from + columns;
            inputs.subList(from, to).forEach(numbers -> shown.add(pictures.decode(numbers)));
            outputs.subList(from, to).forEach(numbers -> shown.add(pictures.decode(numbers)));
        }
        PictureSheet.of(shown, columns).write(file);
    }
}
