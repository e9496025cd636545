package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;

/// In training, cuts a part out of each image, with equal probability for each place; in prediction, the part in the middle. Around the image
/// may be a frame of zeros.
///
/// - input: `[batch, height of image, width of image, channels]`
/// - output: `[batch, height, width, channels]`
///
/// With the height and width of the images and a padding of 4 it is what is usual for CIFAR-10: A. Krizhevsky, I. Sutskever, G. E. Hinton, *ImageNet Classification
/// with Deep Convolutional Neural Networks*, 2012; K. He et al., *Deep Residual Learning for Image Recognition*, 2015, section 4.2. See [RandomTranslation] for images that
/// keep their size and in prediction stay as they are, whatever it is.
///
/// @param height rows that are cut out
/// @param width columns that are cut out
/// @param padding pixels of the frame on each side
public record RandomCrop(int height, int width, int padding) implements Layer {
    public RandomCrop {
        Inputs.requirePositive("The height of RandomCrop", height);
        Inputs.requirePositive("The width of RandomCrop", width);
        Inputs.requireSetting(padding >= 0, "The padding of RandomCrop", padding, "at least 0");
    }

    /// Cuts out so many rows and columns.
    public static RandomCrop of(int height, int width) {
        return new RandomCrop(height, width, 0);
    }

    /// The same from images with a frame of zeros.
    public RandomCrop withPadding(int pixels) {
        return new RandomCrop(height, width, pixels);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, 2);
        int down = x.dim(1) + 2 * padding - height;
        int right = x.dim(2) + 2 * padding - width;
        if (down < 0 || right < 0) {
            throw new ShapeException("shape.crop",
                    "%sRandomCrop cuts %s x %s pixels out of images, but got %s with a padding of %s. Cut out less, or pad more.",
                    Origin.current().prefix(), height, width, x.type(), padding);
        }
        Tensor framed = x.pad(1, padding, padding, 0).pad(2, padding, padding, 0);
        if (!scope.isTraining()) {
            return framed.slice(1, down / 2, down / 2 + height).slice(2, right / 2, right / 2 + width);
        }
        Tensor places = scope.key().uniform(Shape.of(x.dim(0), 2));
        Tensor most = Tensor.of(new int[] {down, right});
        Tensor starts = places.times(most.plus(1)).asType(DType.I32).minimum(most);
        return framed.cutEach(starts, List.of(height, width));
    }
}
