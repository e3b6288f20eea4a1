package dev.reeve.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps the hits of one scan and makes the result of them. Confined to its session.
final class HitCollector implements Hits {
  private final ScanRules rules;
  private final List<Hit> hits = new ArrayList<>();
  private final List<Hit> plainHits = new ArrayList<>();
  private final long[] lastEnd;
  private final long[] lastPlainEnd;
  private final int[] kept;
  private final int[] keptPlain;
  private @Nullable Window window;
  private long base;
  private boolean overflow;

  private record Hit(DetectorInfo info, long start, long end, double confidence, String detail) {
    Finding finding() {
      return new Finding(
          info.scanner(),
          info.type(),
          info.name(),
          start,
          end,
          info.severity(),
          confidence,
          detail);
    }
  }

  HitCollector(ScanRules rules) {
    this.rules = rules;
    this.lastEnd = new long[rules.infos().size()];
    this.lastPlainEnd = new long[lastEnd.length];
    this.kept = new int[rules.scannerCount()];
    this.keptPlain = new int[kept.length];
  }

  void base(long offset) {
    base = offset;
  }

  void window(Window current) {
    window = current;
  }

  @Override
  public void add(DetectorInfo info, int start, int end, double confidence, String detail) {
    Window current = Objects.requireNonNull(window, "window");
    addAt(info, current.offset(start), current.offset(end), confidence, detail);
  }

  /// A hit by indices of the buffer.
  void addAt(DetectorInfo info, int start, int end, double confidence, String detail) {
    int id = rules.idOf(info);
    long from = base + start;
    if (end <= start || from < lastEnd[id]) {
      return;
    }
    if (!hasRoom(kept, id)) {
      return;
    }
    lastEnd[id] = base + end;
    hits.add(new Hit(info, from, base + end, confidence, detail));
  }

  /// A hit in the plain form, by indices of the buffer. It counts where the detector finds nothing
  /// in the bytes as they are.
  void addPlain(DetectorInfo info, int start, int end, double confidence, String detail) {
    int id = rules.idOf(info);
    long from = base + start;
    if (from < lastPlainEnd[id]) {
      return;
    }
    if (!hasRoom(keptPlain, id)) {
      return;
    }
    lastPlainEnd[id] = base + end;
    plainHits.add(new Hit(info, from, base + end, confidence, detail));
  }

  /// Each scanner has its own room: a flood for one hides nothing from the others.
  private boolean hasRoom(int[] counts, int detector) {
    int scanner = rules.scannerOf(detector);
    if (counts[scanner] == ScanLimits.HITS_MAX) {
      overflow = true;
      return false;
    }
    counts[scanner]++;
    return true;
  }

  ScanResult result() {
    if (hits.isEmpty() && plainHits.isEmpty()) {
      return ScanResult.CLEAN;
    }
    mergePlain();
    List<Span> spans =
        hits.stream()
            .map(hit -> new Span(hit.start, hit.end, hit.info.scanner(), hit.info.name()))
            .sorted(Comparator.comparingLong(Span::start).thenComparingLong(Span::end))
            .toList();
    List<Hit> kept = withoutGuesses();
    List<Finding> all = kept.stream().map(Hit::finding).toList();
    return new ScanResult(limited(kept), spans, all, overflow);
  }

  private void mergePlain() {
    if (plainHits.isEmpty()) {
      return;
    }
    Map<DetectorInfo, TreeMap<Long, Long>> taken = new HashMap<>();
    for (Hit hit : hits) {
      taken.computeIfAbsent(hit.info, _ -> new TreeMap<>()).put(hit.start, hit.end);
    }
    for (Hit hit : plainHits) {
      var before = taken.getOrDefault(hit.info, new TreeMap<>()).lowerEntry(hit.end);
      if (before == null || before.getValue() <= hit.start) {
        hits.add(hit);
      }
    }
  }

  /// Drops hits that overlap a more specific one of the same scanner.
  private List<Hit> withoutGuesses() {
    List<Hit> bySpecificity = new ArrayList<>(hits);
    bySpecificity.sort(Comparator.comparingInt((Hit hit) -> hit.info.rank()));
    Map<String, TreeMap<Long, Hit>> taken = new HashMap<>();
    List<Hit> kept = new ArrayList<>();
    for (Hit hit : bySpecificity) {
      TreeMap<Long, Hit> others = taken.computeIfAbsent(hit.info.scanner(), _ -> new TreeMap<>());
      Map.Entry<Long, Hit> before = others.floorEntry(hit.end - 1);
      boolean guess =
          before != null
              && before.getValue().end > hit.start
              && before.getValue().info.rank() < hit.info.rank();
      if (!guess) {
        kept.add(hit);
        others.merge(hit.start, hit, (a, b) -> a.end >= b.end ? a : b);
      }
    }
    kept.sort(Comparator.comparingLong(Hit::start).thenComparingLong(Hit::end));
    return kept;
  }

  private static List<Finding> limited(List<Hit> kept) {
    Map<String, Integer> perScanner = new HashMap<>();
    Map<DetectorInfo, Integer> perDetector = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Hit hit : kept) {
      int ofScanner = perScanner.getOrDefault(hit.info.scanner(), 0);
      int ofDetector = perDetector.getOrDefault(hit.info, 0);
      if (ofScanner < ScanLimits.FINDINGS_PER_SCANNER_MAX
          && ofDetector < ScanLimits.FINDINGS_PER_DETECTOR_MAX) {
        perScanner.put(hit.info.scanner(), ofScanner + 1);
        perDetector.put(hit.info, ofDetector + 1);
        findings.add(hit.finding());
      }
    }
    return findings;
  }
}
