package dev.reeve.conformance.architecture.broken.engine;

/// The inside of the engine.
public final class Writer {}
