package dev.cajal.data.tokenizer;

import java.util.ArrayList;
import java.util.List;

/// Which pieces of SentencePiece are no ordinary ones, by their numbers.
///
/// @param unknown what stands for all that is not known
/// @param unknownText the text that it becomes
/// @param control symbols that stand for no text
/// @param userDefined pieces that are always taken as they are
/// @param unused pieces that are never taken
/// @param byteFallback whether what is not known is written by pieces of its bytes, `<0x0A>`
public record PieceKinds(int unknown, String unknownText, List<Integer> control, List<Integer> userDefined,
        List<Integer> unused, boolean byteFallback) {
    public PieceKinds {
        control = List.copyOf(control);
        userDefined = List.copyOf(userDefined);
        unused = List.copyOf(unused);
    }

    List<Integer> all() {
        List<Integer> all = new ArrayList<>(List.of(unknown));
        all.addAll(control);
        all.addAll(userDefined);
        all.addAll(unused);
        return all;
    }
}
