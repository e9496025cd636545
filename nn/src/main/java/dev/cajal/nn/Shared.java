package dev.cajal.nn;

/// A network that is used in several places with one set of parameters.
///
/// Two equal records never share parameters by themselves; two `Shared` of one name do. Their parameters are found
/// under that name at the root.
///
/// ```java
/// var embedding = Shared.of("embedding", Embedding.of(1000, 64));
/// ```
///
/// Among layers it stands as `Layer.of(embedding)`.
///
/// @param name unique in the whole network
/// @param network what is shared
public record Shared<I, O>(String name, Network<I, O> network) implements Network<I, O> {
    /// A shared network.
    public static <I, O> Shared<I, O> of(String name, Network<I, O> network) {
        return new Shared<>(name, network);
    }

    @Override
    public O apply(I input, Scope scope) {
        return scope.callShared(name, network, input);
    }
}
