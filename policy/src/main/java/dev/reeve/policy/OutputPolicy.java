package dev.reeve.policy;

import java.util.Optional;

/// How output rules run; what the file does not say is absent.
///
/// @param enabled whether they run
/// @param failClosed whether a result that could not be checked is held back
public record OutputPolicy(Optional<Boolean> enabled, Optional<Boolean> failClosed) {
  public static final OutputPolicy UNSAID = new OutputPolicy(Optional.empty(), Optional.empty());

  /// Whether so many rules are applied: when it says so, or says nothing about failing either.
  public boolean applies(int rules) {
    return rules > 0 && enabled.orElse(failClosed.isEmpty());
  }
}
