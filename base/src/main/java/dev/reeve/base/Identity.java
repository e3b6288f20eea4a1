package dev.reeve.base;

import org.jspecify.annotations.Nullable;

/// Compares objects by what they are, not by what they hold: for what is remembered about one
/// object, where an equal one may simply be asked about again. The one place in the house that
/// does.
public final class Identity {
  private Identity() {}

  /// Whether both are one and the same object.
  @SuppressWarnings("ReferenceEquality") // what it is for
  public static boolean isSame(@Nullable Object one, @Nullable Object other) {
    return one == other;
  }
}
