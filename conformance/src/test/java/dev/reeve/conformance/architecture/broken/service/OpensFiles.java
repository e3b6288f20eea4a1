package dev.reeve.conformance.architecture.broken.service;

import java.nio.file.Files;
import java.nio.file.Path;

final class OpensFiles {
  boolean exists(Path path) {
    return Files.exists(path);
  }
}
