package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.Derived;
import dev.cajal.data.vocabulary.Vocabulary;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A tokenizer as Hugging Face's libraries describe them: a text is searched for added tokens, changed, cut into pieces, and each piece made tokens by a model.
///
/// [#encode(String)] gives the tokens of the text and no others; [#encodeWithSpecial(String)] puts those around it that the template names, such as `[CLS]` and `[SEP]`. A special token that is
/// written in the text is that token in either case. To decode leaves special tokens away.
///
/// @param model makes tokens of pieces
/// @param added tokens that are found before all others
/// @param normalizers change the text, one after the other
/// @param splitters cut it, each what the one before has left
/// @param decoders make a text of tokens, one after the other
/// @param template where special tokens are put
/// @param padding the number of the token that fills up texts that are shorter than others, if the file says it
public record TokenPipeline(TokenModel model, List<AddedToken> added, List<TextNormalizer> normalizers,
        List<Splitter> splitters, List<TokenDecoder> decoders, TokenTemplate template,
        Optional<Integer> padding) implements Tokenizer {
    private static final int MOST_TOKENS = 1 << 24;
    private static final Derived<TokenPipeline, PipelineEncoder> ENCODERS = new Derived<>(
            pipeline -> new PipelineEncoder(pipeline.model, pipeline.added, pipeline.normalizers, pipeline.splitters));
    private static final Derived<TokenPipeline, Names> NAMES = new Derived<>(TokenPipeline::names);

    /// @param texts of the tokens by their numbers, added ones included
    /// @param special the numbers of those that stand for no text
    /// @param unknown the number of that for what is not known
    private record Names(String[] texts, Vocabulary vocabulary, Set<Integer> special, OptionalInt unknown) {}

    /// @throws CajalException if an added token has a number that cannot be
    public TokenPipeline {
        added = List.copyOf(added);
        normalizers = List.copyOf(normalizers);
        splitters = List.copyOf(splitters);
        decoders = List.copyOf(decoders);
        for (AddedToken token : added) {
            if (token.number() < 0 || token.number() >= MOST_TOKENS) {
                throw new CajalException("text.added-token",
                        "The added token '%s' has the number %s; numbers from 0 to below %s can be.", token.text(),
                        token.number(), MOST_TOKENS);
            }
        }
    }

    private static Names names(TokenPipeline pipeline) {
        String[] texts = Arrays.copyOf(pipeline.model.tokens().toArray(String[]::new), pipeline.size());
        Arrays.fill(texts, pipeline.model.tokens().size(), texts.length, "");
        Set<Integer> special = new HashSet<>();
        for (AddedToken token : pipeline.added) {
            texts[token.number()] = token.text();
            if (token.special()) {
                special.add(token.number());
            }
        }
        return new Names(texts, new Vocabulary(List.of(texts)), special, pipeline.model.unknownToken());
    }

    @Override
    public int size() {
        int added = this.added.stream().mapToInt(AddedToken::number).max().orElse(-1) + 1;
        return Math.max(added, model.tokens().size());
    }

    /// The file's padding, or the number after the last token.
    @Override
    public int filler() {
        return padding.orElseGet(this::size);
    }

    /// The model's token for what it does not know.
    @Override
    public OptionalInt unknown() {
        return NAMES.of(this).unknown;
    }

    /// The number of a token, such as `[MASK]`.
    public OptionalInt number(String token) {
        int number = NAMES.of(this).vocabulary.number(token, -1);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// The tokens of a text and no others.
    @Override
    public int[] encode(String text) {
        return ENCODERS.of(this).encode(text);
    }

    /// The tokens of a text, with the special ones around it that the template names.
    public int[] encodeWithSpecial(String text) {
        return template.around(encode(text));
    }

    /// The tokens of two texts, with the special ones around and between them that the template names.
    public int[] encodeWithSpecial(String first, String second) {
        return template.around(encode(first), encode(second));
    }

    /// The text that a token stands for inside of a text; nothing if it is special.
    @Override
    public byte[] bytes(int token) {
        return bytes(token, false, false);
    }

    private byte[] bytes(int token, boolean first, boolean last) {
        Names names = NAMES.of(this);
        if (names.special.contains(token)) {
            return new byte[0];
        }
        String text = ByteText.of(names.texts[token]);
        for (TokenDecoder decoder : decoders) {
            text = decoder.decode(text, first, last);
        }
        return ByteText.bytes(text);
    }

    /// The text of some tokens, without the special ones.
    @Override
    public String decode(int... tokens) {
        Set<Integer> special = NAMES.of(this).special;
        int[] visible = Arrays.stream(tokens).filter(token -> !special.contains(token)).toArray();
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < visible.length; i++) {
            bytes.writeBytes(bytes(visible[i], i == 0, i == visible.length - 1));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
