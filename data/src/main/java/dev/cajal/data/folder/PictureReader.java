package dev.cajal.data.folder;

import dev.cajal.data.DataException;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.example.RowReader;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// Decodes pictures whenever they are needed.
///
/// @param files of the pictures
/// @param inputs what they become
record PictureReader(List<Path> files, ImageInputs inputs) implements RowReader {
    /// @throws DataException if the picture is damaged
    @Override
    public void read(int position, MemorySegment target) {
        try {
            target.copyFrom(MemorySegment.ofArray(PictureReading.pixels(files.get(position), inputs)));
        } catch (DataException damaged) {
            throw PictureReading.notSkipped(damaged);
        }
    }
}
