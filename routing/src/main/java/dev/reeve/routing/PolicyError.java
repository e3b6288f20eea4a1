package dev.reeve.routing;

/// What is wrong with a policy.
///
/// @param path such as `providers[0].weight`; empty for the policy as a whole
/// @param message what is there and what was expected
public record PolicyError(String path, String message) {
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
