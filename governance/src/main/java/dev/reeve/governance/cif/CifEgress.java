package dev.reeve.governance.cif;

import com.google.re2j.Matcher;
import dev.reeve.base.ProblemCode;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.Finding;
import dev.reeve.scan.ScanResult;
import dev.reeve.scan.ScannerNames;
import dev.reeve.scan.Span;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The way out for a JSON payload: its size, estimated and true; secrets, which stop it; personal
/// data, which are made unreadable. Thread-safe.
public final class CifEgress {
  private static final String FLOOD =
      "content: more secrets or personal data than can be made unreadable (expected: less)";

  /// Rounds in which a flood of personal data is made unreadable, a scan's worth at a time.
  private static final int FLOODED_ROUNDS_MAX = 64;

  private static final int FLOODED_BYTES_MAX = 4 * 1024 * 1024;
  private static final double SCORE_DEFAULT = 0.9;
  private static final String SK_KEY = "sk-key";
  private static final int SK_KEY_LENGTH_MIN = 35;
  private static final String QUOTED = "quoted-";
  private static final double GUESS_CONFIDENCE_MAX = 0.6;

  private final BoundaryPack pack;
  private final ContentScanner scanner;
  private final DataKey key;

  /// @param scanner with at least the detectors for secrets and personal data
  /// @param key for hashes and tokens
  public CifEgress(BoundaryPack pack, ContentScanner scanner, DataKey key) {
    this.pack = pack;
    this.scanner = scanner;
    this.key = key;
  }

  /// Looks at a payload: its size, then all of it.
  public EgressResult check(JsonValue payload) {
    long max = pack.limits().responseChars();
    long estimate = estimate(payload);
    if (estimate > max) {
      return refused(
          payload, "RESPONSE_TOO_LARGE: about " + estimate + " (expected: at most " + max + ")");
    }
    long chars = JsonText.write(payload).length();
    return chars > max
        ? refused(
            payload, "RESPONSE_TOO_LARGE: " + chars + " characters (expected: at most " + max + ")")
        : look(payload);
  }

  private static EgressResult refused(JsonValue payload, String violation) {
    return new EgressResult(
        Optional.of(CifProblems.CIF_EGRESS_BLOCKED),
        List.of(violation),
        List.of(),
        Map.of(),
        payload);
  }

  /// About how many bytes a payload takes: 2 for a character, 8 for a number, 4 for a truth or
  /// null; names count.
  static long estimate(JsonValue value) {
    return switch (value) {
      case JsonValue.Text text -> 2L * text.value().length();
      case JsonValue.Numeral _ -> 8;
      case JsonValue.Truth _, JsonValue.Absent _ -> 4;
      case JsonValue.Items items -> {
        long sum = 0;
        for (JsonValue item : items.values()) {
          sum += estimate(item);
        }
        yield sum;
      }
      case JsonValue.Members members -> {
        long sum = 0;
        for (Map.Entry<String, JsonValue> member : members.values().entrySet()) {
          sum += 2L * member.getKey().length() + estimate(member.getValue());
        }
        yield sum;
      }
    };
  }

  /// Looks for secrets and personal data.
  public EgressResult look(JsonValue payload) {
    EgressFindings found = new EgressFindings();
    EgressResult result = lookOnce(payload, found, 0);
    for (int round = 1; round <= FLOODED_ROUNDS_MAX && isFlooded(result); round++) {
      if (result.payload().equals(payload)) {
        break;
      }
      result = lookOnce(result.payload(), found, round);
    }
    return isFlooded(result) ? result(result.refusal(), List.of(FLOOD), found, payload) : result;
  }

  /// Only part of what is there was found and made unreadable.
  private static boolean isFlooded(EgressResult result) {
    return !result.allowed() && result.violations().equals(List.of(FLOOD));
  }

