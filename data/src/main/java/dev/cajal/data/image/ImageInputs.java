package dev.cajal.data.image;

import dev.cajal.data.DataException;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.nio.file.Path;

/// Pictures of one size as `[height, width, channels]`: bytes until they are in a batch, there numbers from 0 to 1.
///
/// @param height rows
/// @param width pixels of a row
/// @param channels 1 for grey, 3 for colour
public record ImageInputs(int height, int width, int channels) implements InputEncoding<Image> {
    /// What a picture in a file is as it stands there: its size, upright, and its channels. Of its pixels nothing is decoded.
    ///
    /// @throws DataException if it cannot be read
    public static ImageInputs of(Path file) {
        return PictureFile.size(file);
    }

    @Override
    public DType dtype() {
        return DType.U8;
    }

    @Override
    public Shape shape() {
        return Shape.of(height, width, channels);
    }

    @Override
    public void encode(Image image, double[] target, int offset) {
        if (image.height() != height || image.width() != width || image.channels() != channels) {
            throw new DataException(
                    "image.shape",
                    null,
                    "The picture has %s x %s pixels and %s channel(s), but the model takes %s x %s and %s.",
                    image.height(),
                    image.width(),
                    image.channels(),
                    height,
                    width,
                    channels);
        }
        byte[] bytes = image.toBytes();
        for (int i = 0; i < bytes.length; i++) {
            target[offset + i] = bytes[i] & 0xff;
        }
    }

    /// A picture of any size and colour as one of these: scaled to cover the size, cut to its middle, grey or coloured.
    public Image fit(Image image) {
        return coloured(image.covering(height, width));
    }

    /// A picture in a file as one of these: as [#fit] makes it, but of a JPEG file that is at least four times as large only what is needed is decoded, which is several times as fast and makes
    /// differences of one or two levels. Any other of more than fifty million pixels is thinned out while it is read.
    ///
    /// @throws DataException if it cannot be read; see [Image#read]
    public Image read(Path file) {
        return coloured(PictureFile.covering(file, height, width));
    }

    private Image coloured(Image image) {
        return channels == 1 ? image.asGrey() : image.asColour();
    }

    @Override
    public Tensor prepare(Tensor batch) {
        return batch.asType(DType.F32).times(1.0 / 255);
    }

    @Override
    public boolean givesShares() {
        return true;
    }

    /// A picture from numbers from 0 to 1; what is beyond becomes black or white.
    @Override
    public Image decode(float[] prepared) {
        byte[] bytes = new byte[prepared.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(255 * prepared[i]), 0, 255);
        }
        return Image.of(height, width, channels, bytes);
    }
}
