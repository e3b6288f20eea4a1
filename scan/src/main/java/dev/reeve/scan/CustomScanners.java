package dev.reeve.scan;

import dev.reeve.base.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Scanners that a user wrote. The file: `scanners.<name>.{finding_type, description,
/// patterns[{name, regex, severity, confidence}]}`. Immutable.
public final class CustomScanners {
  private static final int FILE_CHARACTERS_MAX = 1_048_576;
  private static final int PATTERNS_MAX = 500;
  private static final double CONFIDENCE = 0.9;
  private static final Set<String> SCANNER_KEYS = Set.of("finding_type", "description", "patterns");
  private static final Set<String> PATTERN_KEYS =
      Set.of("name", "regex", "severity", "confidence", "context_required", "description");

  private final Map<String, List<RegexDetector>> byScanner;

  private CustomScanners(Map<String, List<RegexDetector>> byScanner) {
    this.byScanner = byScanner;
  }

  /// Reads the text of a file.
  ///
  /// @throws ProblemException `SCAN_RULES_INVALID` or `SCAN_REGEX_REFUSED`, naming the place
  public static CustomScanners parse(String yaml) {
    if (yaml.length() > FILE_CHARACTERS_MAX) {
      throw invalid("file", yaml.length() + " characters", "at most " + FILE_CHARACTERS_MAX);
    }
    Map<?, ?> file = mapping("file", load(yaml));
    onlyKeys("file", file, Set.of("scanners"));
    Map<String, List<RegexDetector>> all = new LinkedHashMap<>();
    int patterns = 0;
    for (Map.Entry<?, ?> entry : mapping("scanners", file.get("scanners")).entrySet()) {
      String name = ScannerNames.canonical(String.valueOf(entry.getKey()));
      List<RegexDetector> detectors = scanner(name, mapping("scanners." + name, entry.getValue()));
      patterns += detectors.size();
      if (all.put(name, detectors) != null) {
        throw invalid("scanners." + name, name, "each scanner once");
      }
    }
    if (patterns > PATTERNS_MAX) {
      throw invalid("scanners", patterns + " patterns", "at most " + PATTERNS_MAX);
    }
    return new CustomScanners(all);
  }

  /// The names of the scanners, which take the place of built-in ones.
  public Set<String> scanners() {
    return Set.copyOf(byScanner.keySet());
  }

  List<RegexDetector> detectors() {
    return byScanner.values().stream().flatMap(List::stream).toList();
  }

  private static Object load(String yaml) {
    LoadSettings settings =
        LoadSettings.builder().setMaxAliasesForCollections(0).setAllowDuplicateKeys(false).build();
    try {
      Object file = new Load(settings).loadFromString(yaml);
      return file == null ? Map.of("scanners", Map.of()) : file;
    } catch (YamlEngineException e) {
      throw ScanProblems.SCAN_RULES_INVALID.because("not YAML: " + e.getMessage()).toException();
    }
  }

  private static List<RegexDetector> scanner(String name, Map<?, ?> map) {
    String path = "scanners." + name;
    onlyKeys(path, map, SCANNER_KEYS);
    if (!(map.get("patterns") instanceof List<?> patterns)) {
      throw invalid(path + ".patterns", "", "a list");
    }
    String type = text(map, "finding_type", name);
    List<RegexDetector> detectors = new ArrayList<>();
    int index = 0;
    for (Object pattern : patterns) {
      String at = path + ".patterns[" + index++ + "]";
      detectors.add(pattern(at, name, type, mapping(at, pattern)));
    }
    return List.copyOf(detectors);
  }

  private static RegexDetector pattern(String at, String scanner, String type, Map<?, ?> map) {
    onlyKeys(at, map, PATTERN_KEYS);
    String name = text(map, "name", "");
    if (name.isEmpty()) {
      throw invalid(at + ".name", name, "a name");
    }
    String severity = text(map, "severity", Severity.HIGH.word());
    DetectorInfo info =
        new DetectorInfo(
            scanner,
            type,
            name,
            text(map, "description", name),
            Severity.of(severity)
                .orElseThrow(
                    () -> invalid(at + ".severity", severity, "low, medium, high or critical")),
            confidence(at, text(map, "confidence", String.valueOf(CONFIDENCE))),
            DetectorInfo.SPECIFIC,
            "What its expression does not say.");
    return new RegexDetector(info, SafeRegex.compile(text(map, "regex", "")));
  }

  private static double confidence(String at, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value > 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw invalid(at + ".confidence", text, "a number above 0, at most 1");
    }
    throw invalid(at + ".confidence", text, "a number above 0, at most 1");
  }

  private static String text(Map<?, ?> map, String key, String otherwise) {
    Object value = map.get(key);
    return value == null ? otherwise : value.toString();
  }

  private static Map<?, ?> mapping(String path, @org.jspecify.annotations.Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw invalid(path, String.valueOf(value), "a mapping");
  }

  private static void onlyKeys(String path, Map<?, ?> map, Set<String> known) {
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw invalid(
            path + "." + key, String.valueOf(key), "one of " + known.stream().sorted().toList());
      }
    }
  }

  private static ProblemException invalid(String path, String value, String expected) {
    return ScanProblems.SCAN_RULES_INVALID.field(path, value, expected).toException();
  }
}
