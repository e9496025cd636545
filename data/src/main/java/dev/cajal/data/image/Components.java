package dev.cajal.data.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The pieces of ink that hang together, and which of them are writing.
final class Components {
    private static final float SHAPE = 0.5f;
    /// A piece smaller than this share of the largest is a speck.
    private static final double SPECK = 0.06;
    /// Writing that touches the edge of the picture fills at least this share of its height and width, since somebody cut the picture to fit...
    private static final double CUT_TO_FIT = 0.8;
    /// ...or a stroke of a digit in the middle, of at least this share of the height, just reaches the upper or lower side...
    private static final double LARGE = 0.6;
    /// ...with a contact of at most this share of the digit's height...
    private static final double STROKE_WIDTH = 0.2;
    /// ...and its middle is at most this share of the width away from the picture's.
    private static final double OFF_CENTRE = 0.15;

    /// The stroke of a digit is at most this share of its longer side wide; what is fatter is a blot or a shadow.
    private static final double BLOT = 0.5;

    private Components() {}

    /// @param pixels their positions
    /// @param bounds of them
    /// @param contact how many lie at the edge of the picture
    private record Piece(int[] pixels, Bounds bounds, int contact) {
        int area() {
            return pixels.length;
        }
    }

    /// The ink without specks, and without what comes in from the edge of the picture or is darker than its surroundings on one side only:
    /// shadows, fingers, lines of the paper, table tops.
    ///
    /// @param ink from 0 for paper to 1 for ink
    /// @param surroundings of the ink
    static Plane writing(Plane ink, Surroundings surroundings) {
        var depths = ink.map(value -> value >= SHAPE ? 0 : 1).padded(1, 1).distances(SHAPE);
        var pieces = pieces(ink).stream().filter(piece -> !isBlot(piece, depths)).toList();
        var inside = pieces.stream().filter(piece -> piece.contact() == 0).toList();
        var cut = pieces.stream().filter(piece -> isCutToFit(piece, ink)).toList();
        var candidates = largest(cut) > largest(inside) ? cut : inside;
        int largest = largest(candidates);
        return keep(ink, candidates.stream()
                .filter(piece -> piece.area() >= SPECK * largest)
                .filter(piece -> surroundings.areBrighter(piece.pixels()))
                .toList());
    }

    /// @param depths how far each place lies from the nearest paper, in a picture with a margin of one pixel
    private static boolean isBlot(Piece piece, Plane depths) {
        int width = depths.width() - 2;
        double sum = 0;
        for (int at : piece.pixels()) {
            sum += depths.at(at / width + 1, at % width + 1);
        }
        return strokeWidth(sum, piece.area()) > BLOT * piece.bounds().longerSide();
    }

    /// The width of a stroke: in one of width w, the distance to the paper goes from 0 to w/2 and back, so it is w/4 on average. At the edge it is
    /// measured as 1, but the centre of the pixel lies half a pixel inside.
    ///
    /// @param sum of the distances to the nearest pixel of paper
    static double strokeWidth(double sum, int count) {
        return 4 * (sum / count - 0.5);
    }

    private static boolean isCutToFit(Piece piece, Plane ink) {
        if (piece.contact() == 0) {
            return false;
        }
        var bounds = piece.bounds();
        boolean fills = bounds.height() >= CUT_TO_FIT * ink.height() && bounds.width() >= CUT_TO_FIT * ink.width()
                && piece.contact() < CUT_TO_FIT * ink.height();
        return fills || justReaches(piece, ink);
    }

    private static boolean justReaches(Piece piece, Plane ink) {
        var bounds = piece.bounds();
        boolean top = bounds.top() == 0;
        boolean bottom = bounds.top() + bounds.height() == ink.height();
        double offCentre = Math.abs(bounds.left() + bounds.width() / 2.0 - ink.width() / 2.0) / ink.width();
        return top != bottom
                && bounds.left() > 0
                && bounds.left() + bounds.width() < ink.width()
                && bounds.height() >= LARGE * ink.height()
                && piece.contact() <= STROKE_WIDTH * bounds.height()
                && offCentre <= OFF_CENTRE;
    }

    private static int largest(List<Piece> pieces) {
        return pieces.stream().mapToInt(Piece::area).max().orElse(0);
    }

    private static Plane keep(Plane ink, List<Piece> kept) {
        var shape = new Plane(ink.height(), ink.width());
        for (Piece piece : kept) {
            for (int at : piece.pixels()) {
                shape.values()[at] = 1;
            }
        }
        // with its soft edge
        return ink.with(shape.distances(SHAPE), (value, distance) -> distance <= 2 ? value : 0);
    }

    private static List<Piece> pieces(Plane ink) {
        boolean[] seen = new boolean[ink.values().length];
        int[] open = new int[seen.length];
        List<Piece> pieces = new ArrayList<>();
        for (int start = 0; start < seen.length; start++) {
            if (!seen[start] && ink.values()[start] >= SHAPE) {
                pieces.add(piece(ink, start, seen, open));
            }
        }
        return pieces;
    }

    /// Floods from a pixel over all eight neighbours.
    ///
    /// @param open room for the positions that are still to be visited
    private static Piece piece(Plane ink, int start, boolean[] seen, int[] open) {
        int lastRow = ink.height() - 1;
        int lastColumn = ink.width() - 1;
        int contact = 0;
        int top = lastRow;
        int bottom = 0;
        int left = lastColumn;
        int right = 0;
        int size = 1;
        seen[start] = true;
        open[0] = start;
        for (int i = 0; i < size; i++) {
            int y = open[i] / ink.width();
            int x = open[i] % ink.width();
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
            left = Math.min(left, x);
            right = Math.max(right, x);
            contact += y == 0 || x == 0 || y == lastRow || x == lastColumn ? 1 : 0;
            for (int ny = Math.max(0, y - 1); ny <= Math.min(lastRow, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(lastColumn, x + 1); nx++) {
                    int next = ny * ink.width() + nx;
                    if (!seen[next] && ink.values()[next] >= SHAPE) {
                        seen[next] = true;
                        open[size++] = next;
                    }
                }
            }
        }
        var bounds = new Bounds(top, left, bottom - top + 1, right - left + 1);
        return new Piece(Arrays.copyOf(open, size), bounds, contact);
    }
}
