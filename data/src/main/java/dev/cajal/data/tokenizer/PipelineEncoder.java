package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.IntList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A pipeline at work: its patterns and indices made.
final class PipelineEncoder {
    private final UnaryOperator<String> change;
    private final AddedTokens before;
    private final AddedTokens behind;
    private final List<Splitter.Cut> cuts;
    private final TokenModel.Encoder encoder;

    PipelineEncoder(TokenModel model, List<AddedToken> added, List<TextNormalizer> normalizers,
            List<Splitter> splitters) {
        List<UnaryOperator<String>> changes = normalizers.stream().map(TextNormalizer::change).toList();
        change = text -> {
            String changed = text;
            for (UnaryOperator<String> each : changes) {
                changed = each.apply(changed);
            }
            return changed;
        };
        before = new AddedTokens(added.stream().filter(token -> !token.normalized()).toList(), text -> text);
        behind = new AddedTokens(added.stream().filter(AddedToken::normalized).toList(), change);
        cuts = splitters.stream().map(Splitter::cut).toList();
        encoder = model.encoder();
    }

    int[] encode(String text) {
        IntList tokens = new IntList();
        before.split(new Piece(text, true),
                part -> behind.split(new Piece(change.apply(part.text()), part.first()),
                        rest -> cut(rest, 0, piece -> tokens.add(encoder.encode(piece.text()))),
                        tokens::add),
                tokens::add);
        return tokens.toArray();
    }

    private void cut(Piece piece, int from, Consumer<Piece> pieces) {
        if (from == cuts.size()) {
            pieces.accept(piece);
        } else {
            cuts.get(from).cut(piece, part -> cut(part, from + 1, pieces));
        }
    }
}
