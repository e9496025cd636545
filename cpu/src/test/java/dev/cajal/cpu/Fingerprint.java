package dev.cajal.cpu;

import dev.cajal.cpu.attention.AttentionFingerprint;
import dev.cajal.cpu.math.FunctionFingerprint;
import dev.cajal.cpu.matmul.ProductFingerprint;

/// Prints a number into which every bit of some thousand results went; see [SameBitsTest].
public final class Fingerprint {
    private Fingerprint() {}

    public static void main(String[] args) {
        IO.println(Lanes.bits() + " " + compute());
    }

    static long compute() {
        return 31 * (31 * FunctionFingerprint.compute() + ProductFingerprint.compute())
                + AttentionFingerprint.compute();
    }
}
