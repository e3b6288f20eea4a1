package dev.reeve.governance.cif;

import dev.reeve.base.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The way in for a JSON payload: size, shape, then every text of it, names of members as well. A
/// text that is Base64 of JSON is looked at as that JSON. Thread-safe.
public final class CifIngress {
  private final BoundaryLimits limits;
  private final TextScreen screen;

  public CifIngress(BoundaryPack pack) {
    this.limits = pack.limits();
    this.screen = new TextScreen(pack);
  }

  /// Looks at a payload: its size, then all of it.
  public IngressResult check(JsonValue payload) {
    Optional<String> tooLarge = tooLarge(payload);
    return tooLarge.isPresent()
        ? refused(CifProblems.CIF_INGRESS_BLOCKED, payload, tooLarge.get())
        : look(payload);
  }

  /// What is wrong with the size of a payload.
  public Optional<String> tooLarge(JsonValue payload) {
    long chars = JsonText.write(payload).length();
    return chars > limits.requestChars()
        ? Optional.of(
            "size: " + chars + " characters (expected: at most " + limits.requestChars() + ")")
        : Optional.empty();
  }

  /// Looks at the shape and at every text.
  public IngressResult look(JsonValue payload) {
    Walk walk = new Walk();
    JsonValue clean = walk.value(payload, "", 1);
    if (!walk.violations.isEmpty()) {
      return new IngressResult(
          Optional.of(CifProblems.CIF_INGRESS_BLOCKED), walk.violations, walk.findings, payload);
    }
    if (walk.held) {
      List<String> violations =
          walk.findings.stream()
              .map(finding -> finding.path() + ": " + finding.detector())
              .distinct()
              .toList();
      return new IngressResult(
          Optional.of(CifProblems.CIF_QUARANTINED), violations, walk.findings, payload);
    }
    return new IngressResult(Optional.empty(), List.of(), walk.findings, clean);
  }

  private static IngressResult refused(ProblemCode code, JsonValue payload, String violation) {
    return new IngressResult(Optional.of(code), List.of(violation), List.of(), payload);
  }

  /// One look at one payload.
  private final class Walk {
    private static final int VIOLATIONS_MAX = 16;
    private static final int FINDINGS_MAX = 128;

    private final List<String> violations = new ArrayList<>();
    private final List<BoundaryFinding> findings = new ArrayList<>();
    private boolean held;

    JsonValue value(JsonValue value, String path, int depth) {
      return switch (value) {
        case JsonValue.Text text -> text(text, path, depth);
        case JsonValue.Items items -> items(items, path, depth);
        case JsonValue.Members members -> members(members, path, depth);
        case JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ -> value;
      };
    }

    private JsonValue items(JsonValue.Items items, String path, int depth) {
      if (isTooLarge(items.values().size(), path, depth)) {
        return items;
      }
      List<JsonValue> clean = new ArrayList<>(items.values().size());
      for (int i = 0; i < items.values().size(); i++) {
        clean.add(value(items.values().get(i), path + "[" + i + "]", depth + 1));
      }
      return new JsonValue.Items(clean);
    }

    private JsonValue members(JsonValue.Members members, String path, int depth) {
      if (isTooLarge(members.values().size(), path, depth)) {
        return members;
      }
      Map<String, JsonValue> clean = new LinkedHashMap<>();
      for (Map.Entry<String, JsonValue> member : members.values().entrySet()) {
        String name = screened(member.getKey(), path);
        String at = path.isEmpty() ? name : path + "." + name;
        JsonValue before = clean.put(name, value(member.getValue(), at, depth + 1));
        if (before != null) {
          held = true;
          add(new BoundaryFinding("member-collision", at, 0, name.length(), 1, false));
        }
      }
      return new JsonValue.Members(clean);
    }

    private JsonValue text(JsonValue.Text text, String path, int depth) {
      String value = text.value();
      if (value.length() > limits.stringChars()) {
        violation(path, value.length() + " characters", "at most " + limits.stringChars());
        return text;
      }
      Optional<JsonValue> wrapped = Base64Json.read(value);
      if (wrapped.isEmpty()) {
        return new JsonValue.Text(screened(value, path));
      }
      JsonValue clean = value(wrapped.get(), path, depth + 1);
      return clean.equals(wrapped.get()) ? text : new JsonValue.Text(Base64Json.write(clean));
    }

    private String screened(String text, String path) {
      TextScreen.Screened screened = screen.screen(text, TextScreen.Kind.DATA);
      held |= screened.held();
      screened.findings().forEach(finding -> add(finding.at(path)));
      return screened.text();
    }

    private boolean isTooLarge(int count, String path, int depth) {
      if (depth > limits.depth()) {
        violation(path, "depth " + depth, "at most " + limits.depth());
        return true;
      }
      if (count > limits.arrayItems()) {
        violation(path, count + " elements", "at most " + limits.arrayItems());
        return true;
      }
      return false;
    }

    private void violation(String path, String value, String expected) {
      if (violations.size() < VIOLATIONS_MAX) {
        violations.add(
            (path.isEmpty() ? "payload" : path) + ": " + value + " (expected: " + expected + ")");
      }
    }

    private void add(BoundaryFinding finding) {
      if (findings.size() < FINDINGS_MAX) {
        findings.add(finding);
      }
    }
  }
}
