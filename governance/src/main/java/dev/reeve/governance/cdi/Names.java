package dev.reeve.governance.cdi;

import dev.reeve.governance.cif.Normaliser;

/// Compares names that people write in many ways.
final class Names {
  private Names() {}

  /// A name without case, blanks and punctuation: `mergeAgentState` is `MERGE-agent_state`.
  static String fold(String name) {
    String normal = isNormal(name) ? name : Normaliser.normalise(name).text();
    StringBuilder folded = new StringBuilder(normal.length());
    for (int i = 0; i < normal.length(); i++) {
      char c = normal.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        folded.append(Character.toLowerCase(c));
      }
    }
    return folded.toString();
  }

  /// Whether anything of a name is left when it is folded. Makes no text of the usual ones.
  static boolean isName(String name) {
    return isNormal(name) ? hasLetterOrDigit(name) : !fold(name).isEmpty();
  }

  private static boolean hasLetterOrDigit(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLetterOrDigit(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /// Whether a name is surely its own normal form: printable ASCII without escapes.
  private static boolean isNormal(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c > '~' || c == '%' || c == '&' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /// The last part of an action's id.
  static String lastPart(String action) {
    return action.substring(action.lastIndexOf(':') + 1);
  }
}
