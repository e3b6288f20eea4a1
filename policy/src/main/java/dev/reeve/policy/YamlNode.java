package dev.reeve.policy;

import java.util.List;
import java.util.Set;

/// A piece of a YAML file and where it stands. Scalars keep their text as it was written, so that a
/// version `1.10` is not the number 1.1.
sealed interface YamlNode {
  Place place();

  /// The word for messages.
  String kind();

  /// Where something stands, both from 1.
  record Place(int line, int column) {
    static final Place START = new Place(1, 1);
  }

  /// @param plain whether it was written without quotes
  record Scalar(Place place, String text, boolean plain) implements YamlNode {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    /// Whether nothing was written, or one of the words for nothing.
    boolean isNull() {
      return plain && NULLS.contains(text);
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "a text";
    }
  }

  record Sequence(Place place, List<YamlNode> elements) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Mapping(Place place, List<Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  record Entry(Scalar key, YamlNode value) {}
}
