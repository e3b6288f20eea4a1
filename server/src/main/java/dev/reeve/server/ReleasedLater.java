package dev.reeve.server;

import java.util.function.UnaryOperator;

/// Looks at words once it is known how: what speaks is connected before the gate is built. Until
/// then nothing is released. Safe on any thread.
final class ReleasedLater implements UnaryOperator<String> {
  private static final String WITHHELD = "[REDACTED]";

  private volatile UnaryOperator<String> released = _ -> WITHHELD;

  /// From now on words are looked at like this.
  void by(UnaryOperator<String> look) {
    released = look;
  }

  @Override
  public String apply(String words) {
    return released.apply(words);
  }
}
