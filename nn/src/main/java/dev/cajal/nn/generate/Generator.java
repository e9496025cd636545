package dev.cajal.nn.generate;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Model;
import dev.cajal.nn.ProgressListener;
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
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Continues texts, token after token, by a model that was trained for the [next ones][NextTokens].
///
/// ```java
/// var generator = Generator.of(model);
/// generator.generate("ROMEO:", 200, Sampling.of().withTemperature(0.8), IO::print);
/// ```
///
/// The network is given each token once and remembers what it needs of those before ([Mode.Streaming]). Where the text outgrows what the network sees at a time, the last half of
/// that is read anew. By a [Beam], the most probable text is looked for; by a [Sampling], texts are drawn. One text at a time for one generator; several generators may share a model.
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
    private final CompiledTriFunction<Variables, State, Choice, Result> choice;

    /// What the network remembers, and of how many positions: a tree.
    public record State(SequencedMap<String, Tensor> memory, Tensor position) {}

    /// The next state, and the logits of the token after the last position, `[texts, tokens]`.
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
        this.choice = Transform.compile((Variables all, State state, Choice chosen) -> apply(all,
                new State(chosen.of(state.memory()), state.position()), chosen.tokens().reshape(-1, 1))).donating(1);
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
        State state = start(1);
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
        Tensor last = applied.output().slice(1, count - 1, count).reshape(tokens.dim(0), -1);
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
        int[] text = prompt(prompt);
        int known = text.length;
        text = Arrays.copyOf(text, known + tokens);
        SplittableRandom random = new SplittableRandom(sampling.seed());
        Utf8Stream characters = new Utf8Stream(listener);
        int from = Math.max(0, known - capacity);
        Result result = read(from, known, text);
        for (int end = known + tokens; known < end; known++) {
            text[known] = sampling.draw(neverWritten.removedFrom(result.logits().toFloats()), random);
            characters.write(tokenizer.bytes(text[known]));
            if (Thread.interrupted()) {
                characters.end();
                return false;
            }
            if (known + 1 < end) {
                if (known + 1 - from > capacity) {
                    from = fewer(known + 1);
                    result = read(from, known + 1, text);
                } else {
                    result = read(result.state(), known, known + 1, text);
                }
            }
        }
        characters.end();
        return true;
    }

    /// The most probable text that follows, as far as a [beam search][Beam] finds it. Nothing is drawn, so each call gives the same.
    ///
    /// All texts that are compared have as many tokens, so the length penalty makes no difference here.
    ///
    /// @param prompt what it follows; not empty
    /// @param tokens how many follow
    public String generate(String prompt, int tokens, Beam beam) {
        StringBuilder text = new StringBuilder();
        generate(prompt, tokens, beam, text::append);
        return text.toString();
    }

    /// Hands on the most probable text that follows as a whole: what it begins with is not known before its end. If the thread is interrupted, it is the best one so far.
    ///
    /// @param prompt what it follows; not empty
    /// @param tokens how many follow
    /// @return whether it came to its end
    /// @throws CajalException if the prompt is empty, or has something that no token stands for
    public boolean generate(String prompt, int tokens, Beam beam, Consumer<String> listener) {
        return generate(prompt, tokens, beam, listener, ProgressListener.none());
    }

    /// The same, while somebody hears how many tokens are found.
    ///
    /// @param prompt what it follows; not empty
    /// @param tokens how many follow
    /// @return whether it came to its end
    /// @throws CajalException if the prompt is empty, or has something that no token stands for
    public boolean generate(String prompt, int tokens, Beam beam, Consumer<String> listener,
            ProgressListener progress) {
        BeamSearch search = BeamSearch.endless(beam, tokenizer, tokens);
        int[] beginning = prompt(prompt);
        boolean whole = tokens < 1 || search(beginning, search, beam.width(),
                done -> progress.progress(done, tokens));
        Utf8Stream characters = new Utf8Stream(listener);
        for (int token : search.result()) {
            characters.write(tokenizer.bytes(token));
        }
        characters.end();
        return whole;
    }

    private boolean search(int[] prompt, BeamSearch search, int width, IntConsumer found) {
        int known = prompt.length;
        int from = Math.max(0, known - capacity);
        int rows = 1;
        Result result = read(from, known, prompt);
        while (true) {
            search.step(result.logits().asFloating().logSoftmax(-1).toFloats(), 0, result.logits().dim(-1));
            known++;
            found.accept(known - prompt.length);
            if (search.alive().isEmpty()) {
                return true;
            }
            if (Thread.interrupted()) {
                return false;
            }
            if (known - from > capacity) {
                from = fewer(known);
                result = read(from, known, search.texts(prompt, width));
            } else {
                result = choice.apply(variables, result.state(), Choice.of(List.of(search), 1, rows, width));
            }
            rows = width;
        }
    }

    private int[] prompt(String text) {
        int[] tokens = tokenizer.encode(text);
        if (tokens.length == 0) {
            throw new CajalException("generate.prompt",
                    "There is nothing to continue: the prompt is empty, or has no token, as white space has none for a model of words. Let it begin with a word that the model knows.");
        }
        return tokens;
    }

    /// Where to begin to read anew, if so many tokens are more than the network sees at a time.
    private int fewer(int known) {
        return known - Math.max(1, capacity / 2);
    }

    /// Of nothing read yet.
    private State start(int texts) {
        SequencedMap<String, Tensor> zeros = new LinkedHashMap<>();
        nothing.forEach((path, tensor) -> zeros.put(path,
                Tensor.zeros(tensor.dtype(), tensor.shape().withDim(0, texts)).evaluate()));
        return new State(zeros, position(0));
    }

    private Result read(int from, int to, int[]... texts) {
        return read(start(texts.length), from, to, texts);
    }

    /// Reads tokens of some texts in pieces of two lengths, so that there are but two plans.
    private Result read(State before, int from, int to, int[]... texts) {
        State state = before;
        Result result = null;
        for (int at = from; at < to;) {
            int begin = at;
            int count = to - at >= PIECE ? PIECE : 1;
            int[] piece = Arrays.stream(texts).flatMapToInt(text -> Arrays.stream(text, begin, begin + count))
                    .toArray();
            result = step.apply(variables, state, Tensor.of(piece, Shape.of(texts.length, count)));
            state = result.state();
            at += count;
        }
        if (result == null) {
            throw new AssertionError("nothing to read");
        }
        return result;
    }
}
