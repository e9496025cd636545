/// Tokenizers that others have made, as their files describe them.
package dev.cajal.data.tokenizer;
