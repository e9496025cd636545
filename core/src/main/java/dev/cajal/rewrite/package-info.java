/// Graphs made smaller without changing a bit of what they compute: [dev.cajal.rewrite.Rewrites].
package dev.cajal.rewrite;
