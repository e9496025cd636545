package dev.cajal.nn;

import java.util.List;

/// A service: the records and enums that may stand in the files of models. A module with layers of its own provides one, so that models made
/// of them can be saved and loaded; classes can also be handed to [Model#load].
public interface ConfigTypes {
    /// The types, each with a simple name of its own.
    List<Class<?>> types();
}
