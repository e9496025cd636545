package dev.cajal.data.image;

import java.io.IOException;

/// A Huffman code of a JPEG file (ITU-T T.81, annex C), as a table of all sequences of nine bits, and of the first and last code of each greater length.
final class JpegCode {
    private static final int LOOKED_AT = 9;
    private static final int LONGEST = 16;

    /// Length and symbol of the code at the beginning of the bits; 0 where it is longer.
    private final short[] table = new short[1 << LOOKED_AT];
    private final int[] last = new int[LONGEST + 1];
    /// What a code of each length has to be subtracted from for the position of its symbol.
    private final int[] offset = new int[LONGEST + 1];
    private final byte[] symbols;

    /// @param counts how many codes there are of each length, from 1 on
    /// @param symbols in the order of the codes
    /// @throws IOException if there are more codes of some length than that has room for
    JpegCode(int[] counts, byte[] symbols) throws IOException {
        this.symbols = symbols;
        int code = 0;
        int position = 0;
        for (int length = 1; length <= LONGEST; length++) {
            offset[length] = position - code;
            for (int i = 0; i < counts[length - 1]; i++) {
                if (length <= LOOKED_AT) {
                    enter(code, length, symbols[position]);
                }
                code++;
                position++;
            }
            last[length] = code - 1;
            if (code > 1 << length) {
                throw new IOException("too many codes");
            }
            code <<= 1;
        }
    }

    private void enter(int code, int length, byte symbol) throws IOException {
        int first = code << LOOKED_AT - length;
        int many = 1 << LOOKED_AT - length;
        if (first + many > table.length) {
            throw new IOException("too many codes");
        }
        for (int i = 0; i < many; i++) {
            table[first + i] = (short) (length << Byte.SIZE | symbol & 0xff);
        }
    }

    /// The next symbol.
    ///
    /// @throws IOException if the bits are no code
    int next(JpegBits bits) throws IOException {
        int ahead = bits.peek(LONGEST);
        int entry = table[ahead >>> LONGEST - LOOKED_AT];
        if (entry != 0) {
            bits.take(entry >>> Byte.SIZE);
            return entry & 0xff;
        }
        for (int length = LOOKED_AT + 1; length <= LONGEST; length++) {
            int code = ahead >>> LONGEST - length;
            int position = code + offset[length];
            if (code <= last[length] && position >= 0 && position < symbols.length) {
                bits.take(length);
                return symbols[position] & 0xff;
            }
        }
        throw new IOException("no code");
    }
}
