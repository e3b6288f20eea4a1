/// The Eigen-Lang front end: text in a small part of Python's syntax in, an [EigenProgram] or
/// located errors out. Parsed, never executed: lexer and parser make a closed tree, lowering walks
/// it in the order of the source, works out every constant, inlines helpers, unrolls loops and
/// refuses by name what it does not know. Everything is bounded by [EigenLangLimits]. Pure; on the
/// caller's thread.
@NullMarked
package dev.reeve.quantum.eigenlang;

import org.jspecify.annotations.NullMarked;
