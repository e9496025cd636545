package dev.cajal.cpu.matmul;

import java.lang.foreign.MemorySegment;

/// The transformations of [Winograd] of what a strip of tiles sees, and of what the products give, in a form with or without vectors: of the same bits.
///
/// Points of a tile of 4 x 4 are numbered line by line. All offsets and steps are in bytes.
interface WinogradTransform {
    /// Points along a tile.
    int SIDE = 4;
    int POINTS = SIDE * SIDE;

    /// `B^T d B` of each tile of a strip; tiles overlap by half.
    ///
    /// @param lines four lines of an image with their padding, one behind the other: of each place its channels
    /// @param line from one line to the next
    /// @param tiles along the strip
    /// @param out a row of channels for each tile, point by point
    /// @param point from the rows of a point to those of the next one
    void input(MemorySegment lines, long line, int tiles, int channels, MemorySegment out, long out0, long point);

    /// `A^T m A` of each tile of a strip: two lines of results, two places of each tile.
    ///
    /// @param sums a row of features for each tile, point by point
    /// @param point from the rows of a point to those of the next one
    /// @param count lines that are wanted, 1 or 2
    /// @param places of a line that are wanted; those of the last tile may be one
    /// @param line from one line of results to the next
    void output(MemorySegment sums, long sums0, long point, int features, int count, int places, MemorySegment out,
            long out0, long line);
}
