package dev.reeve.cli;

import dev.reeve.wire.reeve.v1.JobEvent;

/// Shows the events of jobs as they come. Used by one thread.
interface EventPrinter {
  void show(JobEvent event);

  /// Takes back what is only there for the moment, so that something else can be printed.
  default void pause() {}

  /// Whether the reader is gone, so that there is nobody left to show anything to.
  boolean isBroken();
}
