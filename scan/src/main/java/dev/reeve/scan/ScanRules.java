package dev.reeve.scan;

import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A set of detectors, compiled. Takes some tens of milliseconds to build; share it. Immutable and
/// thread-safe.
public final class ScanRules {
  private final List<Detector> detectors;
  private final List<RegexDetector> regexes;
  private final Map<String, Integer> idByName;
  private final List<DetectorInfo> infos;
  private final TriggerAutomaton automaton;
  private final Detector[] byTrigger;
  private final int[] triggerLengths;

  /// Number of the scanner of each detector.
  private final int[] scanners;

  private final int scannerCount;

  private ScanRules(List<Detector> detectors, List<RegexDetector> regexes) {
    this.detectors = List.copyOf(detectors);
    this.regexes = List.copyOf(regexes);
    this.infos = new ArrayList<>();
    this.idByName = new HashMap<>();
    for (Detector detector : this.detectors) {
      detector.infos().forEach(this::name);
    }
    this.regexes.forEach(regex -> name(regex.info()));
    List<String> names = infos.stream().map(DetectorInfo::scanner).distinct().toList();
    this.scanners = infos.stream().mapToInt(info -> names.indexOf(info.scanner())).toArray();
    this.scannerCount = names.size();
    List<Trigger> triggers = new ArrayList<>();
    List<Detector> owners = new ArrayList<>();
    for (Detector detector : this.detectors) {
      for (Trigger trigger : detector.triggers()) {
        triggers.add(trigger);
        owners.add(detector);
      }
    }
    this.automaton = TriggerAutomaton.of(triggers);
    this.byTrigger = owners.toArray(Detector[]::new);
    this.triggerLengths = triggers.stream().mapToInt(Trigger::length).toArray();
  }

  private void name(DetectorInfo info) {
    Integer taken = idByName.putIfAbsent(key(info), infos.size());
    Check.argument(taken == null, "detector: %s (expected: a name used once)", key(info));
    infos.add(info);
  }

  private static String key(DetectorInfo info) {
    return info.scanner() + "/" + info.name();
  }

  /// All detectors of this module.
  public static ScanRules builtIn() {
    return builder().addBuiltIn().build();
  }

  /// Starts from nothing.
  public static Builder builder() {
    return new Builder();
  }

  /// Every detector there is, in order of rules.
  public List<DetectorInfo> infos() {
    return List.copyOf(infos);
  }

  /// The names of all scanners, sorted.
  public Set<String> scanners() {
    Set<String> names = new TreeSet<>();
    infos.forEach(info -> names.add(info.scanner()));
    return names;
  }

  TriggerAutomaton automaton() {
    return automaton;
  }

  List<RegexDetector> regexes() {
    return regexes;
  }

  Detector detector(int trigger) {
    return byTrigger[trigger];
  }

  int triggerLength(int trigger) {
    return triggerLengths[trigger];
  }

  /// Number of the scanner that a detector belongs to.
  int scannerOf(int detector) {
    return scanners[detector];
  }

  int scannerCount() {
    return scannerCount;
  }

  int idOf(DetectorInfo info) {
    int id = idByName.getOrDefault(key(info), -1);
    Check.argument(id >= 0, "detector: %s (expected: one of its infos())", key(info));
    return id;
  }

  /// Collects detectors. Not thread-safe.
  public static final class Builder {
    private final List<Detector> detectors = new ArrayList<>();
    private final List<RegexDetector> regexes = new ArrayList<>();

    private Builder() {}

    /// All detectors of this module.
    public Builder addBuiltIn() {
      return addAll(BuiltInDetectors.all());
    }

    /// The detectors of plug-ins that are visible to a class loader.
    public Builder addPlugIns(ClassLoader loader) {
      for (DetectorProvider provider : ServiceLoader.load(DetectorProvider.class, loader)) {
        addAll(provider.detectors());
      }
      return this;
    }

    /// These detectors.
    public Builder addAll(Collection<? extends Detector> more) {
      detectors.addAll(more);
      return this;
    }

    /// Words to look for, in any case.
    public Builder addKeywords(Collection<String> keywords) {
      return addAll(KeywordDetector.all(keywords));
    }

    /// Regular expressions of one rule, under a scanner of their own.
    ///
    /// @param scanner the scanner that their hits belong to
    /// @param severity of their findings
    public Builder addPatterns(
        String scanner, Severity severity, Collection<? extends SafeRegex> patterns) {
      patterns.stream()
          .map(pattern -> RegexDetector.ofRule(scanner, severity, pattern))
          .filter(regex -> regexes.stream().noneMatch(other -> other.info().equals(regex.info())))
          .forEach(regexes::add);
      return this;
    }

    /// Scanners of the user; one that has the name of a built-in scanner replaces it.
    public Builder addCustom(CustomScanners custom) {
      keepScanners(scanner -> !custom.scanners().contains(scanner));
      regexes.addAll(custom.detectors());
      return this;
    }

    /// Drops detectors whose scanner does not pass.
    public Builder keepScanners(Predicate<String> kept) {
      detectors.removeIf(d -> d.infos().stream().noneMatch(i -> kept.test(i.scanner())));
      regexes.removeIf(r -> !kept.test(r.info().scanner()));
      return this;
    }

    /// Compiles.
    ///
    /// @throws IllegalArgumentException when two detectors of a scanner have one name
    public ScanRules build() {
      return new ScanRules(detectors, regexes);
    }
  }
}
