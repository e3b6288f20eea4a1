package dev.reeve.conformance.architecture.broken.policy;

import dev.reeve.conformance.architecture.broken.quantum.Circuit;

record KnowsAnotherDomain(Circuit circuit) {}
