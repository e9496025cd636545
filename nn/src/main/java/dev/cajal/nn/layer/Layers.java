package dev.cajal.nn.layer;

import dev.cajal.nn.Chain;
import dev.cajal.nn.LayerNetwork;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.Shared;
import java.util.ArrayList;
import java.util.List;

/// The built-in layers, and networks that are made of layers.
public final class Layers {
    private Layers() {}

    /// Their records, for whoever writes configurations to files.
    public static List<Class<?>> types() {
        return List.of(
                Sequential.class,
                Chain.class,
                LayerNetwork.class,
                Shared.class,
                Dense.class,
                Dropout.class,
                BatchNorm.class,
                LayerNorm.class,
                Flatten.class,
                Reshape.class,
                Embedding.class,
                Padded.class,
                Residual.class,
                Branches.class,
                Fork.class,
                Parallel.class,
                Concatenate.class,
                Sum.class,
                Product.class,
                Convolution.class,
                Pooling.class,
                GlobalPooling.class,
                AdaptivePooling.class,
                RandomTranslation.class,
                RandomFlip.class,
                RandomCrop.class,
                RandomResizedCrop.class,
                RandomAffine.class,
                RandomErasing.class,
                ColorJitter.class,
                RandAugment.class,
                TransposedConvolution.class,
                DepthwiseConvolution.class,
                GroupNorm.class,
                InstanceNorm.class,
                RmsNorm.class,
                LocalResponseNorm.class,
                SpatialDropout.class,
                DropPath.class,
                SqueezeExcite.class,
                UpSampling.class,
                Rescaling.class,
                ConstantPadding.class,
                ChannelSlice.class,
                Bias.class,
                MultiHeadAttention.class,
                CrossAttention.class,
                EncoderDecoder.class,
                PositionEmbedding.class,
                SinusoidalPositions.class,
                TiedEmbedding.class,
                Recurrent.class,
                RecurrentStates.class,
                LayerScale.class,
                ClassToken.class,
                PositionSlice.class,
                GaussianNoise.class,
                MaskingNoise.class,
                GaussianLatent.class,
                AutoEncoder.class);
    }

    /// What layers are described by, besides numbers, initializers and activations.
    public static List<Class<?>> settings() {
        List<Class<?>> settings = new ArrayList<>(List.of(
                SlidingWindow.class, Padding.Valid.class, Padding.Same.class, Padding.Explicit.class,
                Pooling.Statistic.class, UpSampling.Method.class));
        settings.addAll(MultiHeadAttention.settings());
        settings.addAll(RecurrentCell.types());
        return List.copyOf(settings);
    }
}
