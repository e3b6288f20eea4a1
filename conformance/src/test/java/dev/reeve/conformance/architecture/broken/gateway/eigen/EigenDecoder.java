package dev.reeve.conformance.architecture.broken.gateway.eigen;

import dev.reeve.conformance.architecture.broken.gateway.cordum.CordumDecoder;

/// A dialect that leans on another.
public record EigenDecoder(CordumDecoder shared) {}
