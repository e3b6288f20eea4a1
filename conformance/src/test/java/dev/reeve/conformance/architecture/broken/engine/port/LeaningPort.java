package dev.reeve.conformance.architecture.broken.engine.port;

import dev.reeve.conformance.architecture.broken.engine.Writer;

interface LeaningPort {
  Writer writer();
}
