package dev.reeve.policy;

import dev.reeve.policy.YamlNode.Place;

/// A text is no YAML document that we read. Says where; carries no stack trace, because it is about
/// the file and not about us.
final class YamlException extends RuntimeException {
  private final transient Place place;

  YamlException(Place place, String message) {
    super(message, null, false, false);
    this.place = place;
  }

  Place place() {
    return place;
  }
}
