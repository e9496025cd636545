package dev.cajal.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.OptimizerState;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.ParameterSelection;
import dev.cajal.nn.optimizer.Update;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import dev.cajal.transform.Tree;
import dev.cajal.transform.ValueAndGradient;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// A dense layer trained to the end with an L2 penalty finds the coefficients of scikit-learn: `src/test/python/logistic_regression.py`.
class LogisticRegressionTest {
    private static final Fixture SCIKIT = Fixture.read("logistic-regression.csv");
    private static final int STEPS = 3000;

    @Test
    void pima() throws IOException {
        List<String[]> rows = rows("uci/pima-indians-diabetes.csv");
        assertCoefficients("pima", rows, "1");
    }

    @Test
    void irisVersicolorOrVirginica() throws IOException {
        List<String[]> rows = rows("uci/iris.csv").stream()
                .filter(row -> !row[4].equals("Iris-setosa"))
                .toList();
        assertCoefficients("iris", rows, "Iris-virginica");
    }

    private static List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(ReferenceData.file(file)).stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().split(","))
                .toList();
    }

    private static void assertCoefficients(String name, List<String[]> rows, String positive) {
        int columns = rows.getFirst().length - 1;
        double[] numbers = rows.stream().flatMapToDouble(row -> numbers(row, columns)).toArray();
        double[] labels = rows.stream().mapToDouble(row -> row[columns].equals(positive) ? 1 : 0).toArray();
        Tensor raw = Tensor.of(numbers, Shape.of(rows.size(), columns));
        Tensor x = raw.minus(raw.mean(0)).div(raw.standardDeviation(0));
        SequencedMap<String, Tensor> found = train(x, Tensor.of(labels, Shape.of(rows.size(), 1)));
        double[] kernel = found.get("kernel").toDoubles();
        assertThat(kernel).hasSize(columns);
        for (List<String> row : SCIKIT.rows()) {
            if (row.getFirst().equals(name)) {
                String coefficient = row.get(1);
                double reached = coefficient.equals("intercept")
                        ? found.get("bias").sum().item()
                        : kernel[Integer.parseInt(coefficient)];
                assertThat(reached)
                        .as("coefficient %s of %s", coefficient, name)
                        .isCloseTo(Double.parseDouble(row.getLast()), within(1e-9));
            }
        }
    }

    private static DoubleStream numbers(String[] row, int columns) {
        return Arrays.stream(row).limit(columns).mapToDouble(Double::parseDouble);
    }

    /// In f64 and with all examples at once, so that it converges to the last digits.
    private static SequencedMap<String, Tensor> train(Tensor x, Tensor y) {
        Layer layer = Dense.of(1);
        // scikit-learn adds |w|^2 / 2 to the sum of the losses, which is the penalty's strength 1 / n beside their mean.
        Optimizer optimizer = Optimizers.nesterov(1, 0.9).withL2(1.0 / x.dim(0), ParameterSelection.kernels());
        record State(SequencedMap<String, Tensor> parameters, OptimizerState<SequencedMap<String, Tensor>> optimizer) {}
        record Data(Tensor x, Tensor y) {}
        CompiledBiFunction<State, Data, State> step = Transform.compile((State state, Data data) -> {
            ValueAndGradient<SequencedMap<String, Tensor>> loss = Transform.valueAndGrad(
                    (SequencedMap<String, Tensor> parameters) -> {
                        Variables variables = new Variables(parameters, new LinkedHashMap<>());
                        Tensor logits = layer.apply(variables, data.x(), Mode.inference()).output();
                        return Losses.binaryCrossEntropy().mean(logits, data.y());
                    })
                    .apply(state.parameters());
            Update<SequencedMap<String, Tensor>> update = optimizer.update(loss.gradient(), state.optimizer(),
                    state.parameters());
            return new State(update.parameters(), update.state());
        });
        SequencedMap<String, Tensor> zeros = new LinkedHashMap<>();
        zeros.put("kernel", Tensor.zeros(DType.F64, Shape.of(x.dim(1), 1)));
        zeros.put("bias", Tensor.zeros(DType.F64, Shape.of(1)));
        State state = new State(zeros, optimizer.init(zeros));
        Data data = Tree.map(new Data(x, y), Tensor::evaluate);
        for (int i = 0; i < STEPS; i++) {
            state = step.apply(state, data);
        }
        return state.parameters();
    }
}
