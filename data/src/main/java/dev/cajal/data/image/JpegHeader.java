package dev.cajal.data.image;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands before the pixels of a JPEG file with one scan of eight bits and Huffman codes, grey or in the colours of JFIF, which is what cameras write (ITU-T T.81, annex B).
final class JpegHeader {
    private static final int START = 0xffd8;
    private static final int BASELINE = 0xffc0;
    private static final int EXTENDED = 0xffc1;
    private static final int LAST_FRAME = 0xffcf;
    private static final int CODES = 0xffc4;
    private static final int SCAN = 0xffda;
    private static final int TABLES = 0xffdb;
    private static final int RESTART = 0xffdd;
    private static final int ADOBE = 0xffee;
    private static final int BLOCK = 64;
    private static final int TRANSFORM = 11;
    private static final int TABLES_OF_A_KIND = 4;

    final List<Component> components = new ArrayList<>();
    int height;
    int width;
    /// Groups of blocks between two markers; 0 for no markers.
    int restart;
    /// Where the bits of the scan begin.
    int scan;

    private final int[][] quantizations = new int[TABLES_OF_A_KIND][];
    private final @Nullable JpegCode[] first = new JpegCode[TABLES_OF_A_KIND];
    private final @Nullable JpegCode[] others = new JpegCode[TABLES_OF_A_KIND];

    /// One channel as it is stored.
    static final class Component {
        final int across;
        final int down;
        private final int id;
        private final int table;
        private int[] quantization = {};
        private @Nullable JpegCode first;
        private @Nullable JpegCode others;
        /// Of the block before.
        private int before;

        /// @param across blocks of a group, beside each other
        /// @param down blocks of a group, one below the other
        private Component(int id, int across, int down, int table) {
            this.id = id;
            this.across = across;
            this.down = down;
            this.table = table;
        }

        /// As at the beginning, which a marker may ask for.
        void restart() {
            before = 0;
        }

        /// Reads the next block.
        ///
        /// @param target gets the coefficients row by row; zeros before
        /// @return the position of the last one that is not 0, in the order of frequency
        /// @throws IOException if the bits mean nothing
        int read(JpegBits bits, float[] target) throws IOException {
            if (first == null || others == null) {
                throw new IOException("no codes");
            }
            before += bits.number(checked(first.next(bits)));
            target[0] = before * quantization[0];
            int last = 0;
            for (int i = 1; i < BLOCK; i++) {
                int symbol = others.next(bits);
                int length = symbol & 0xf;
                i += symbol >> 4;
                if (length == 0) {
                    if (symbol != 0xf0) {
                        return last;
                    }
                    continue;
                }
                if (i >= BLOCK) {
                    throw new IOException("a block is too long");
                }
                target[JpegBlocks.place(i)] = bits.number(length) * quantization[i];
                last = i;
            }
            return last;
        }

        private static int checked(int length) throws IOException {
            if (length > Short.SIZE) {
                throw new IOException("a number is too long");
            }
            return length;
        }
    }

    private JpegHeader() {}

    /// The header of a file.
    ///
    /// @throws IOException if it is no such file, or damaged
    static JpegHeader of(byte[] file) throws IOException {
        JpegHeader header = new JpegHeader();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            if (unsigned(bytes.getShort()) != START) {
                throw unusual();
            }
            while (header.scan == 0) {
                int marker = unsigned(bytes.getShort());
                int length = unsigned(bytes.getShort());
                header.segment(marker, bytes.slice(bytes.position(), length - 2));
                bytes.position(bytes.position() + length - 2);
                header.scan = marker == SCAN ? bytes.position() : 0;
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
            throw new IOException(damaged);
        }
        return header;
    }

    private static IOException unusual() {
        return new IOException("no such file");
    }

    private static int unsigned(short number) {
        return Short.toUnsignedInt(number);
    }

    private void segment(int marker, ByteBuffer bytes) throws IOException {
        switch (marker) {
            case BASELINE, EXTENDED -> frame(bytes);
            case CODES -> codes(bytes);
            case TABLES -> tables(bytes);
            case RESTART -> restart = unsigned(bytes.getShort());
            case SCAN -> scan(bytes);
            case ADOBE -> {
                // Other numbers are other colours.
                if (bytes.remaining() > TRANSFORM && bytes.get(TRANSFORM) != 1) {
                    throw unusual();
                }
            }
            default -> {
                if (marker <= LAST_FRAME) {
                    throw unusual();
                }
            }
        }
    }

    private void frame(ByteBuffer bytes) throws IOException {
        int precision = bytes.get();
        height = unsigned(bytes.getShort());
        width = unsigned(bytes.getShort());
        int count = bytes.get();
        if (precision != Byte.SIZE || height == 0 || width == 0 || count != 1 && count != 3 || !components.isEmpty()) {
            throw unusual();
        }
        for (int i = 0; i < count; i++) {
            int id = bytes.get();
            int sampling = bytes.get();
            // One component alone is not in groups.
            int across = count == 1 ? 1 : sampling >> 4;
            int down = count == 1 ? 1 : sampling & 0xf;
            components.add(new Component(id, across, down, bytes.get()));
            // Letters are names of colours, such as red.
            if (id != i + 1 && id != i || across < 1 || across > 2 || down < 1 || down > 2) {
                throw unusual();
            }
        }
    }

    private void codes(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int kind = bytes.get();
            int[] counts = new int[Short.SIZE];
            int sum = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] = bytes.get() & 0xff;
                sum += counts[i];
            }
            byte[] symbols = new byte[sum];
            bytes.get(symbols);
            (kind >> 4 == 0 ? first : others)[kind & 0xf] = new JpegCode(counts, symbols);
        }
    }

    private void tables(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int kind = bytes.get();
            int[] table = new int[BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                table[i] = kind >> 4 == 0 ? bytes.get() & 0xff : unsigned(bytes.getShort());
            }
            quantizations[kind & 0xf] = table;
        }
    }

    private void scan(ByteBuffer bytes) throws IOException {
        if (components.isEmpty() || bytes.get() != components.size()) {
            throw unusual();
        }
        for (Component component : components) {
            if (bytes.get() != component.id || quantizations[component.table] == null) {
                throw unusual();
            }
            int codes = bytes.get();
            component.quantization = quantizations[component.table];
            component.first = first[codes >> 4];
            component.others = others[codes & 0xf];
        }
    }
}
