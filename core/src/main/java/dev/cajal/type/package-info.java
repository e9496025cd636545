/// Element types, shapes and the errors about them. Everything else stands on this package; it stands on nothing.
package dev.cajal.type;