  /// @param found gets what is found; what was found in a round before is not there any more
  /// @param round from 0
  private EgressResult lookOnce(JsonValue payload, EgressFindings found, int round) {
    FlatText flat = FlatText.of(payload);
    ScanResult scan = scanner.scan(flat.content());
    if (secrets(flat, scan, found)) {
      return result(Optional.of(CifProblems.CIF_LEAK_DETECTED), found.violations(), found, payload);
    }
    EgressRewrite rewrite = new EgressRewrite(pack.personalData(), key, flat);
    for (Span span : scan.spans()) {
      if (pack.personalData().containsKey(span.detector())) {
        // What is allowed stays where it is, and is found again.
        boolean counted = round > 0 && isAllowed(span);
        rewrite.found(span, score(scan, span)).filter(_ -> !counted).ifPresent(found::add);
      }
    }
    if (scan.overflow() && !rewrite.isBlocked()) {
      boolean goesOn = flat.content().size() <= FLOODED_BYTES_MAX;
      return result(
          Optional.of(CifProblems.CIF_EGRESS_BLOCKED),
          List.of(FLOOD),
          found,
          goesOn ? rewrite.apply(payload) : payload);
    }
    return rewrite.isBlocked()
        ? result(Optional.of(CifProblems.CIF_EGRESS_BLOCKED), found.violations(), found, payload)
        : result(Optional.empty(), List.of(), found, rewrite.apply(payload));
  }

  private boolean isAllowed(Span span) {
    return pack.personalData().get(span.detector()) == PersonalDataAction.ALLOW;
  }

  private static EgressResult result(
      Optional<ProblemCode> refusal,
      List<String> violations,
      EgressFindings found,
      JsonValue payload) {
    return new EgressResult(refusal, violations, found.places(), found.counts(), payload);
  }

  private static double score(ScanResult scan, Span span) {
    return scan.findings().stream()
        .filter(finding -> finding.start() == span.start())
        .mapToDouble(Finding::confidence)
        .findFirst()
        .orElse(SCORE_DEFAULT);
  }

  private boolean secrets(FlatText flat, ScanResult scan, EgressFindings found) {
    boolean any = false;
    for (Finding finding : scan.all()) {
      if (finding.scanner().equals(ScannerNames.SECRET) && !isOfResultsOnly(finding)) {
        any = true;
        place(flat, finding).ifPresent(found::add);
      }
    }
    for (FlatText.Piece piece : flat.pieces()) {
      any |= contractSecrets(piece, found);
    }
    return any;
  }

  /// What a rule about results may act on and the boundary lets pass: a bare `sk-` token that is
  /// shorter than its contract says, and a guess about a value in quotes.
  private static boolean isOfResultsOnly(Finding finding) {
    boolean shortKey = finding.detector().equals(SK_KEY) && finding.length() < SK_KEY_LENGTH_MIN;
    boolean guess =
        finding.detector().startsWith(QUOTED) && finding.confidence() <= GUESS_CONFIDENCE_MAX;
    return shortKey || guess;
  }

  private boolean contractSecrets(FlatText.Piece piece, EgressFindings found) {
    boolean any = false;
    String probe = piece.text().toLowerCase(Locale.ROOT);
    for (BoundaryRule rule : pack.secrets()) {
      if (rule.mayMatch(probe)) {
        Matcher matcher = rule.pattern().matcher(piece.text());
        while (matcher.find()) {
          any = true;
          found.add(
              new BoundaryFinding(
                  rule.id(), piece.path(), matcher.start(), matcher.end(), rule.score(), false));
        }
      }
    }
    return any;
  }

  private static Optional<BoundaryFinding> place(FlatText flat, Finding finding) {
    return flat.pieces().stream()
        .filter(piece -> finding.start() < piece.end() && finding.end() > piece.start())
        .findFirst()
        .map(piece ->
            new BoundaryFinding(
                finding.detector(),
                piece.path(),
                piece.charAt(finding.start()),
                piece.charAt(finding.end()),
                finding.confidence(),
                false));
  }
}
