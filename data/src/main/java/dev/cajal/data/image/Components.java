package dev.cajal.data.image;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The pieces of ink that hang together.
final class Components {
    private static final float SHAPE = 0.5f;
    /// A piece smaller than this share of the largest is dirt.
    private static final double DIRT = 0.03;
    /// Pieces that touch the edge of the picture are lines of the paper, fingers, table tops; unless one is this many times larger than all others.
    private static final double EDGE = 4;

    private Components() {}

    private record Piece(List<Integer> pixels, boolean touchesEdge) {
        int area() {
            return pixels.size();
        }
    }

    /// The ink without specks and without what comes in from the edge of the picture.
    static Plane withoutDirt(Plane ink) {
        var pieces = pieces(ink);
        var inside = pieces.stream().filter(piece -> !piece.touchesEdge()).toList();
        boolean edgeIsWriting = largest(pieces) > EDGE * largest(inside);
        var candidates = edgeIsWriting ? pieces : inside;
        int largest = largest(candidates);
        return keep(ink, candidates.stream().filter(piece -> piece.area() >= DIRT * largest).toList());
    }

    private static int largest(List<Piece> pieces) {
        return pieces.stream().mapToInt(Piece::area).max().orElse(0);
    }

    private static Plane keep(Plane ink, List<Piece> kept) {
        var shape = new Plane(ink.height(), ink.width());
        for (Piece piece : kept) {
            piece.pixels().forEach(at -> shape.values()[at] = 1);
        }
        // with its soft edge
        return ink.with(shape.distances(SHAPE), (value, distance) -> distance <= 2 ? value : 0);
    }

    private static List<Piece> pieces(Plane ink) {
        boolean[] seen = new boolean[ink.values().length];
        List<Piece> pieces = new ArrayList<>();
        for (int start = 0; start < seen.length; start++) {
            if (!seen[start] && ink.values()[start] >= SHAPE) {
                pieces.add(piece(ink, start, seen));
            }
        }
        return pieces;
    }

    private static Piece piece(Plane ink, int start, boolean[] seen) {
        List<Integer> pixels = new ArrayList<>();
        boolean touchesEdge = false;
        var open = new ArrayDeque<Integer>();
        seen[start] = true;
        open.add(start);
        while (!open.isEmpty()) {
            int at = open.remove();
            pixels.add(at);
            int y = at / ink.width();
            int x = at % ink.width();
            touchesEdge |= y == 0 || x == 0 || y == ink.height() - 1 || x == ink.width() - 1;
            for (int ny = Math.max(0, y - 1); ny <= Math.min(ink.height() - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(ink.width() - 1, x + 1); nx++) {
                    int next = ny * ink.width() + nx;
                    if (!seen[next] && ink.values()[next] >= SHAPE) {
                        seen[next] = true;
                        open.add(next);
                    }
                }
            }
        }
        return new Piece(pixels, touchesEdge);
    }
}
