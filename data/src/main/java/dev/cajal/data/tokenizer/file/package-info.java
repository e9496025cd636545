/// Reads the files of tokenizers.
package dev.cajal.data.tokenizer.file;
