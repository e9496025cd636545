package dev.cajal.nn;

import dev.cajal.backend.Plan;
import dev.cajal.backend.Profile;
import dev.cajal.nn.checkpoint.Archive;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.Lengths;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Prediction;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.RowBatches;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.nn.loss.Loss;
import dev.cajal.nn.loss.OutputKind;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A network with its parameters, and with how inputs and labels are encoded: what training gives, what is saved, what predicts.
///
/// Immutable, and safe for use by many threads.
///
/// @param <X> the type of an input
/// @param <L> the type of a label
public final class Model<X, L> {
    /// How many inputs are predicted at once, where there are so many.
    public static final int BATCH = 256;

    private final Layer network;
    private final Variables variables;
    private final InputEncoding<X> inputs;
    private final TargetEncoding<L> targets;
    private final Loss loss;
    private final CompiledBiFunction<Variables, Tensor, Tensor> forward;
    private final CompiledBiFunction<Variables, Tensor, Tensor> answer;

    /// A model from its parts.
    public Model(Layer network, Variables variables, InputEncoding<X> inputs, TargetEncoding<L> targets, Loss loss) {
        this.network = network;
        this.variables = variables;
        this.inputs = inputs;
        this.targets = targets;
        this.loss = loss;
        this.forward = Transform.compile(this::forward);
        this.answer = Transform.compile((Variables v, Tensor batch) -> answers(forward(v, batch)));
    }

    private Tensor forward(Variables parameters, Tensor batch) {
        return network.apply(parameters, inputs.prepare(batch), Mode.inference()).output();
    }

    /// The network's outputs as probabilities of classes (of tokens, those after the last position), or as numbers like the prepared targets.
    Tensor answers(Tensor output) {
        return switch (targets) {
            case ClassTargets<L> _ when endsInProbabilities() -> OutputKind.QUANTITIES.probabilities(output);
            case ClassTargets<L> _ -> loss.output().probabilities(output);
            case NumberTargets<L> _, Reconstruction<L> _ -> loss.output().apply(output);
            case NextTokens _, Sentences _ -> {
                Tensor last = output.slice(1, output.dim(1) - 1, output.dim(1));
                yield loss.output().probabilities(last.reshape(output.dim(0), output.dim(2)));
            }
        };
    }

    private boolean endsInProbabilities() {
        return network.outputActivation().map(Activation::givesProbabilities).orElse(false);
    }

    /// A model from a file. Labels of an enum type are given by their names; see [#load(Path, Class, Class, Class...)] for the type itself.
    ///
    /// @param types records and enums of a person's own that the network is made of
    /// @throws dev.cajal.nn.checkpoint.CheckpointException if the file is missing, damaged, or made of unknown types
    public static Model<?, ?> load(Path file, Class<?>... types) {
        return ModelFile.read(file, List.of(types));
    }

    /// A model from a file, for inputs and labels of given types.
    @SuppressWarnings("unchecked")
    public static <X, L> Model<X, L> load(Path file, Class<X> input, Class<L> label, Class<?>... types) {
        Model<X, ?> model = (Model<X, ?>) load(file, types);
        return new Model<>(model.network, model.variables, model.inputs, ClassKind.typed(model.targets, label),
                model.loss);
    }

    /// Writes the model to a file, atomically, with check sums. The file's name usually ends with `.cajal`.
    ///
    /// @param types records and enums of a person's own that the network is made of
    /// @throws dev.cajal.nn.checkpoint.CheckpointException if that fails; a file that was there before is still there
    public void save(Path file, Class<?>... types) {
        Archive.write(file, ModelFile.parts(this, ModelFile.codec(List.of(types))));
    }

    /// The network.
    public Layer network() {
        return network;
    }

    /// The network's parameters and statistics.
    public Variables variables() {
        return variables;
    }

    /// What the network is made of: layers, shapes, parameters, memory, operations. Print it.
    public Summary summary() {
        return Summary.of(network, inputs.example());
    }

    /// How inputs are encoded.
    public InputEncoding<X> inputs() {
        return inputs;
    }

    /// How labels are encoded.
    public TargetEncoding<L> targets() {
        return targets;
    }

    /// What was minimised.
    public Loss loss() {
        return loss;
    }

    /// What the model says of an input.
    ///
    /// @throws dev.cajal.type.CajalException if the input does not fit
    public Prediction<L> predict(X input) {
        return predict(List.of(input)).getFirst();
    }

