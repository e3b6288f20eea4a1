package dev.reeve.scan;

import dev.reeve.base.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reads the rule files that are shipped as resources. A mistake in one is a defect and throws; the
/// files of users are read by [CustomScanners].
final class RuleFile {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "title",
          "keys",
          "token",
          "value",
          "phrase",
          "check",
          "entropy",
          "back",
          "severity",
          "confidence",
          "generic",
          "misses");

  private RuleFile() {}

  static List<PatternRule> read(String resource) {
    try (InputStream stream = RuleFile.class.getResourceAsStream(resource)) {
      String text =
          new String(
              Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
      return parse(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<PatternRule> parse(String text) {
    Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    String scanner = text(file, "scanner", "");
    String type = text(file, "type", "");
    List<PatternRule> rules = new ArrayList<>();
    for (Object rule : (List<?>) Objects.requireNonNull(file.get("rules"), "rules")) {
      rules.add(rule(scanner, type, (Map<?, ?>) rule));
    }
    return rules;
  }

  private static PatternRule rule(String scanner, String type, Map<?, ?> map) {
    String name = text(map, "name", "");
    for (Object key : map.keySet()) {
      Check.argument(KEYS.contains(key), "%s.%s (expected: one of %s)", name, key, KEYS);
    }
    List<String> keys = new ArrayList<>();
    for (Object key : (List<?>) Objects.requireNonNull(map.get("keys"), name)) {
      keys.add(key.toString());
    }
    boolean phrase = map.containsKey("phrase");
    boolean contextual = map.containsKey("value");
    boolean generic = "true".equals(text(map, "generic", "false"));
    DetectorInfo info =
        new DetectorInfo(
            scanner,
            type,
            name,
            text(map, "title", ""),
            Severity.of(text(map, "severity", "critical")).orElseThrow(),
            Double.parseDouble(text(map, "confidence", contextual ? "0.9" : "0.95")),
            generic
                ? DetectorInfo.GENERIC
                : contextual ? DetectorInfo.CONTEXTUAL : DetectorInfo.SPECIFIC,
            text(
                map,
                "misses",
                contextual ? "The value without the word before it." : "Encoded forms."));
    String regex =
        phrase
            ? "(?i)" + text(map, "phrase", "")
            : contextual
                ? PatternRule.afterKeyword(keys, text(map, "value", ""))
                : text(map, "token", "");
    Check.argument(!regex.isEmpty(), "%s: no token, value or phrase (expected: one)", name);
    Pattern pattern = Pattern.compile(regex);
    return new PatternRule(
        info,
        keys,
        pattern,
        Integer.parseInt(text(map, "back", "0")),
        !contextual && !phrase && !generic,
        !phrase && pattern.matcher("").groupCount() > 0,
        Double.parseDouble(text(map, "entropy", "0")),
        TokenCheck.of(
                text(map, "check", phrase ? "none" : contextual || generic ? "token" : "form"))
            .orElseThrow());
  }

  private static String text(Map<?, ?> map, String key, String otherwise) {
    Object value = map.get(key);
    return value == null ? otherwise : value.toString();
  }
}
