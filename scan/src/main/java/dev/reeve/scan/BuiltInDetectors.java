package dev.reeve.scan;

import java.util.ArrayList;
import java.util.List;

/// Everything that this module detects by itself.
final class BuiltInDetectors {
  private static final List<String> FILES =
      List.of("secrets.yaml", "injection.yaml", "prompt_injection.yaml");

  private BuiltInDetectors() {}

  static List<Detector> all() {
    List<Detector> all = new ArrayList<>();
    for (String file : FILES) {
      RuleFile.read(file).forEach(rule -> all.add(new PatternDetector(rule)));
    }
    all.add(new PrivateKeyDetector());
    all.add(new NumberDetector());
    all.add(new PhoneDetector());
    all.add(new IbanDetector());
    all.add(new LetteredIdDetector());
    all.add(new EmailDetector());
    all.add(new IpAddressDetector());
    return all;
  }
}
