package dev.cajal.cli;

import dev.cajal.data.folder.ImageFolder;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/// Pictures that are already in memory, in another size: made once, if they find room, else whenever they are needed.
///
/// @param pictures as they are
/// @param before their size
/// @param after the size that they become
record ResizedPictures(Rows pictures, ImageInputs before, ImageInputs after) {
    /// The same examples with pictures of another size, as those of a folder become it; what is no picture stays as it is.
    static <X, L> Examples<X, L> of(Examples<X, L> examples, ImageFolder.Size size) {
        if (!(examples.encoding() instanceof ImageInputs before)) {
            return examples;
        }
        ImageInputs after = new ImageInputs(size.height(), size.width(), before.channels());
        return after.equals(before)
                ? examples
                : withInputs(examples, after, new ResizedPictures(examples.inputs(), before, after).rows());
    }

    /// Pictures stay pictures.
    @SuppressWarnings("unchecked")
    private static <X, L> Examples<X, L> withInputs(Examples<X, L> examples, ImageInputs encoding, Rows rows) {
        return (Examples<X, L>) new Examples<>(encoding, examples.targetEncoding(), rows, examples.targets());
    }

    private Rows rows() {
        int count = pictures.count();
        int width = Math.toIntExact(after.shape().size());
        if ((long) count * width <= ImageFolder.usualMemory()) {
            byte[] all = new byte[count * width];
            IntStream.range(0, count).parallel()
                    .forEach(i -> System.arraycopy(resized(i), 0, all, i * width, width));
            return Rows.of(all, after.shape());
        }
        return Rows.read(after.dtype(), after.shape(), count,
                (position, target) -> target.copyFrom(MemorySegment.ofArray(resized(position))),
                Runtime.getRuntime().availableProcessors());
    }

    private byte[] resized(int row) {
        byte[] bytes = new byte[pictures.width()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pictures.get(row, i);
        }
        return after.fit(Image.of(before.height(), before.width(), before.channels(), bytes)).toBytes();
    }
}
