package dev.reeve.conformance.architecture.broken.gateway.cordum;

/// The other dialect.
public final class CordumDecoder {}
