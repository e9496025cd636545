package dev.cajal.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The bits of a JPEG file's scan (ITU-T T.81, section F.2.2): a byte `ff` is followed by one that says whether it is one, or a marker, at which the bits end.
final class JpegBits {
    private static final VarHandle INTEGERS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int MARKER = 0xff;
    private static final int FIRST_RESTART = 0xd0;
    /// As many as a code and what stands behind it take at most.
    private static final int ENOUGH = 32;

    private final byte[] file;
    private int at;
    /// The next bits, the first one highest; zeros behind the last.
    private long bits;
    private int count;

    JpegBits(byte[] file, int start) {
        this.file = file;
        this.at = start;
    }

    /// Some bits that may not be there, without taking them.
    int peek(int length) {
        if (count < ENOUGH) {
            fill();
        }
        return (int) (bits >>> Long.SIZE - length);
    }

    /// Takes bits that were looked at.
    ///
    /// @throws IOException if there are not as many
    void take(int length) throws IOException {
        bits <<= length;
        count -= length;
        if (count < 0) {
            throw new EOFException("the scan ends too early");
        }
    }

    /// A signed number of so many bits, as they are coded behind its length.
    ///
    /// @throws IOException if there are not as many
    int number(int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int number = peek(length);
        take(length);
        return number < 1 << length - 1 ? number - (1 << length) + 1 : number;
    }

    private void fill() {
        if (count <= Integer.SIZE && at + Integer.BYTES <= file.length) {
            int next = (int) INTEGERS.get(file, at);
            if (((~next - 0x01010101) & next & 0x80808080) == 0) {
                // None of the four bytes is ff.
                bits |= (next & 0xffffffffL) << Integer.SIZE - count;
                count += Integer.SIZE;
                at += Integer.BYTES;
                return;
            }
        }
        while (count <= Long.SIZE - 2 * Byte.SIZE && at < file.length) {
            int next = file[at] & 0xff;
            if (next == MARKER) {
                if (at + 1 >= file.length || file[at + 1] != 0) {
                    return;
                }
                at++;
            }
            at++;
            count += Byte.SIZE;
            bits |= (long) next << Long.SIZE - count;
        }
    }

    /// Goes on behind a marker that has to come now.
    ///
    /// @param number which of the eight markers for a restart it is
    /// @throws IOException if something else comes
    void restart(int number) throws IOException {
        if (marker() != FIRST_RESTART + number) {
            throw new IOException("a marker for a restart is missing");
        }
        bits = 0;
        count = 0;
    }

    /// The marker behind the bits; less than 8 of them may be left.
    ///
    /// @throws IOException if none comes
    int marker() throws IOException {
        fill();
        while (at + 2 < file.length && (file[at] & file[at + 1] & 0xff) == MARKER) {
            at++;
        }
        if (count >= Byte.SIZE || at + 1 >= file.length || (file[at] & 0xff) != MARKER) {
            throw new IOException("a marker is missing");
        }
        at += 2;
        return file[at - 1] & 0xff;
    }
}
