package dev.cajal.nn.layer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// Pictures at places between their pixels: a mixture of the four pixels around each place, by their distance. Beyond the border everything is 0.
final class ImageSampling {
    private ImageSampling() {}

    /// The numbers at given places of each picture.
    ///
    /// @param x `[batch, height, width, channels]`
    /// @param rows of the places, `[batch, h, w]`; the middle of the first row is 0
    /// @param columns of the places, `[batch, h, w]`
    /// @return `[batch, h, w, channels]`
    static Tensor at(Tensor x, Tensor rows, Tensor columns) {
        int height = x.dim(1);
        int width = x.dim(2);
        Tensor row = rows.clip(-1, height);
        Tensor column = columns.clip(-1, width);
        Tensor top = row.floor();
        Tensor left = column.floor();
        Tensor bottom = top.plus(1).minimum(height);
        Tensor right = left.plus(1).minimum(width);
        Tensor down = row.minus(top).expandDims(-1);
        Tensor across = column.minus(left).expandDims(-1);
        Tensor framed = x.pad(1, 1, 1, 0).pad(2, 1, 1, 0);
        Tensor above = between(pixels(framed, top, left), pixels(framed, top, right), across);
        Tensor below = between(pixels(framed, bottom, left), pixels(framed, bottom, right), across);
        return between(above, below, down);
    }

    private static Tensor between(Tensor a, Tensor b, Tensor share) {
        return a.plus(b.minus(a).times(share));
    }

    /// @param framed pictures with a frame of one pixel, whose place is -1
    private static Tensor pixels(Tensor framed, Tensor rows, Tensor columns) {
        int size = framed.dim(1) * framed.dim(2);
        Tensor picture = Tensor.range(framed.dim(0), DType.I32).times(size).reshape(-1, 1, 1);
        Tensor place = rows.plus(1).asType(DType.I32).times(framed.dim(2)).plus(columns.plus(1).asType(DType.I32));
        return framed.reshape(Shape.of(framed.dim(0) * size, framed.dim(3))).take(place.plus(picture));
    }
}
