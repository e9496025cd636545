package dev.cajal.nn.generate;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Model;
import dev.cajal.nn.ProgressListener;
import dev.cajal.nn.Variables;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Lengths;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.SentencePair;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.Sentences;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.CompiledTriFunction;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Makes sentences of sentences, by a model that was trained on [pairs][SentencePairs] of them.
///
/// ```java
/// var translator = Translator.of(model);
/// IO.println(translator.translate("ein mann sitzt auf einer bank .", Beam.of(5)));
/// ```
///
/// The network reads a source once, and each token of a translation once ([Mode.Streaming]). Sentences of similar length are translated together, all their beginnings in one batch.
public final class Translator {
    /// Sentences that are translated at a time.
    private static final int TOGETHER = 16;

    private final Layer network;
    private final Variables variables;
    private final SentencePairs encoding;
    private final CompiledBiFunction<Variables, Tensor, Result> first;
    private final CompiledTriFunction<Variables, State, Choice, Result> step;

    /// What the network remembers, and of how many positions: a tree.
    public record State(SequencedMap<String, Tensor> memory, Tensor position) {}

    /// The next state, and the log probabilities of each token after the last position, `[rows, tokens]`: a tree.
    public record Result(State state, Tensor logProbabilities) {}

    private Translator(Layer network, Variables variables, SentencePairs encoding) {
        this.network = network;
        this.variables = variables;
        this.encoding = encoding;
        this.first = Transform.compile((Variables all, Tensor pairs) -> apply(all,
                new State(new LinkedHashMap<>(), Tensor.zeros(DType.I32, Shape.SCALAR)), pairs));
        this.step = Transform.compile(this::next).donating(1);
    }

    /// A translator for a model of sentences.
    ///
    /// @throws CajalException if the model was trained for something else
    public static Translator of(Model<?, ?> model) {
        if (model.inputs() instanceof SentencePairs pairs && model.targets() instanceof Sentences) {
            return new Translator(model.network(), model.variables(), pairs);
        }
        throw new CajalException("translate.model",
                "The model does not translate: its inputs are %s, its answers %s. Train one on pairs of sentences: cajal train FILE.tsv --source COLUMN --target COLUMN",
                model.inputs().getClass().getSimpleName(), model.targets().getClass().getSimpleName());
    }

    private Result apply(Variables parameters, State state, Tensor pairs) {
        Applied<Tensor> applied = network.apply(parameters, pairs,
                new Mode.Streaming(state.memory(), state.position(), encoding.length()));
        Tensor logits = applied.output().reshape(pairs.dim(0), applied.output().dim(-1));
        return new Result(
                new State(applied.memory(), state.position().plus(Tensor.of(new int[] {1}, Shape.SCALAR))),
                logits.asFloating().logSoftmax(-1));
    }

    private Result next(Variables parameters, State state, Choice choice) {
        Tensor tokens = choice.tokens().reshape(-1, 1, 1);
        // The row of the source is not looked at any more.
        return apply(parameters,
                new State(choice.of(state.memory()), state.position()),
                Tensor.concatenate(1, tokens, tokens));
    }

    /// The translation of a sentence.
    ///
    /// @throws CajalException if there is something in it that no token stands for
    public String translate(String source, Beam beam) {
        return translate(List.of(source), beam).getFirst();
    }

    /// The translations of some sentences, in their order.
    ///
    /// @throws CajalException if there is something in them that no token stands for
    public List<String> translate(List<String> sources, Beam beam) {
        return translate(sources, beam, ProgressListener.none());
    }

    /// The translations of some sentences, in their order, while somebody hears how many are done.
    ///
    /// @throws CajalException if there is something in them that no token stands for
    public List<String> translate(List<String> sources, Beam beam, ProgressListener listener) {
        Rows rows = Examples.encode(encoding, sources.stream().map(SentencePair::of).toList());
        return translate(rows, beam, listener);
    }

    /// The translations of encoded sentences, in their order. What is known of the targets is not looked at.
    public List<String> translate(Rows rows, Beam beam) {
        return translate(rows, beam, ProgressListener.none());
    }

    /// The translations of encoded sentences, in their order, while somebody hears how many are done.
    public List<String> translate(Rows rows, Beam beam, ProgressListener listener) {
        Lengths lengths = Lengths.of(rows, encoding.filler());
        int[] order = lengths.sorted();
        String[] translations = new String[rows.count()];
        int together = Math.min(TOGETHER, rows.count());
        for (int from = 0; from < order.length; from += together) {
            int to = Math.min(order.length, from + together);
            Tensor pairs = rows.batch(order, from, to, together, lengths.longest(order, from, to));
            List<BeamSearch> searches = search(pairs, to - from, beam);
            for (int i = from; i < to; i++) {
                translations[order[i]] = encoding.target().decode(searches.get(i - from).result());
            }
            listener.progress(to, order.length);
        }
        return List.of(translations);
    }

    /// @param count how many of the rows are sentences to be translated
    private List<BeamSearch> search(Tensor pairs, int count, Beam beam) {
        List<BeamSearch> searches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            searches.add(BeamSearch.of(beam, encoding.target(), encoding.length()));
        }
        Result result = first.apply(variables, pairs);
        int tokens = result.logProbabilities().dim(-1);
        int rows = 1;
        while (true) {
            float[] logProbabilities = result.logProbabilities().toFloats();
            boolean isDone = true;
            for (int i = 0; i < count; i++) {
                if (!searches.get(i).alive().isEmpty()) {
                    searches.get(i).step(logProbabilities, i * rows * tokens, tokens);
                    isDone &= searches.get(i).alive().isEmpty();
                }
            }
            if (isDone) {
                return searches;
            }
            result = step.apply(variables, result.state(), Choice.of(searches, pairs.dim(0), rows, beam.width()));
            rows = beam.width();
        }
    }
}
