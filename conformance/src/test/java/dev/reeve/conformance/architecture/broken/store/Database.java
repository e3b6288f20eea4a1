package dev.reeve.conformance.architecture.broken.store;

/// An adapter that another adapter may not know.
public final class Database {}
