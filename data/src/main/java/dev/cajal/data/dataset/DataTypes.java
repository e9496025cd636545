package dev.cajal.data.dataset;

import dev.cajal.data.image.ImageInputs;
import dev.cajal.data.table.Feature;
import dev.cajal.data.table.TableInputs;
import dev.cajal.data.table.TableSchema;
import dev.cajal.data.table.TableTexts;
import dev.cajal.data.text.BytePairs;
import dev.cajal.data.text.Characters;
import dev.cajal.data.text.WordSplitting;
import dev.cajal.data.text.Words;
import dev.cajal.nn.ConfigTypes;
import java.util.List;

/// What this module offers for the files of models: how its inputs are encoded.
public final class DataTypes implements ConfigTypes {
    /// For the service loader.
    public DataTypes() {}

    @Override
    public List<Class<?>> types() {
        return List.of(
                ImageInputs.class,
                TableInputs.class,
                TableTexts.class,
                TableSchema.class,
                Feature.NumberFeature.class,
                Feature.TruthFeature.class,
                Feature.CategoryFeature.class,
                Characters.class,
                BytePairs.class,
                Words.class,
                WordSplitting.class);
    }
}
