package dev.reeve.governance.cif;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.reeve.governance.PackFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a [BoundaryPack].
final class BoundaryPackReader {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "version",
          "limits",
          "sanitise",
          "handlers",
          "quarantine",
          "personal_data",
          "secrets");

  private BoundaryPackReader() {}

  static BoundaryPack builtIn() {
    return of(PackFile.resource(BoundaryPackReader.class, "boundary.yaml"));
  }

  static BoundaryPack parse(String yaml) {
    return of(PackFile.parse(yaml));
  }

  private static BoundaryPack of(PackFile file) {
    file.allow(KEYS);
    PackFile handlers = file.section("handlers").allow(Set.of("id", "score", "except"));
    Map<String, PersonalDataAction> actions = new LinkedHashMap<>();
    PackFile data = file.section("personal_data");
    for (String detector : data.keys()) {
      Optional<PersonalDataAction> action = PersonalDataAction.of(data.text(detector));
      actions.put(
          detector,
          action.orElseThrow(() ->
              new IllegalArgumentException(
                  "personal_data."
                      + detector
                      + ": "
                      + data.text(detector)
                      + " (expected: allow,"
                      + " redact, mask, hash, tokenise or block)")));
    }
    return new BoundaryPack(
        file.text("name"),
        file.number("version").intValue(),
        limits(file.section("limits")),
        rules(file, "sanitise"),
        new HandlerAttributes(
            handlers.text("id"),
            handlers.number("score").doubleValue(),
            new HashSet<>(handlers.texts("except"))),
        rules(file, "quarantine"),
        actions,
        rules(file, "secrets"));
  }

  private static BoundaryLimits limits(PackFile limits) {
    limits.allow(Set.of("request_chars", "response_chars", "depth", "string_chars", "array_items"));
    return new BoundaryLimits(
        limits.number("request_chars").longValue(),
        limits.number("response_chars").longValue(),
        limits.number("depth").intValue(),
        limits.number("string_chars").longValue(),
        limits.number("array_items").intValue());
  }

  private static List<BoundaryRule> rules(PackFile file, String key) {
    List<BoundaryRule> rules = new ArrayList<>();
    for (PackFile rule : file.sections(key)) {
      rule.allow(Set.of("id", "keywords", "pattern", "score", "in_programs"));
      rules.add(
          new BoundaryRule(
              rule.text("id"),
              rule.texts("keywords"),
              pattern(rule),
              rule.number("score").doubleValue(),
              rule.truth("in_programs", true)));
    }
    return rules;
  }

  private static Pattern pattern(PackFile rule) {
    try {
      return Pattern.compile("(?i)" + rule.text("pattern"));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          rule.text("id") + ".pattern: " + e.getDescription() + " (expected: RE2 syntax)", e);
    }
  }
}
