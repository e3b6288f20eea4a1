package dev.reeve.conformance.architecture.broken.wire;

/// Stands for a generated class.
public record Message(String text) {}
