package dev.reeve.conformance.architecture.broken.service;

import dev.reeve.conformance.architecture.broken.wire.Message;

record KnowsTheWire(Message message) {}