    /// What the model says of several inputs.
    public List<Prediction<L>> predict(List<X> several) {
        return predict(Examples.encode(inputs, several));
    }

    /// What the model says of encoded inputs.
    ///
    /// @throws dev.cajal.type.CajalException if they have another shape
    public List<Prediction<L>> predict(Rows rows) {
        return predict(rows, ProgressListener.none());
    }

    /// What the model says of encoded inputs, while somebody hears how far it has come.
    ///
    /// @throws dev.cajal.type.CajalException if they have another shape
    public List<Prediction<L>> predict(Rows rows, ProgressListener listener) {
        int width = targets.outputs();
        float[] outputs = answers(rows, listener);
        List<Prediction<L>> predictions = new ArrayList<>();
        float[] row = new float[width];
        for (int i = 0; i < rows.count(); i++) {
            System.arraycopy(outputs, i * width, row, 0, width);
            predictions.add(targets.decode(row));
        }
        return predictions;
    }

    /// The plan of a prediction for a batch of inputs: its regions, and where everything lies in memory. Compiles it, runs nothing. Empty if the
    /// backend has none to show.
    public Optional<Plan> plan(int batch) {
        return answer.plan(variables, zeros(batch));
    }

    /// How long each region of that plan takes, on inputs of zeros.
    ///
    /// @param warmUp how long to run before measuring
    /// @param runs how many runs to measure
    public Optional<Profile> profile(int batch, Duration warmUp, int runs) {
        return answer.profile(variables, zeros(batch), warmUp, runs);
    }

    private Tensor zeros(int batch) {
        return Tensor.zeros(inputs.dtype(), inputs.shape().insert(0, batch));
    }

    /// How well the model does on some examples.
    ///
    /// @throws dev.cajal.type.CajalException if a label is one that the model does not know
    public Evaluation evaluate(Examples<X, L> examples) {
        return evaluate(examples, ProgressListener.none());
    }

    /// How well the model does on some examples, while somebody hears how far it has come.
    ///
    /// @throws dev.cajal.type.CajalException if a label is one that the model does not know
    public Evaluation evaluate(Examples<X, L> examples, ProgressListener listener) {
        return Evaluator.evaluate(this, examples, listener);
    }

    /// What the network's outputs for encoded inputs stand for, `[rows, outputs]` in row-major order: probabilities of classes, or numbers like the prepared targets.
    ///
    /// @throws dev.cajal.type.CajalException if the inputs have another shape
    public float[] answers(Rows rows) {
        return answers(rows, ProgressListener.none());
    }

    /// The same, while somebody hears how far it has come.
    ///
    /// @throws dev.cajal.type.CajalException if the inputs have another shape
    public float[] answers(Rows rows, ProgressListener listener) {
        return run(answer, rows, targets.outputs(), listener);
    }

    /// The network's outputs for encoded inputs, `[rows, outputs]` in row-major order (of texts `[rows, positions, outputs]`): logits, or standardised numbers. For what inputs
    /// are filled up with there may be zeros instead, since batches are cut to the longest input.
    ///
    /// @throws dev.cajal.type.CajalException if the inputs have another shape
    public float[] outputs(Rows rows) {
        return outputs(rows, ProgressListener.none());
    }

    float[] outputs(Rows rows, ProgressListener listener) {
        return run(forward, rows, Math.toIntExact(targets.outputShape().size()), listener);
    }

    /// @param width numbers for each row
    private float[] run(CompiledBiFunction<Variables, Tensor, Tensor> function, Rows rows, int width,
            ProgressListener listener) {
        Evaluator.requireInputs(inputs, rows.shape());
        float[] outputs = new float[rows.count() * width];
        Lengths lengths = Lengths.of(rows, inputs.filler());
        int[] order = lengths.sorted();
        // Few sizes, so that few plans are compiled whatever the number of inputs.
        int batch = Math.min(BATCH, Integer.highestOneBit(Math.max(1, 2 * rows.count() - 1)));
        try (RowBatches batches = lengths.batches(rows, order, 0, batch)) {
            for (int from = 0; from < rows.count(); from += batch) {
                int to = Math.min(rows.count(), from + batch);
                float[] part = function.apply(variables, batches.next()).toFloats();
                int given = part.length / batch;
                for (int i = from; i < to; i++) {
                    System.arraycopy(part, (i - from) * given, outputs, order[i] * width, given);
                }
                listener.progress(to, rows.count());
            }
        }
        return outputs;
    }
}
