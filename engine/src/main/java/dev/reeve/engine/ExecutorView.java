package dev.reeve.engine;

import java.util.List;

/// One executor as a listing shows it.
///
/// @param workerId its stable id
/// @param routes what it serves, sorted
/// @param connected whether it is connected now
/// @param credit jobs it would take now
/// @param attempts jobs in its hands
/// @param silentMillis time since its last sign
public record ExecutorView(
    String workerId,
    List<String> routes,
    boolean connected,
    int credit,
    int attempts,
    long silentMillis) {
  public ExecutorView {
    routes = List.copyOf(routes);
  }
}
