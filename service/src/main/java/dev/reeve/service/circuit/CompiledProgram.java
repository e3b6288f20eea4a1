package dev.reeve.service.circuit;

import dev.reeve.base.Bytes;
import java.util.SortedMap;

/// What became of a program.
///
/// @param qasm the circuit as OpenQASM 3, UTF-8
/// @param facts how it was made and what came of it
/// @param measures figures of the circuit before and after
public record CompiledProgram(
    Bytes qasm, SortedMap<String, String> facts, SortedMap<String, String> measures) {}
