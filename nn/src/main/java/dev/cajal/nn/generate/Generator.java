package dev.cajal.nn.generate;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Model;
import dev.cajal.nn.Variables;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledTriFunction;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Continues texts, token after token, by a model that was trained for the [next ones][NextTokens].
///
/// ```java
/// var generator = Generator.of(model);
/// generator.generate("ROMEO:", 200, Sampling.of().withTemperature(0.8), IO::print);
/// ```
///
/// The network is given each token once and remembers what it needs of those before ([Mode.Streaming]). Where the text outgrows what the network sees at a time, the last half of
/// that is read anew. One text at a time for one generator; several generators may share a model.
public final class Generator {
    /// Tokens of a prompt that are read at a time.
    private static final int PIECE = 32;
    /// Tokens that a network is tried with.
    private static final int PROBE = 4;
    /// Between a text at once and piece by piece, where sums are added up in another order.
    private static final double TOLERANCE = 1e-2;

    private final Layer network;
    private final Variables variables;
    private final Tokenizer tokenizer;
    private final NeverWritten neverWritten;
    private final int capacity;
    private final SequencedMap<String, Tensor> nothing;
    private final CompiledTriFunction<Variables, State, Tensor, Result> step;

    /// What the network remembers, and of how many positions: a tree.
    public record State(SequencedMap<String, Tensor> memory, Tensor position) {}

    /// The next state, and the logits of the token after the last position.
    public record Result(State state, Tensor logits) {}

    private Generator(Layer network, Variables variables, Tokenizer tokenizer, int capacity) {
        this.network = network;
        this.variables = variables;
        this.tokenizer = tokenizer;
        this.neverWritten = NeverWritten.endless(tokenizer);
        this.capacity = capacity;
        // Asked for its shapes only; never computed.
        this.nothing = apply(variables, new State(new LinkedHashMap<>(), position(0)),
                Tensor.zeros(DType.I32, Shape.of(1, 1))).state().memory();
        this.step = Transform.compile(this::apply).donating(1);
    }

    /// A generator for a model of texts.
    ///
    /// @throws CajalException if the model was trained for something else, or its network looks ahead
    public static Generator of(Model<?, ?> model) {
        if (model.inputs() instanceof TextInputs(var tokenizer, int length)
                && model.targets() instanceof NextTokens) {
            Generator generator = new Generator(model.network(), model.variables(), tokenizer, length);
            generator.requireMemory();
            return generator;
        }
        throw new CajalException("generate.model",
                "The model does not continue texts: its inputs are %s, its answers %s. Train one on a text: cajal train FILE.txt",
                model.inputs().getClass().getSimpleName(), model.targets().getClass().getSimpleName());
    }

    /// A layer that looks back but remembers nothing, such as a convolution, would write something, but not what the model has learned.
    private void requireMemory() {
        int[] probe = IntStream.range(0, Math.min(PROBE, capacity)).map(i -> i % tokenizer.size()).toArray();
        Tensor whole = network
                .apply(variables, Tensor.of(probe, Shape.of(1, probe.length)), Mode.inference()).output();
        float[] expected = whole.slice(1, probe.length - 1, probe.length).toFloats();
        State state = start();
        float[] found = expected;
        for (int token : probe) {
            Result result = apply(variables, state, Tensor.of(new int[] {token}, Shape.of(1, 1)));
            found = result.logits().toFloats();
            state = result.state();
        }
        for (int i = 0; i < expected.length; i++) {
            if (Math.abs(expected[i] - found[i]) > TOLERANCE * (1 + Math.abs(expected[i]))) {
                throw new CajalException("generate.network",
                        "The network gives something else piece by piece than for a whole text: one of its layers looks at several positions and does not remember them, as Conv1d, "
                                + "or looks ahead. Use causal attention or recurrent layers.");
            }
        }
    }

    private Result apply(Variables parameters, State state, Tensor tokens) {
        Applied<Tensor> applied = network.apply(parameters, tokens,
                new Mode.Streaming(state.memory(), state.position(), capacity));
        int count = tokens.dim(1);
        Tensor last = applied.output().slice(1, count - 1, count).flatten();
        return new Result(
                new State(applied.memory(), state.position().plus(Tensor.of(new int[] {count}, Shape.SCALAR))),
                last);
    }

    private static Tensor position(int number) {
        return Tensor.of(new int[] {number}, Shape.SCALAR);
    }

    /// The text that follows.
    ///
    /// @param prompt what it follows; not empty
    /// @param tokens how many follow
    public String generate(String prompt, int tokens, Sampling sampling) {
        StringBuilder text = new StringBuilder();
        generate(prompt, tokens, sampling, text::append);
        return text.toString();
    }

    /// Hands on the text that follows, as soon as whole characters of it are known. Ends early if the thread is interrupted.
    ///
    /// @param prompt what it follows; not empty
    /// @param tokens how many follow
    /// @return whether it came to its end
    /// @throws CajalException if the prompt is empty, or has something that no token stands for
    public boolean generate(String prompt, int tokens, Sampling sampling, Consumer<String> listener) {
        int[] text = tokenizer.encode(prompt);
        if (text.length == 0) {
            throw new CajalException("generate.prompt",
                    "There is nothing to continue: the prompt is empty. A single character does, such as a new line.");
        }
        int known = text.length;
        text = Arrays.copyOf(text, known + tokens);
        SplittableRandom random = new SplittableRandom(sampling.seed());
        Utf8Stream characters = new Utf8Stream(listener);
        int from = Math.max(0, known - capacity);
        Result result = read(start(), text, from, known);
        for (int end = known + tokens; known < end; known++) {
            text[known] = sampling.draw(neverWritten.removedFrom(result.logits().toFloats()), random);
            characters.write(tokenizer.bytes(text[known]));
            if (Thread.interrupted()) {
                characters.end();
                return false;
            }
            if (known + 1 < end) {
                if (known + 1 - from > capacity) {
                    from = known + 1 - Math.max(1, capacity / 2);
                    result = read(start(), text, from, known + 1);
                } else {
                    result = read(result.state(), text, known, known + 1);
                }
            }
        }
        characters.end();
        return true;
    }

    private State start() {
        SequencedMap<String, Tensor> zeros = new LinkedHashMap<>();
        nothing.forEach((path, tensor) -> zeros.put(path, Tensor.zeros(tensor.dtype(), tensor.shape()).evaluate()));
        return new State(zeros, position(0));
    }

    /// Reads tokens in pieces of two lengths, so that there are but two plans.
    private Result read(State before, int[] text, int from, int to) {
        State state = before;
        Result result = null;
        for (int at = from; at < to;) {
            int count = to - at >= PIECE ? PIECE : 1;
            result = step.apply(variables, state,
                    Tensor.of(Arrays.copyOfRange(text, at, at + count), Shape.of(1, count)));
            state = result.state();
            at += count;
        }
        if (result == null) {
            throw new AssertionError("nothing to read");
        }
        return result;
    }
}
