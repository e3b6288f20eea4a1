package dev.reeve.conformance.architecture.broken.gateway;

import dev.reeve.conformance.architecture.broken.store.Database;

record KnowsAnotherAdapter(Database database) {}
