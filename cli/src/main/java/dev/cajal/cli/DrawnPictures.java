package dev.cajal.cli;

import dev.cajal.data.image.Image;
import dev.cajal.data.image.PictureSheet;
import dev.cajal.nn.Model;
import dev.cajal.nn.generate.Codes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Pictures that a variational autoencoder draws.
///
/// @param file where they go, side by side
/// @param count how many
/// @param seed of the codes
record DrawnPictures(Path file, int count, long seed) {
    private static final int COLUMNS = 10;

    /// @throws CommandException if the model makes something else than pictures
    void draw(Model<?, ?> model) {
        List<Image> pictures = new ArrayList<>();
        for (Object drawn : Codes.of(model).draw(count, seed)) {
            if (!(drawn instanceof Image picture)) {
                throw new CommandException("generate.no-pictures", "--out draws pictures, but the model makes %s.",
                        drawn.getClass().getSimpleName());
            }
            pictures.add(picture);
        }
        PictureSheet.of(pictures, COLUMNS).write(file);
    }
}
