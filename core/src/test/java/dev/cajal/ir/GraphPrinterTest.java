package dev.cajal.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphPrinterTest {
    private static final TensorType ROW = TensorType.of(DType.F32, 3);

    @Test
    void oneLineForEachNode() {
        Value x = Ops.parameter(TensorType.of(DType.F32, 2, 3), "x");
        Value bias = Ops.parameter(ROW, "bias");
        Value sum = new Origin("dense").in(() -> Ops.add(x, Ops.broadcast(bias, x.shape(), List.of(1))));
        assertThat(GraphPrinter.print(Graph.of(List.of(x, bias), List.of(sum)))).isEqualTo("""
                graph(%0: f32[2, 3] x, %1: f32[3] bias) {
                  %2: f32[2, 3] = broadcastInDim %1 {shape=[2, 3], dimensions=[1]}  // dense
                  %3: f32[2, 3] = add %0 %2  // dense
                  return %3
                }
                """);
    }

    @Test
    void resultsOfOneNodeHaveNumbers() {
        Value x = Ops.parameter(ROW, "x");
        List<Value> sorted = Ops.sort(List.of(x, Ops.iota(TensorType.of(DType.I32, 3), 0)), 0, true);
        assertThat(GraphPrinter.print(Graph.of(List.of(x), List.of(sorted.get(1))))).isEqualTo("""
                graph(%0: f32[3] x) {
                  %1: i32[3] = iota {type=i32[3], dimension=0}
                  %2: f32[3], i32[3] = sort %0 %1 {dimension=0, descending=true}
                  return %2.1
                }
                """);
    }

    @Test
    void regionsAreIndented() {
        TensorType scalar = TensorType.of(DType.F32);
        Value carry = Ops.parameter(scalar, "carry");
        Value slice = Ops.parameter(scalar, "slice");
        Value next = Ops.add(carry, slice);
        Graph body = Graph.of(List.of(carry, slice), List.of(next, next));
        Value x = Ops.parameter(ROW, "x");
        Value zero = Ops.fill(scalar, 0);
        List<Value> sums = Ops.scan(new Op.Scan(body, 1, 1, 3, false), List.of(zero, x));
        assertThat(GraphPrinter.print(Graph.of(List.of(x), sums))).isEqualTo("""
                graph(%0: f32[3] x) {
                  %1: f32[] = constant {0.0}
                  %2: f32[], f32[3] = scan %1 %0 {carries=1, xs=1, length=3, reverse=false}
                    body(%0: f32[] carry, %1: f32[] slice) {
                      %2: f32[] = add %0 %1
                      return %2 %2
                    }
                  return %2.0 %2.1
                }
                """);
    }
}
