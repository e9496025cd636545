package dev.cajal.zoo;

import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How long the sides of pictures may be for a model, in pixels.
///
/// @param least the shortest
/// @param patch what a side is a multiple of: pixels of a side that the model makes one of at its beginning; what is left over would be cut off
/// @param own what shorter sides become where pictures are scaled
public record PictureSides(int least, int patch, int own) {
    /// Any.
    static final PictureSides ANY = from(1);

    /// From so many pixels on.
    static PictureSides from(int least) {
        return new PictureSides(least, 1, least);
    }

    /// The same, but only multiples of a patch's side.
    PictureSides inPatchesOf(int pixels) {
        return new PictureSides(least, pixels, own);
    }

    /// The same, but shorter sides become this long.
    PictureSides withOwn(int pixels) {
        return new PictureSides(least, patch, pixels);
    }

    /// The side that fits, for one of any length: the nearest, and of two that are equally near the longer one; for one that is too short the model's own.
    public int fitting(int side) {
        return side < least ? own : floor(side + patch / 2);
    }

    private int floor(int side) {
        return side / patch * patch;
    }

    /// Refuses what is no picture, or one of which a model would not see all.
    ///
    /// @param name of the model, for messages
    void require(String name, Shape shape) {
        boolean isPicture = shape.rank() == 2 || shape.rank() == 3;
        if (!isPicture || shape.dim(0) < least || shape.dim(1) < least) {
            throw new CajalException("usage.model-input",
                    "The model '%s' is for pictures of at least %s x %s pixels, but an example has shape %s. Give it larger pictures, on the command line by --size %s, or use another model, such as 'mlp'.",
                    name, least, least, shape, isPicture ? size(shape) : String.valueOf(own));
        }
        if (shape.dim(0) % patch != 0 || shape.dim(1) % patch != 0) {
            throw new CajalException("usage.model-patches",
                    "The model '%s' cuts pictures into patches of %s x %s pixels, and of an example of shape %s the last pixels would be left out. Sizes near it that fit: %s; on the command line, --size %s.",
                    name, patch, patch, shape, near(shape), size(shape));
        }
    }

    /// The size that fits, as `--size` takes it.
    private String size(Shape shape) {
        int height = fitting(shape.dim(0));
        int width = fitting(shape.dim(1));
        return height == width ? String.valueOf(height) : height + "x" + width;
    }

    private String near(Shape shape) {
        return Stream.of(0, patch - 1)
                .map(more -> Shape.of(floor(shape.dim(0) + more), floor(shape.dim(1) + more)))
                .map(size -> size.dim(0) + " x " + size.dim(1))
                .collect(Collectors.joining(", "));
    }
}
