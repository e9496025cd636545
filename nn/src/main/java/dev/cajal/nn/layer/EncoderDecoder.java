package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.Surroundings;
import dev.cajal.nn.Surroundings.Source;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Optional;

/// A network that makes one sequence of another, such as a translation of a sentence: the encoder reads the source, the decoder gives, at each position of the target, logits of
/// the token that comes next, and sees what the encoder made of the source ([Surroundings.Source], which [CrossAttention] looks at).
///
/// - input: `[batch, 2, positions]`, whole numbers: the tokens of the source, and those of the target so far, which begin with one that stands for the beginning; both filled up
///   with `padding`
/// - output: what the decoder gives, `[batch, positions, tokens]`
/// - parameters: those of the encoder below `encoder`, those of the decoder below `decoder`; `table` `[count, width]` if there is one
///
/// What only fills up has no influence, as inside of [Padded]. Without a table of their own, encoder and decoder take tokens `[batch, positions]`; the encoder
/// gives `[batch, positions, width]`. With a table, whose rows stand for the tokens of both sides, they take rows, `[batch, positions, width]`, and the logits are the products
/// of what the decoder gives with each row, as in [TiedEmbedding].
///
/// In [dev.cajal.nn.Mode.Streaming] the first piece has the whole source, and of the target its first position is taken, `[batch, 1, tokens]`; the encoder runs once. Of later pieces
/// only the target is looked at, and nothing in it is padding.
///
/// I. Sutskever, O. Vinyals, Q. V. Le, *Sequence to Sequence Learning with Neural Networks*, 2014; K. Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder for
/// Statistical Machine Translation*, 2014.
///
/// @param padding the token that only fills up
/// @param table of the tokens of both sides, if they are of one kind
/// @param encoder reads the source
/// @param decoder must not look at later positions of the target
public record EncoderDecoder(int padding, Optional<Embedding> table, Layer encoder, Layer decoder) implements Layer {
    /// Source and target have tokens of their own.
    public static EncoderDecoder of(int padding, Layer encoder, Layer decoder) {
        return new EncoderDecoder(padding, Optional.empty(), encoder, decoder);
    }

    /// The same with one table for the tokens of both sides and for the logits.
    ///
    /// O. Press, L. Wolf, *Using the Output Embedding to Improve Language Models*, 2017.
    public EncoderDecoder withTable(Embedding shared) {
        return new EncoderDecoder(padding, Optional.of(shared), encoder, decoder);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        if (x.shape().rank() != 3 || x.dim(1) != 2 || !x.dtype().isInteger()) {
            throw new ShapeException("shape.encoder-decoder",
                    "%sEncoderDecoder takes tokens of source and target, whole numbers of shape [batch, 2, positions], but got %s.",
                    Origin.current().prefix(), x.type());
        }
        Tensor source = x.slice(1, 0, 1).squeeze(1);
        Tensor target = x.slice(1, 1, 2).squeeze(1);
        Optional<Tensor> rows = table.map(shared -> scope.parameter("table", Shape.of(shared.count(), shared.width()),
                shared.table()));
        Tensor present = scope.once("present", () -> source.ne(padding));
        Tensor encoded = scope.once("encoded", () -> encode(source, rows, scope));
        Surroundings around = scope.surroundings().withSource(new Source(encoded, Optional.of(present)));
        return scope.streaming()
                .map(streaming -> decode(streaming.isFirst() ? target.slice(1, 0, 1) : target, rows,
                        scope.with(around)))
                .orElseGet(() -> decode(target, rows, scope.with(around.withPresent(target.ne(padding)))));
    }

    private Tensor encode(Tensor source, Optional<Tensor> rows, Scope scope) {
        Scope inside = scope.ofWholes().with(scope.surroundings().withPresent(source.ne(padding)));
        return inside.call("encoder", encoder, looked(source, rows, inside));
    }

    private Tensor decode(Tensor target, Optional<Tensor> rows, Scope inside) {
        Tensor decoded = inside.call("decoder", decoder, looked(target, rows, inside));
        return rows.map(all -> decoded.matmul(all.transpose(1, 0))).orElse(decoded);
    }

    /// What the encoder or decoder gets for tokens.
    private static Tensor looked(Tensor tokens, Optional<Tensor> rows, Scope inside) {
        return rows.map(all -> Embedding.rows(all, tokens, inside)).orElse(tokens);
    }
}
