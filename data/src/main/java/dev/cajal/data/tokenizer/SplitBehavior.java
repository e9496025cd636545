package dev.cajal.data.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What becomes of that at which a text is cut.
public enum SplitBehavior {
    /// It is left away.
    REMOVED,
    /// Each is a piece.
    ISOLATED,
    /// Each is the end of the piece before.
    MERGED_WITH_PREVIOUS,
    /// Each is the beginning of the piece behind.
    MERGED_WITH_NEXT,
    /// Several, one behind the other, are a piece.
    CONTIGUOUS;

    private record Part(int from, int to, boolean found) {
        Part until(Part last) {
            return new Part(from, last.to, found);
        }
    }

    void split(Piece piece, Pattern pattern, boolean inverted, Consumer<Piece> pieces) {
        List<Part> all = parts(piece.text(), pattern, inverted);
        List<Part> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Part part = all.get(i);
            boolean joined = !kept.isEmpty() && joins(all, i);
            if (joined) {
                kept.addLast(kept.removeLast().until(part));
            } else if (!part.found || this != REMOVED) {
                kept.add(part);
            }
        }
        for (Part part : kept) {
            if (part.from < part.to) {
                pieces.accept(new Piece(piece.text().substring(part.from, part.to), piece.first() && part.from == 0));
            }
        }
    }

    /// Whether a part becomes one with that before it.
    private boolean joins(List<Part> all, int at) {
        boolean found = all.get(at).found;
        boolean foundBefore = all.get(at - 1).found;
        return switch (this) {
            case REMOVED, ISOLATED -> false;
            case CONTIGUOUS -> found == foundBefore;
            case MERGED_WITH_PREVIOUS -> found && !foundBefore;
            case MERGED_WITH_NEXT -> !found && foundBefore;
        };
    }

    /// What the pattern finds, and what is between.
    private static List<Part> parts(String text, Pattern pattern, boolean inverted) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                parts.add(new Part(end, matcher.start(), inverted));
            }
            parts.add(new Part(matcher.start(), matcher.end(), !inverted));
            end = matcher.end();
        }
        if (end < text.length()) {
            parts.add(new Part(end, text.length(), inverted));
        }
        return parts;
    }
}
