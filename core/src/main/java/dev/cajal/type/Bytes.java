package dev.cajal.type;

import java.util.Locale;

/// Numbers of bytes as people write them.
public final class Bytes {
    private Bytes() {}

    /// `1.5 GB`, for messages and tables; a kilobyte has 1024 bytes.
    public static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        int unit = Math.min(4, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        return String.format(Locale.ROOT, "%.1f %sB", bytes / (double) (1L << (10 * unit)), "KMGT".charAt(unit - 1));
    }
}
