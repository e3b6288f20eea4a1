/// The OpenQASM front end: text in, [dev.reeve.quantum.Circuit] or named errors out. Lexer and
/// parser make a syntax tree; lowering walks it as an interpreter would, works out whatever is
/// known before the run, unrolls what it can and leaves the rest as regions. OpenQASM 2.0 and the
/// core of OpenQASM 3 are accepted; anything else is refused by name. Everything is bounded by
/// [QasmLimits]. Pure; on the caller's thread.
@NullMarked
package dev.reeve.quantum.qasm;

import org.jspecify.annotations.NullMarked;
