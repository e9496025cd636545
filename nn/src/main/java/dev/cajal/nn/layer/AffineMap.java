package dev.cajal.nn.layer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// For each picture of a batch, from where in it a pixel of the result is taken: with places counted from the middle of the picture,
/// `row' = rowByRow * row + rowByColumn * column + down` and `column' = columnByRow * row + columnByColumn * column + right`. All are `[batch]`.
record AffineMap(Tensor rowByRow, Tensor rowByColumn, Tensor columnByRow, Tensor columnByColumn, Tensor down,
        Tensor right) {
    /// Turns pictures clockwise by angles in radians.
    static AffineMap rotation(Tensor angles) {
        Tensor zero = Tensor.zerosLike(angles);
        Tensor cos = angles.cos();
        Tensor sin = angles.sin();
        return new AffineMap(cos, sin.negate(), sin, cos, zero, zero);
    }

    /// This map, of the same pictures made larger by factors.
    AffineMap enlarged(Tensor factors) {
        return new AffineMap(rowByRow.div(factors), rowByColumn.div(factors), columnByRow.div(factors),
                columnByColumn.div(factors), down, right);
    }

    /// This map, of pictures whose rows, or columns, slide against each other.
    ///
    /// @param alongRows how far a row slides to the right against the one above it
    /// @param alongColumns how far a column slides down against the one before it
    AffineMap sheared(Tensor alongRows, Tensor alongColumns) {
        return new AffineMap(
                rowByRow.minus(rowByColumn.times(alongRows)), rowByColumn.minus(rowByRow.times(alongColumns)),
                columnByRow.minus(columnByColumn.times(alongRows)),
                columnByColumn.minus(columnByRow.times(alongColumns)),
                down, right);
    }

    /// This map, of pictures that are moved afterwards.
    ///
    /// @param pixelsDown how far down
    /// @param pixelsRight how far to the right
    AffineMap moved(Tensor pixelsDown, Tensor pixelsRight) {
        return new AffineMap(rowByRow, rowByColumn, columnByRow, columnByColumn,
                down.minus(rowByRow.times(pixelsDown)).minus(rowByColumn.times(pixelsRight)),
                right.minus(columnByRow.times(pixelsDown)).minus(columnByColumn.times(pixelsRight)));
    }

    /// The pictures that this map makes, of the same size; what comes in from outside is 0.
    ///
    /// @param x `[batch, height, width, channels]`
    Tensor apply(Tensor x) {
        double middleRow = (x.dim(1) - 1) / 2.0;
        double middleColumn = (x.dim(2) - 1) / 2.0;
        Tensor row = Tensor.range(x.dim(1), DType.F32).minus(middleRow).reshape(1, -1, 1);
        Tensor column = Tensor.range(x.dim(2), DType.F32).minus(middleColumn).reshape(1, 1, -1);
        Shape places = Shape.of(x.dim(0), x.dim(1), x.dim(2));
        return ImageSampling.at(x,
                place(rowByRow, row, rowByColumn, column, down).plus(middleRow).broadcastTo(places),
                place(columnByRow, row, columnByColumn, column, right).plus(middleColumn).broadcastTo(places));
    }

    private static Tensor place(Tensor byRow, Tensor row, Tensor byColumn, Tensor column, Tensor offset) {
        return each(byRow).times(row).plus(each(byColumn).times(column)).plus(each(offset));
    }

    private static Tensor each(Tensor number) {
        return number.reshape(-1, 1, 1);
    }
}
