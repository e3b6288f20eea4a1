package dev.reeve.conformance.architecture.broken.engine.port;

/// A port that the engine uses.
public interface LeaningPortUser {}
