package dev.reeve.base;

import com.google.errorprone.annotations.FormatMethod;

/// Checks that stay on in production. An argument check blames the caller in our own code, a state
/// check says that an invariant of ours is broken; neither is ever answered to a client as its
/// error.
public final class Check {
  private Check() {}

  @FormatMethod
  public static void argument(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(message, values));
    }
  }

  @FormatMethod
  public static void state(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalStateException(String.format(message, values));
    }
  }
}
