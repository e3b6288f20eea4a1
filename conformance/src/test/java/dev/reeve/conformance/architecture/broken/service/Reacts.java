package dev.reeve.conformance.architecture.broken.service;

import java.util.concurrent.Flow;

record Reacts(Flow.Publisher<String> events) {}
