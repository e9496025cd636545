package dev.cajal.cpu.whole;

import dev.cajal.cpu.matmul.Contraction;
import dev.cajal.cpu.matmul.Patches;
import dev.cajal.cpu.matmul.Planes;
import dev.cajal.cpu.matmul.Product;
import dev.cajal.cpu.plan.KernelGradient;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Optional;

/// Convolutions as products of [patches][Patches].
final class Convolutions {
    private Convolutions() {}

    /// The patches, a row for each point of the result, by the kernel. Groups are a batch of products, of channels and features or of images and features.
    static Contraction forward(Node node, Op.Convolution op) {
        Shape input = node.inputs().get(0).shape();
        Shape kernel = node.inputs().get(1).shape();
        Shape result = node.types().getFirst().shape();
        int groups = op.featureGroups() * op.batchGroups();
        int features = result.dim(-1);
        Patches patches = new Patches(result.dim(0), spatial(input), input.dim(-1), op.window(), spatial(result),
                kernel.dim(-2));
        long nextGroup = op.batchGroups() > 1 ? input.size() / groups : kernel.dim(-2);
        Optional<Planes> planes = groups == 1 && Planes.areFor(op.window())
                ? Optional.of(planes(op, input, kernel, result)).filter(Planes::areWorthIt)
                : Optional.empty();
        return Contraction.of(new Product(groups, patches.rows(), features / groups, patches.columns(), false, false,
                patches.columns(),
                features, features, nextGroup, features / groups, features / groups, false), patches)
                .withPlanes(planes);
    }

    private static Planes planes(Op.Convolution op, Shape input, Shape kernel, Shape result) {
        return new Planes(input.dim(0), input.dim(1), input.dim(2), kernel.dim(-2), kernel.dim(-1), result.dim(1),
                result.dim(2), op.window().paddingLow().get(0), op.window().paddingLow().get(1));
    }

    /// The patches, turned, by the cotangent of the result. A batch of products, of slices of the images or of groups of channels and features.
    static Contraction kernelGradient(Node node, KernelGradient gradient) {
        Shape input = node.inputs().get(0).shape();
        Shape cotangent = node.inputs().get(1).shape();
        int features = cotangent.dim(-1);
        int taken = input.dim(-1) / gradient.groups();
        int slices = gradient.slices();
        Patches patches = new Patches(input.dim(0) / slices, spatial(input), input.dim(-1), gradient.window(),
                spatial(cotangent), taken);
        int m = patches.columns();
        int k = patches.rows();
        Product product = slices > 1
                ? new Product(slices, m, features, k, true, false, m, features, features, input.size() / slices,
                        (long) k * features, (long) m * features, false)
                : new Product(gradient.groups(), m, features / gradient.groups(), k, true, false, m, features, features,
                        taken, features / gradient.groups(), features / gradient.groups(), false);
        return Contraction.of(product, patches);
    }

    private static List<Integer> spatial(Shape images) {
        return images.dims().subList(1, images.rank() - 1);
    }
}
