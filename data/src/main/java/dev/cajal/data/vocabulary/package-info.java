/// What tokenizers of several kinds are made of: indices, tries, merges, paths.
package dev.cajal.data.vocabulary;
