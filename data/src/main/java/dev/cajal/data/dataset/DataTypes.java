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
import dev.cajal.data.tokenizer.AddedToken;
import dev.cajal.data.tokenizer.MappedCharacters;
import dev.cajal.data.tokenizer.MergeModel;
import dev.cajal.data.tokenizer.MergeOptions;
import dev.cajal.data.tokenizer.PieceKinds;
import dev.cajal.data.tokenizer.PieceSpaces;
import dev.cajal.data.tokenizer.SentencePieces;
import dev.cajal.data.tokenizer.SplitBehavior;
import dev.cajal.data.tokenizer.Splitter;
import dev.cajal.data.tokenizer.TextNormalizer;
import dev.cajal.data.tokenizer.TokenDecoder;
import dev.cajal.data.tokenizer.TokenPipeline;
import dev.cajal.data.tokenizer.TokenTemplate;
import dev.cajal.data.tokenizer.UnigramModel;
import dev.cajal.data.tokenizer.WordModel;
import dev.cajal.data.tokenizer.WordPieceModel;
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
                WordSplitting.class,
                MergeModel.class,
                MergeOptions.class,
                UnigramModel.class,
                WordPieceModel.class,
                WordModel.class,
                AddedToken.class,
                TokenTemplate.class,
                TokenPipeline.class,
                TextNormalizer.UnicodeForm.class,
                TextNormalizer.Lowercase.class,
                TextNormalizer.Replacement.class,
                TextNormalizer.Prefix.class,
                MappedCharacters.class,
                Splitter.ByPattern.class,
                Splitter.ByteLevel.class,
                Splitter.Metaspace.class,
                Splitter.PrefixScheme.class,
                SplitBehavior.class,
                TokenDecoder.FromByteLevel.class,
                TokenDecoder.FromByteNames.class,
                TokenDecoder.FromText.class,
                TokenDecoder.Stripped.class,
                TokenDecoder.FromMetaspace.class,
                TokenDecoder.FromWordEnds.class,
                TokenDecoder.FromWordPieces.class,
                SentencePieces.class,
                SentencePieces.Algorithm.class,
                PieceKinds.class,
                PieceSpaces.class);
    }
}
