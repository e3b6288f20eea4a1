package dev.reeve.governance.cif;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;

/// Looks at one text by the rules of a pack: cuts out what may be cut out, finds what must be held.
///
/// Plain text without any of the characters that rules begin with costs one pass over it. Immutable
/// and thread-safe.
public final class TextScreen {
  /// Rounds of cutting; a text that is not clean by then was made to outlast it, and is held.
  static final int ROUNDS_MAX = 32;

  private static final String UNSETTLED = "nested-encoding";
  private static final int FINDINGS_MAX = 64;

  /// What a text is.
  public enum Kind {
    /// Data, which may be cleaned.
    DATA,
    /// The source of a program, which is taken as it is or not at all.
    PROGRAM
  }

  /// What became of a text.
  ///
  /// @param text the text, cleaned
  /// @param findings what was found, without a path
  /// @param held whether it must be refused and put aside
  public record Screened(String text, List<BoundaryFinding> findings, boolean held) {
    public Screened {
      findings = List.copyOf(findings);
    }
  }

  private final BoundaryPack pack;

  public TextScreen(BoundaryPack pack) {
    this.pack = pack;
  }

  /// Whether nothing in it can matter. Cheap; most texts end here.
  public static boolean isPlain(String text) {
    return CharacterTraits.of(text) == CharacterTraits.PLAIN;
  }

  /// Looks at a text.
  public Screened screen(String text, Kind kind) {
    int traits = CharacterTraits.of(text);
    if (traits == CharacterTraits.PLAIN) {
      return new Screened(text, List.of(), false);
    }
    List<BoundaryFinding> findings = new ArrayList<>();
    return kind == Kind.PROGRAM ? program(text, findings) : data(text, findings);
  }

  private Screened program(String text, List<BoundaryFinding> findings) {
    Normaliser.Normal normal = Normaliser.normalise(text);
    boolean held = !normal.settled() && unsettled(text, findings);
    for (List<BoundaryRule> rules : List.of(pack.sanitise(), pack.quarantine())) {
      held |= look(rules, text, normal.text(), true, findings);
    }
    return new Screened(text, findings, held);
  }

  private Screened data(String text, List<BoundaryFinding> findings) {
    String now = text;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Normaliser.Normal normal = Normaliser.normalise(now);
      if (!normal.settled()) {
        return new Screened(now, findings, unsettled(now, findings));
      }
      String cut = cut(now, false, true, findings);
      if (cut.equals(now) && !normal.text().equals(now)) {
        String clean = cut(normal.text(), true, true, findings);
        cut = clean.equals(normal.text()) ? now : clean;
      }
      if (cut.equals(now)) {
        String unwrapped = normal.text();
        boolean held = look(pack.quarantine(), now, unwrapped, false, findings);
        return new Screened(now, findings, held);
      }
      now = cut;
    }
    return new Screened(now, findings, unsettled(now, findings));
  }

  private static boolean unsettled(String text, List<BoundaryFinding> findings) {
    return add(findings, new BoundaryFinding(UNSETTLED, "", 0, text.length(), 0.9, true));
  }

  /// One round of cutting: by the first rule that finds something, so that what a wider rule would
  /// take apart is seen whole by the narrower one.
  private String cut(String text, boolean encoded, boolean report, List<BoundaryFinding> findings) {
    String withoutHandlers = cutHandlers(text, encoded, report, findings);
    if (!withoutHandlers.equals(text)) {
      return withoutHandlers;
    }
    String probe = probe(text);
    for (BoundaryRule rule : pack.sanitise()) {
      String cut = rule.mayMatch(probe) ? cut(text, rule, encoded, report, findings) : text;
      if (!cut.equals(text)) {
        return cut;
      }
    }
    return text;
  }

  private String cutHandlers(
      String text, boolean encoded, boolean report, List<BoundaryFinding> findings) {
    HandlerAttributes rule = pack.handlers();
    List<HandlerAttributes.Place> places = rule.find(text);
    StringBuilder out = new StringBuilder(places.isEmpty() ? 0 : text.length());
    int kept = 0;
    for (HandlerAttributes.Place place : places) {
      out.append(text, kept, place.start());
      kept = place.end();
      if (report) {
        found(rule.id(), rule.score(), text, place.start(), kept, encoded, findings);
      }
    }
    return kept == 0 ? text : out.append(text, kept, text.length()).toString();
  }

  private static String cut(
      String text,
      BoundaryRule rule,
      boolean encoded,
      boolean report,
      List<BoundaryFinding> findings) {
    Matcher matcher = rule.pattern().matcher(text);
    StringBuilder out = new StringBuilder(text.length());
    int kept = 0;
    while (matcher.find()) {
      out.append(text, kept, matcher.start());
      kept = matcher.end();
      if (report) {
        found(rule.id(), rule.score(), text, matcher.start(), kept, encoded, findings);
      }
    }
    return kept == 0 ? text : out.append(text, kept, text.length()).toString();
  }

  /// Whether one of the rules finds something, in the text or in its normal form.
  private static boolean look(
      List<BoundaryRule> rules,
      String text,
      String unwrapped,
      boolean inProgram,
      List<BoundaryFinding> findings) {
    String probe = probe(text);
    String normalProbe = unwrapped.equals(text) ? probe : probe(unwrapped);
    boolean any = false;
    for (BoundaryRule rule : rules) {
      if (inProgram && !rule.inPrograms()) {
        continue;
      }
      boolean plainly = rule.mayMatch(probe) && find(rule, text, false, findings);
      any |= plainly;
      if (!plainly && !unwrapped.equals(text) && rule.mayMatch(normalProbe)) {
        any |= find(rule, unwrapped, true, findings);
      }
    }
    return any;
  }

  private static boolean find(
      BoundaryRule rule, String text, boolean encoded, List<BoundaryFinding> findings) {
    Matcher matcher = rule.pattern().matcher(text);
    return matcher.find()
        && found(rule.id(), rule.score(), text, matcher.start(), matcher.end(), encoded, findings);
  }

  private static boolean found(
      String detector,
      double score,
      String text,
      int start,
      int end,
      boolean encoded,
      List<BoundaryFinding> findings) {
    return add(
        findings,
        new BoundaryFinding(
            detector, "", encoded ? 0 : start, encoded ? text.length() : end, score, encoded));
  }

  private static boolean add(List<BoundaryFinding> findings, BoundaryFinding finding) {
    if (findings.size() < FINDINGS_MAX) {
      findings.add(finding);
    }
    return true;
  }

  /// Lower case, without what browsers pass over inside of a scheme.
  private static String probe(String text) {
    StringBuilder probe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        probe.append((char) (c | 0x20));
      } else if (c != '\t' && c != '\n' && c != '\r') {
        probe.append(c);
      }
    }
    return probe.toString();
  }
}
