package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/// Which parameters something applies to, by name and rank, in a form that can be written to a file.
///
/// Names are paths such as `encoder/0/attention/kernel`. A pattern is a path in which `*` stands for any part of one name, and a
/// name `**` for any number of names, none included: `**/bias` fits `bias` and `0/bias`, `encoder/**` fits everything in `encoder`.
///
/// @param only patterns of which one has to fit; none means that every name does
/// @param except patterns of which none may fit
/// @param minimumRank the least number of dimensions; 2 leaves out biases and the scales of normalisation, whatever they are called
public record ParameterSelection(List<String> only, List<String> except, int minimumRank) {
    public ParameterSelection {
        only = List.copyOf(only);
        except = List.copyOf(except);
    }

    /// Every parameter.
    public static ParameterSelection all() {
        return new ParameterSelection(List.of(), List.of(), 0);
    }

    /// Parameters of two dimensions or more: the kernels, not the biases and scales.
    public static ParameterSelection kernels() {
        return all().withMinimumRank(2);
    }

    /// The parameters whose names fit one of the patterns.
    public static ParameterSelection only(String... patterns) {
        return new ParameterSelection(List.of(patterns), List.of(), 0);
    }

    /// The parameters whose names fit none of the patterns.
    public static ParameterSelection except(String... patterns) {
        return new ParameterSelection(List.of(), List.of(patterns), 0);
    }

    /// The same without those whose names fit one of the patterns.
    public ParameterSelection without(String... patterns) {
        List<String> more = new ArrayList<>(except);
        more.addAll(List.of(patterns));
        return new ParameterSelection(only, more, minimumRank);
    }

    /// The same with another least number of dimensions.
    public ParameterSelection withMinimumRank(int rank) {
        return new ParameterSelection(only, except, rank);
    }

    /// Whether a parameter belongs to the selection.
    public boolean includes(String name, Shape shape) {
        return shape.rank() >= minimumRank
                && (only.isEmpty() || only.stream().anyMatch(pattern -> fits(pattern, name)))
                && except.stream().noneMatch(pattern -> fits(pattern, name));
    }

    /// A tree in which each selected tensor is replaced, with the help of the parameter at the same place; the others stay.
    <P> P map(P tree, P parameters, BinaryOperator<Tensor> function) {
        Tree values = Tree.of(tree);
        Tree originals = Tree.of(parameters);
        values.requireSame(originals);
        List<String> names = originals.names();
        List<Tensor> mapped = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Tensor value = values.leaves().get(i);
            Tensor parameter = originals.leaves().get(i);
            mapped.add(includes(names.get(i), parameter.shape()) ? function.apply(value, parameter) : value);
        }
        return values.with(mapped);
    }

    private static boolean fits(String pattern, String name) {
        return fits(pattern.split("/"), 0, name.split("/"), 0);
    }

    private static boolean fits(String[] pattern, int p, String[] name, int n) {
        if (p == pattern.length) {
            return n == name.length;
        }
        if (pattern[p].equals("**")) {
            return fits(pattern, p + 1, name, n) || n < name.length && fits(pattern, p, name, n + 1);
        }
        return n < name.length && part(pattern[p]).matcher(name[n]).matches() && fits(pattern, p + 1, name, n + 1);
    }

    private static Pattern part(String pattern) {
        return Pattern.compile("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
    }
}
