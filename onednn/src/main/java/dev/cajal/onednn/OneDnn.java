package dev.cajal.onednn;

import dev.cajal.backend.ProductLibrary;
import dev.cajal.type.Phrase;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Products of bf16 by oneDNN, where the processor multiplies such numbers itself (AVX512_BF16: AMD from Zen 4 on, Intel's servers from Cooper
/// Lake on).
///
/// The library is loaded when it is asked for the first time.
public final class OneDnn implements ProductLibrary {
    /// `dnnl_cpu_isa_avx512_core_bf16`. Newer sets have all its bits.
    private static final int NEEDED = 0xe7;

    private final Supplier<Native> loader;
    private @Nullable State state;

    /// What came of loading.
    private sealed interface State {
        record Ready(Native dnnl, long engine, long attributes) implements State {}

        record Refused(Phrase why) implements State {}
    }

    /// For the service loader.
    public OneDnn() {
        this(() -> Native.load(NativeFiles.ofJar().library()));
    }

    OneDnn(Supplier<Native> loader) {
        this.loader = loader;
    }

    private synchronized State state() {
        if (state == null) {
            state = load();
        }
        return state;
    }

    private State load() {
        try {
            Native dnnl = loader.get();
            Optional<Phrase> lack = lack(dnnl.instructions());
            return lack.isPresent()
                    ? new State.Refused(lack.get())
                    : new State.Ready(dnnl, dnnl.engine(), dnnl.attributes());
        } catch (NativeException refused) {
            return new State.Refused(refused.phrase());
        }
    }

    /// What a processor lacks.
    ///
    /// @param instructions as bits of `dnnl_cpu_isa_t`
    static Optional<Phrase> lack(int instructions) {
        return (instructions & NEEDED) == NEEDED
                ? Optional.empty()
                : Optional.of(Phrase.of("onednn.processor",
                        "the processor does not multiply bf16 itself; it would need the instructions AVX512_BF16, as AMD's from Zen 4 on "
                                + "and Intel's servers from Cooper Lake on have them"));
    }

    @Override
    public String name() {
        return state() instanceof State.Ready ready ? "oneDNN " + ready.dnnl().version() : "oneDNN";
    }

    @Override
    public Optional<Phrase> obstacle() {
        return state() instanceof State.Refused(Phrase why) ? Optional.of(why) : Optional.empty();
    }

    @Override
    public MatmulKernel kernel(Matrices matrices) {
        return switch (state()) {
            case State.Ready(Native dnnl, long engine, long attributes) ->
                MatmulKernel.of(dnnl, engine, attributes, matrices);
            case State.Refused(Phrase why) -> throw new IllegalStateException(why.toString());
        };
    }
}
