package dev.cajal.onednn;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;

/// Why the library cannot be used, found out on the way to it.
final class NativeException extends CajalException {
    private static final long serialVersionUID = 1L;

    NativeException(Phrase why) {
        super(why.code(), why.template(), why.arguments().toArray());
    }
}
