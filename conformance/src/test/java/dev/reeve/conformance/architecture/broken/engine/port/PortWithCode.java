package dev.reeve.conformance.architecture.broken.engine.port;

final class PortWithCode {}
