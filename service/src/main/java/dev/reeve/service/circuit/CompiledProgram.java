package dev.reeve.service.circuit;

import dev.reeve.base.Bytes;
import java.util.SortedMap;

/// What became of a program.
///
/// @param form what the caller asked for
/// @param text the circuit: OpenQASM 3 in UTF-8, or AQO in canonical JSON for both forms of it
/// @param facts how it was made and what came of it
/// @param measures figures of the circuit before and after
public record CompiledProgram(
    CircuitForm form,
    Bytes text,
    SortedMap<String, String> facts,
    SortedMap<String, String> measures) {}
