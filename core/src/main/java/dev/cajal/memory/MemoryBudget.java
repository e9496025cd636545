package dev.cajal.memory;

import com.sun.management.OperatingSystemMXBean;
import dev.cajal.type.CajalException;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// How much memory tensors may take.
final class MemoryBudget {
    static final String PROPERTY = "cajal.memory";

    private MemoryBudget() {}

    /// What the system property `cajal.memory` says, or 0 if it says nothing.
    static long stated() {
        String text = System.getProperty(PROPERTY);
        return text == null ? 0 : parse(text);
    }

    /// Half of the memory of the machine, or of the container.
    static long ofSystem() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / 2;
    }

    /// Bytes from `800m`, `4g`, `123456`.
    static long parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        int unit = lower.isEmpty() ? -1 : "kmgt".indexOf(lower.charAt(lower.length() - 1));
        String digits = unit < 0 ? lower : lower.substring(0, lower.length() - 1);
        try {
            long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (unit + 1)));
            if (bytes > 0) {
                return bytes;
            }
        } catch (NumberFormatException | ArithmeticException _) {
            // Said below.
        }
        throw new CajalException(
                "memory.property",
                "The system property %s is '%s', but has to be a positive number of bytes, with k, m, g or t behind it for larger "
                        + "units: -D%s=4g",
                PROPERTY,
                text,
                PROPERTY);
    }
}
