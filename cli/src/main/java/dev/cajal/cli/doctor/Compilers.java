package dev.cajal.cli.doctor;

import java.util.Locale;

/// Which compilers the virtual machine uses. Kernels are made for the second one.
public enum Compilers {
    /// All that it has.
    ALL,
    /// Only the first, quick one, whose code is slow: `-XX:TieredStopAtLevel`.
    FIRST_ONLY,
    /// None: `-Xint`.
    NONE;

    /// The last level of tiered compilation: the second compiler.
    private static final int LAST = 4;

    static Compilers ofJava() {
        String mode = System.getProperty("java.vm.info", "").toLowerCase(Locale.ROOT);
        if (mode.contains("interpreted")) {
            return NONE;
        }
        return mode.contains("emulated-client") || HotSpot.number("TieredStopAtLevel").orElse(LAST) < LAST
                ? FIRST_ONLY
                : ALL;
    }
}
