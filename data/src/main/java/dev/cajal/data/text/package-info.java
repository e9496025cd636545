/// Texts: reading them, making tokens of them, examples for language models.
package dev.cajal.data.text;
