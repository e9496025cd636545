package dev.cajal.engine;

/// Prints a number into which every bit of the state after some steps of a training went; see [SameTrainingTest].
public final class FingerprintProgram {
    private FingerprintProgram() {}

    /// @param arguments the name of a training, and how many steps
    public static void main(String[] arguments) {
        CompiledTraining training = CompiledTraining.of(arguments[0]);
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            training.step();
        }
        IO.println(training.fingerprint());
    }
}
