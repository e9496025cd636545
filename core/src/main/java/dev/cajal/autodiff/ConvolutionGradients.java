package dev.cajal.autodiff;

import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Gradients of convolution, which are convolutions.
///
/// By the input: the cotangent, with holes where the window strode, under the kernel turned round. By the kernel: the input under the cotangent as
/// kernel, batch and channels having changed places, so that feature groups become batch groups and the other way round.
///
/// Dumoulin, Visin: [A guide to convolution arithmetic for deep learning](https://arxiv.org/abs/1603.07285).
final class ConvolutionGradients {
    private ConvolutionGradients() {}

    static void convolution(Op.Convolution convolution, Pullback node) {
        Value input = node.operand(0);
        Value kernel = node.operand(1);
        Value g = node.cotangent();
        node.give(0, () -> Ops.convert(
                byInput(convolution, input.shape(), Ops.convert(kernel, g.dtype()), g), input.dtype()));
        node.give(1, () -> Ops.convert(
                byKernel(convolution, Ops.convert(input, g.dtype()), kernel.shape(), g), kernel.dtype()));
    }

    private static Value byInput(Op.Convolution convolution, Shape input, Value kernel, Value g) {
        int spatial = convolution.window().rank();
        int groups = convolution.featureGroups() * convolution.batchGroups();
        int batchGroups = convolution.batchGroups();
        Value turned = Ops.reverse(swapChannels(kernel, groups), range(0, spatial));
        Window window = reversed(convolution.window(), input.dims().subList(1, spatial + 1),
                g.shape().dims().subList(1, spatial + 1));
        Value gradient = Ops.convolution(new Op.Convolution(window, groups, 1, g.dtype()), g, turned);
        if (batchGroups == 1) {
            return gradient;
        }
        // [batch / groups, spatial..., groups * channels] -> [groups * (batch / groups), spatial..., channels]
        int channels = input.dim(-1);
        Value split = Ops.reshape(gradient, gradient.shape().withDim(-1, batchGroups).insert(spatial + 2, channels));
        List<Integer> order = new ArrayList<>(List.of(spatial + 1));
        order.addAll(range(0, spatial + 1));
        order.add(spatial + 2);
        return Ops.reshape(Ops.transpose(split, order), input);
    }

    /// `[spatial..., in, groups * out] -> [spatial..., out, groups * in]`, each group by itself.
    private static Value swapChannels(Value kernel, int groups) {
        int spatial = kernel.shape().rank() - 2;
        int in = kernel.shape().dim(-2);
        int out = kernel.shape().dim(-1) / groups;
        Value split = Ops.reshape(kernel, kernel.shape().withDim(-1, groups).insert(spatial + 2, out));
        List<Integer> order = new ArrayList<>(range(0, spatial));
        order.addAll(List.of(spatial + 2, spatial + 1, spatial));
        Shape swapped = kernel.shape().withDim(-2, out).withDim(-1, groups * in);
        return Ops.reshape(Ops.transpose(split, order), swapped);
    }

    /// The window that walks from results back to inputs: strides and holes of the operand change places.
    static Window reversed(Window window, List<Integer> from, List<Integer> to) {
        List<Integer> low = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            int reach = dilated(window.size().get(i), window.windowDilation().get(i));
            int holed = dilated(from.get(i), window.baseDilation().get(i));
            int strode = dilated(to.get(i), window.strides().get(i));
            int before = reach - window.paddingLow().get(i) - 1;
            low.add(before);
            high.add(holed + reach - 1 - strode - before);
        }
        return new Window(
                window.size(), window.baseDilation(), low, high, window.strides(), window.windowDilation());
    }

    private static Value byKernel(Op.Convolution convolution, Value input, Shape kernel, Value g) {
        Window window = convolution.window();
        int spatial = window.rank();
        if (g.shape().size() == 0) {
            return Ops.zeros(g.type().withShape(kernel));
        }
        // Channels as batch, batch as channels: [channels, spatial..., batch] under [spatial..., batch / groups, features].
        List<Integer> exchanged = new ArrayList<>(List.of(spatial + 1));
        exchanged.addAll(range(1, spatial + 1));
        exchanged.add(0);
        List<Integer> batchInside = new ArrayList<>(range(1, spatial + 1));
        batchInside.addAll(List.of(0, spatial + 1));
        List<Integer> high = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            int reach = dilated(window.size().get(i), window.windowDilation().get(i));
            int holed = dilated(input.shape().dim(i + 1), window.baseDilation().get(i));
            int strode = dilated(g.shape().dim(i + 1), window.strides().get(i));
            high.add(strode - holed + reach - window.paddingLow().get(i) - 1);
        }
        Window walk = new Window(
                g.shape().dims().subList(1, spatial + 1),
                window.windowDilation(),
                window.paddingLow(),
                high,
                window.baseDilation(),
                window.strides());
        Value gradient = Ops.convolution(
                new Op.Convolution(walk, convolution.batchGroups(), convolution.featureGroups(), g.dtype()),
                Ops.transpose(input, exchanged),
                Ops.transpose(g, batchInside));
        // [channels / groups, spatial..., features] -> [spatial..., channels / groups, features]
        return Ops.transpose(gradient, batchInside);
    }

    private static int dilated(int length, int dilation) {
        return length == 0 ? 0 : (length - 1) * dilation + 1;
    }

    private static List<Integer> range(int from, int to) {
        return Ops.axes(to).subList(from, to);
    }
}
