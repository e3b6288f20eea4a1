package dev.reeve.conformance.architecture.broken.engine;

final class StartsThreads {
  void start(Runnable task) {
    Thread.ofVirtual().start(task);
  }
}
