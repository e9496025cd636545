package dev.cajal.nn.layer;

import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Applied;
import dev.cajal.nn.GradientChecks;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import dev.cajal.nn.Variables;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/// A network of two inputs and two outputs, all of which have names: records.
public class SeveralInputsTest {
    private static final RandomKey KEY = RandomKey.of(3);

    /// A house: its measures `[batch, 3]` and the number of its district `[batch]`.
    public record House(Tensor measures, Tensor district) {}

    /// A price `[batch]`, and one logit for each kind of buyer `[batch, kinds]`.
    public record Forecast(Tensor price, Tensor buyer) {}

    /// From houses to forecasts.
    public record HouseNetwork(Layer measures, Embedding district, Layer trunk, Dense price, Dense buyer)
            implements
            Network<House, Forecast> {
        static HouseNetwork of(int districts, int kinds) {
            return new HouseNetwork(
                    Network.sequential(Dense.of(8, RELU), LayerNorm.of()),
                    Embedding.of(districts, 4),
                    Residual.of(Dense.of(12, RELU)),
                    Dense.of(1),
                    Dense.of(kinds));
        }

        @Override
        public Forecast apply(House house, Scope scope) {
            Tensor both = Tensor.concatenate(-1,
                    scope.call("measures", measures, house.measures()),
                    scope.call("district", district, house.district()));
            Tensor features = scope.call("trunk", trunk, both);
            return new Forecast(
                    scope.call("price", price, features).squeeze(-1), scope.call("buyer", buyer, features));
        }
    }

    private static final HouseNetwork NETWORK = HouseNetwork.of(5, 3);

    private static House houses(int count) {
        return new House(
                GradientChecks.noise(Shape.of(count, 3), new Random(1)), KEY.integers(Shape.of(count), 0, 5));
    }

    @Test
    void parametersHaveTheNamesOfTheParts() {
        assertThat(NETWORK.init(KEY, houses(1)).parameters().keySet())
                .containsExactly(
                        "measures/0/kernel",
                        "measures/0/bias",
                        "measures/1/scale",
                        "measures/1/bias",
                        "district/table",
                        "trunk/branch/kernel",
                        "trunk/branch/bias",
                        "price/kernel",
                        "price/bias",
                        "buyer/kernel",
                        "buyer/bias");
    }

    @Test
    void inputsAndOutputsAreTyped() {
        Applied<Forecast> applied = NETWORK.apply(NETWORK.init(KEY, houses(1)), houses(7), Mode.inference());
        assertThat(applied.output().price().shape()).isEqualTo(Shape.of(7));
        assertThat(applied.output().buyer().shape()).isEqualTo(Shape.of(7, 3));
    }

    @Test
    void gradientsEqualDifferences() {
        GradientChecks.check(NETWORK, houses(4), Mode.inference(), 7);
    }

    @Test
    void itLearns() {
        House houses = houses(16);
        Tensor price = KEY.foldIn("price").normal(Shape.of(16));
        Tensor buyer = KEY.foldIn("buyer").integers(Shape.of(16), 0, 3);
        var step = Transform.compile((Variables v, House h) -> Transform.valueAndGrad(
                (SequencedMap<String, Tensor> p) -> {
                    Forecast forecast = NETWORK.apply(v.withParameters(p), h, Mode.inference()).output();
                    Tensor misses = forecast.price().minus(price).square().mean();
                    return misses.minus(forecast.buyer().logSoftmax(-1).takeAlongLast(buyer).mean());
                }).apply(v.parameters()));
        Variables variables = NETWORK.init(KEY, houses);
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            var result = step.apply(variables, houses);
            losses.add(result.value().item());
            Variables before = variables;
            SequencedMap<String, Tensor> next = new LinkedHashMap<>();
            before.parameters().forEach((name, tensor) -> next.put(
                    name, tensor.minus(result.gradient().get(name).times(0.05))));
            variables = before.withParameters(next);
        }
        assertThat(losses.getLast()).isLessThan(losses.getFirst() / 4);
    }

    @Test
    void itCanBeWrittenAndRead() {
        List<Class<?>> types = new ArrayList<>(AllTypes.types());
        types.add(HouseNetwork.class);
        RecordCodec codec = new RecordCodec(types);
        Json json = codec.write(NETWORK);
        assertThat(codec.read(Json.parse(json.print()), HouseNetwork.class)).isEqualTo(NETWORK);
    }
}
