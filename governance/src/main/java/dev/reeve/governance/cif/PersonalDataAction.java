package dev.reeve.governance.cif;

import java.util.Locale;
import java.util.Optional;

/// What is done to personal data on its way out.
public enum PersonalDataAction {
  /// It passes and is reported.
  ALLOW,
  /// `[REDACTED]` in its place.
  REDACT,
  /// All but its last four characters become `*`.
  MASK,
  /// A keyed hash in its place: equal data have equal hashes.
  HASH,
  /// A token in its place that the holder of the key can turn back.
  TOKENISE,
  /// The whole response is refused.
  BLOCK;

  /// By its name in lower case.
  public static Optional<PersonalDataAction> of(String word) {
    for (PersonalDataAction action : values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
