package dev.reeve.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A request made ready for comparison: names folded, blanks dropped.
///
/// @param tenant folded, never blank
/// @param topic as it is
/// @param capability folded; empty for none
/// @param riskTags folded, none of them blank
/// @param labels as they are
/// @param input the request itself
record Probe(
    String tenant,
    String topic,
    String capability,
    List<String> riskTags,
    Map<String, String> labels,
    PolicyInput input) {

  static Probe of(PolicyInput input, String tenant) {
    return new Probe(
        fold(tenant),
        input.topic(),
        fold(input.capability()),
        foldAll(input.riskTags()),
        input.labels(),
        input);
  }

  /// The form in which names are equal when they differ in case or surrounding blanks only. Gives
  /// the same text back when it has that form already, which is the usual case.
  static String fold(String name) {
    int length = name.length();
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      if (c <= ' ' || (c >= 'A' && c <= 'Z') || c >= 0x80) {
        return foldSlowly(name);
      }
    }
    return name;
  }

  private static String foldSlowly(String name) {
    char[] chars = name.strip().toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = Character.toLowerCase(Character.toUpperCase(chars[i]));
    }
    return new String(chars);
  }

  private static List<String> foldAll(List<String> names) {
    if (names.isEmpty()) {
      return names;
    }
    List<String> folded = new ArrayList<>(names.size());
    for (String name : names) {
      String one = fold(name);
      if (!one.isEmpty()) {
        folded.add(one);
      }
    }
    return folded;
  }
}
