package dev.reeve.quantum.qasm;

import org.jspecify.annotations.Nullable;

/// A classical type as written.
///
/// @param width the designator in brackets, if there is one
record TypeSyntax(int offset, ScalarType.Kind kind, @Nullable Expression width) {}
