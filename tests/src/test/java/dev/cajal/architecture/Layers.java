package dev.cajal.architecture;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The order of the house: which package may use which. A layer is a package with its subpackages (except those that are
/// layers themselves); it may use the layers named with it and all that these may use, and nothing else of Cajal.
///
/// Layers are added from the bottom up, so the arrows cannot make a circle.
final class Layers {
    /// From the root package of the project. A new package belongs here before it belongs anywhere.
    static final Layers CAJAL = new Layers()
            // core
            .add("type")
            .add("ir", "type")
            .add("autodiff", "ir")
            .add("rewrite", "ir")
            .add("stablehlo", "ir")
            .add("backend", "ir")
            .add("memory", "backend")
            .add("reference", "memory", "rewrite")
            .add("tensor", "backend", "autodiff")
            .add("transform", "tensor")
            // the CPU backend: on core's inside, not on its tensors; what it has no kernel for runs as the reference defines it
            .add("cpu", "reference")
            // products of bf16, a service of the CPU backend
            .add("onednn", "backend")
            // what tests share
            .add("testing", "transform", "memory")
            // nn
            .add("nn.initializer", "transform")
            .add("nn.loss", "transform")
            .add("nn.metric", "transform")
            .add("nn.optimizer", "transform")
            .add("nn.checkpoint", "transform")
            .add("nn.example", "transform")
            .add("nn.train", "nn.initializer", "nn.loss", "nn.metric", "nn.optimizer", "nn.checkpoint", "nn.example")
            .add("nn", "nn.train")
            .add("nn.activation", "nn")
            .add("nn.layer", "nn", "nn.activation")
            .add("nn.generate", "nn.layer")
            // above
            .add("data", "nn")
            .add("zoo", "nn.layer")
            .add("cli", "data", "zoo", "nn.generate", "stablehlo")
            .add("benchmark", "nn.layer", "data");

    private final Map<String, Set<String>> below = new LinkedHashMap<>();

    Layers add(String layer, String... uses) {
        Set<String> reachable = new LinkedHashSet<>();
        for (String use : uses) {
            if (!below.containsKey(use)) {
                throw new IllegalArgumentException("The layer " + use + ", used by " + layer + ", comes after it.");
            }
            reachable.add(use);
            reachable.addAll(below.get(use));
        }
        if (below.put(layer, reachable) != null) {
            throw new IllegalArgumentException("The layer " + layer + " is there twice.");
        }
        return this;
    }

    /// The layer that a package, named from the root, belongs to: the longest that is the package or a parent of it.
    Optional<String> of(String packageName) {
        for (String layer = packageName;; layer = layer.substring(0, layer.lastIndexOf('.'))) {
            if (below.containsKey(layer)) {
                return Optional.of(layer);
            }
            if (!layer.contains(".")) {
                return Optional.empty();
            }
        }
    }

    boolean mayUse(String from, String to) {
        return from.equals(to) || below.get(from).contains(to);
    }
}
