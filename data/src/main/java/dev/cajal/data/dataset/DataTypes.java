package dev.cajal.data.dataset;

import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.ConfigTypes;
import java.util.List;

/// What this module offers for the files of models: how its inputs are encoded.
public final class DataTypes implements ConfigTypes {
    /// For the service loader.
    public DataTypes() {}

    @Override
    public List<Class<?>> types() {
        return List.of(ImageInputs.class);
    }
}
