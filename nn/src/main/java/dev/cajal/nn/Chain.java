package dev.cajal.nn;

import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.List;

/// Networks one after the other, whatever types they pass on: what [Network#then] makes. For layers see [Sequential].
///
/// The parts are named by their positions, `0`, `1` and so on.
///
/// @param parts at least one; each takes what the one before it gives; `then` sees to the types
public record Chain<I, O>(List<Network<?, ?>> parts) implements Network<I, O> {
    public Chain {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new CajalException("chain.empty", "A chain needs at least one network.");
        }
    }

    @Override
    public <P> Chain<I, P> then(Network<? super O, P> next) {
        List<Network<?, ?>> longer = new ArrayList<>(parts);
        longer.add(next);
        return new Chain<>(longer);
    }

    @Override
    @SuppressWarnings("unchecked")
    public O apply(I input, Scope scope) {
        Object signal = input;
        for (int i = 0; i < parts.size(); i++) {
            signal = scope.call(String.valueOf(i), (Network<Object, Object>) parts.get(i), signal);
        }
        return (O) signal;
    }
}
