package dev.cajal.cpu.codegen;

import java.lang.invoke.MethodHandles;

/// Makes objects of classes that were written at run time.
final class HiddenClasses {
    private HiddenClasses() {}

    /// An object of a class with a constructor without arguments. The class goes when the object goes.
    static <T> T define(Class<T> type, byte[] classFile) {
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(classFile, true);
            return type.cast(lookup.lookupClass().getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a kernel that the JVM refuses", e);
        }
    }
}
