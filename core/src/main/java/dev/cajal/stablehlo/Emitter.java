package dev.cajal.stablehlo;

import dev.cajal.ir.Literal;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes operations of one function, line by line, and names their results.
final class Emitter {
    private final StringBuilder out = new StringBuilder();
    private String indent;
    private int names;

    Emitter(String indent) {
        this.indent = indent;
    }

    String text() {
        return out.toString();
    }

    /// A new value, for a parameter.
    Ref fresh(TensorType type) {
        return new Ref("%" + names++, type);
    }

    /// The inside of an operation: takes parameters of the given types, gives what it returns.
    record Region(List<TensorType> parameters, UnaryOperator<List<Ref>> body) {}

    /// Writes an operation of the StableHLO dialect.
    ///
    /// @param attributes `name = value` each
    List<Ref> emit(
            String name, List<Ref> operands, List<String> attributes, List<TensorType> results, Region... regions) {
        String result = "%" + names++;
        out.append(indent);
        if (!results.isEmpty()) {
            out.append(result).append(results.size() == 1 ? "" : ":" + results.size()).append(" = ");
        }
        out.append('"').append("stablehlo.").append(name).append('"').append(references(operands));
        if (!attributes.isEmpty()) {
            out.append(attributes.stream().collect(Collectors.joining(", ", " <{", "}>")));
        }
        if (regions.length > 0) {
            out.append(" (");
            for (int i = 0; i < regions.length; i++) {
                out.append(i == 0 ? "" : ", ");
                region(regions[i]);
            }
            out.append(')');
        }
        out.append(" : ").append(signature(operands, results)).append('\n');
        return IntStream.range(0, results.size())
                .mapToObj(i -> new Ref(results.size() == 1 ? result : result + "#" + i, results.get(i)))
                .toList();
    }

    /// Writes an operation with one result and without attributes.
    Ref emit(String name, TensorType result, Ref... operands) {
        return emit(name, Arrays.asList(operands), List.of(), List.of(result)).getFirst();
    }

    /// Writes an operation with one result.
    Ref emit(String name, TensorType result, List<String> attributes, Ref... operands) {
        return emit(name, Arrays.asList(operands), attributes, List.of(result)).getFirst();
    }

    Ref constant(Literal literal) {
        String value = "value = " + Notation.elements(literal) + " : " + Notation.type(literal.type());
        return emit("constant", literal.type(), List.of(value));
    }

    Ref number(DType dtype, double number) {
        return constant(Literal.of(dtype, number));
    }

    Ref reshape(Ref x, Shape shape) {
        return emit("reshape", x.type().withShape(shape), x);
    }

    private void region(Region region) {
        String outside = indent;
        indent += "  ";
        List<Ref> parameters = region.parameters().stream().map(this::fresh).toList();
        String taken = parameters.stream()
                .map(parameter -> parameter.name() + ": " + Notation.type(parameter.type()))
                .collect(Collectors.joining(", "));
        out.append("{\n").append(outside).append("^bb0(").append(taken).append("):\n");
        List<Ref> results = region.body().apply(parameters);
        out.append(indent).append("\"stablehlo.return\"").append(references(results));
        out.append(" : ").append(signature(results, List.of())).append('\n');
        indent = outside;
        out.append(indent).append('}');
    }

    private static String references(List<Ref> values) {
        return values.stream().map(Ref::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String signature(List<Ref> operands, List<TensorType> results) {
        String given = results.stream().map(Notation::type).collect(Collectors.joining(", "));
        return operands.stream().map(Ref::type).map(Notation::type).collect(Collectors.joining(", ", "(", ")"))
                + " -> " + (results.size() == 1 ? given : "(" + given + ")");
    }
}
