package dev.reeve.governance.cif;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Objects;

/// A rule of the pack that is a pattern: linear in the length of every text.
///
/// @param id name, as findings show it
/// @param keywords lower case; where none of them stands the pattern cannot match
/// @param pattern what it finds
/// @param score how sure it is
/// @param inPrograms whether it also holds for the source of programs
public record BoundaryRule(
    String id, List<String> keywords, Pattern pattern, double score, boolean inPrograms) {
  public BoundaryRule {
    Objects.requireNonNull(id, "id");
    keywords = List.copyOf(keywords);
  }

  /// @param probe the text in lower case, without tabs and line ends
  boolean mayMatch(String probe) {
    for (String keyword : keywords) {
      if (probe.contains(keyword)) {
        return true;
      }
    }
    return false;
  }
}
