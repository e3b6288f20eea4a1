package dev.reeve.conformance.wire;

import java.util.ArrayList;
import java.util.List;

/// One thing that clients may rely on.
///
/// @param owner kind and full name of what it belongs to, for example `message cordum.v1.Job`
/// @param text the field, enum value or rpc; empty for the fact that the owner exists
record WireFact(String owner, String text) {
  /// Writes facts as text, each owner followed by its facts, indented.
  static String print(List<WireFact> facts) {
    StringBuilder text = new StringBuilder();
    for (WireFact fact : facts) {
      if (fact.text().isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n").append(fact.owner()).append('\n');
      } else {
        text.append("  ").append(fact.text()).append('\n');
      }
    }
    return text.toString();
  }

  /// Reads what [#print] wrote.
  static List<WireFact> parse(String text) {
    List<WireFact> facts = new ArrayList<>();
    String owner = "";
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      if (!line.startsWith(" ")) {
        owner = line;
      }
      facts.add(new WireFact(owner, line.startsWith(" ") ? line.strip() : ""));
    }
    return facts;
  }

  /// The fact as the contracts write it: without the JSON name and with short type names.
  WireFact asInContracts() {
    return new WireFact(
        owner, text.replaceAll(" json=\\w+", "").replaceAll("\\b(\\w+\\.)+(\\w+)", "$2"));
  }

  @Override
  public String toString() {
    return text.isEmpty() ? owner : owner + ": " + text;
  }
}
