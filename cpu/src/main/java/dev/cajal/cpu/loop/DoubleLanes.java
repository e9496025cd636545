package dev.cajal.cpu.loop;

import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.ir.Reducer;
import java.util.Arrays;

/// The sixteen virtual lanes of a row of `double`, as [ReductionOrder] defines them.
final class DoubleLanes implements Lanes {
    private final Reducer reducer;
    private final double identity;
    private final double[] lanes = new double[ReductionOrder.LANES];

    DoubleLanes(Reducer reducer, double identity) {
        this.reducer = reducer;
        this.identity = identity;
    }

    @Override
    public void start() {
        Arrays.fill(lanes, identity);
    }

    @Override
    public void add(Registers r, int register, int n) {
        double[] x = r.doubles[register];
        for (int from = 0; from < n; from += ReductionOrder.LANES) {
            combine(x, from, Math.min(ReductionOrder.LANES, n - from));
        }
    }

    @Override
    public void finish(Registers r, int register) {
        for (int half = ReductionOrder.LANES / 2; half > 0; half >>= 1) {
            combine(lanes, half, half);
        }
        r.doubles[register][0] = lanes[0];
    }

    private void combine(double[] x, int from, int count) {
        switch (reducer) {
            case SUM -> {
                for (int j = 0; j < count; j++) {
                    lanes[j] = lanes[j] + x[from + j];
                }
            }
            case PRODUCT -> {
                for (int j = 0; j < count; j++) {
                    lanes[j] = lanes[j] * x[from + j];
                }
            }
            case MAX -> {
                for (int j = 0; j < count; j++) {
                    lanes[j] = Math.max(lanes[j], x[from + j]);
                }
            }
            case MIN -> {
                for (int j = 0; j < count; j++) {
                    lanes[j] = Math.min(lanes[j], x[from + j]);
                }
            }
            case AND, OR -> throw new AssertionError(reducer);
        }
    }
}
