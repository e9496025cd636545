package dev.cajal.data.dataset;

/// A file as the authors of a data set publish it.
///
/// @param name its name
/// @param bytes its size
/// @param sha256 its check sum, in hexadecimal digits
record PublishedFile(String name, long bytes, String sha256) {}
