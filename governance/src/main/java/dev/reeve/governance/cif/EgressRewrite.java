package dev.reeve.governance.cif;

import dev.reeve.scan.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes personal data of one payload unreadable. Confined to one call.
final class EgressRewrite {
  static final String MARK = "[REDACTED]";
  private static final int MASK_SHOWN = 4;

  /// A place in a piece and what is done there.
  private record Cut(int start, int end, PersonalDataAction action) {}

  private final Map<String, PersonalDataAction> actions;
  private final DataKey key;
  private final FlatText flat;
  private final List<@Nullable List<Cut>> cuts = new ArrayList<>();
  private boolean blocked;
  private int pieceFrom;

  /// A character of the piece at [#pieceFrom] and its offset: hits come in order, so that no text
  /// is counted through twice.
  private int knownChar;

  private int knownOffset;

  EgressRewrite(Map<String, PersonalDataAction> actions, DataKey key, FlatText flat) {
    this.actions = actions;
    this.key = key;
    this.flat = flat;
    flat.pieces().forEach(_ -> cuts.add(null));
  }

  boolean isBlocked() {
    return blocked;
  }

  /// Notes a hit; hits come ordered by place.
  Optional<BoundaryFinding> found(Span hit, double score) {
    PersonalDataAction action = actions.getOrDefault(hit.detector(), PersonalDataAction.ALLOW);
    blocked |= action == PersonalDataAction.BLOCK;
    while (pieceFrom < cuts.size() && flat.pieces().get(pieceFrom).end() <= hit.start()) {
      pieceFrom++;
      knownChar = 0;
      knownOffset = 0;
    }
    Optional<BoundaryFinding> finding = Optional.empty();
    for (int i = pieceFrom; i < cuts.size(); i++) {
      FlatText.Piece piece = flat.pieces().get(i);
      if (piece.start() >= hit.end()) {
        break;
      }
      boolean known = i == pieceFrom && knownOffset > 0;
      int start =
          known ? piece.charAt(hit.start(), knownChar, knownOffset) : piece.charAt(hit.start());
      int startOffset = (int) Math.max(hit.start(), piece.start());
      int end = piece.charAt(hit.end(), start, startOffset);
      if (i == pieceFrom) {
        knownChar = start;
        knownOffset = startOffset;
      }
      if (start < end) {
        note(i, new Cut(start, end, action));
        finding =
            finding.or(() ->
                Optional.of(
                    new BoundaryFinding(hit.detector(), piece.path(), start, end, score, false)));
      }
    }
    return finding;
  }

  private void note(int piece, Cut cut) {
    if (cut.action() == PersonalDataAction.ALLOW) {
      return;
    }
    List<Cut> known = cuts.get(piece);
    if (known == null) {
      known = new ArrayList<>();
      cuts.set(piece, known);
    }
    known.add(cut);
  }

  JsonValue apply(JsonValue payload) {
    return cuts.stream().allMatch(cut -> cut == null) ? payload : value(payload, cuts.iterator());
  }

  /// Walks as [FlatText] does: one entry of cuts for each piece.
  private JsonValue value(JsonValue value, Iterator<@Nullable List<Cut>> next) {
    return switch (value) {
      case JsonValue.Text text -> new JsonValue.Text(rewritten(text.value(), next.next()));
      case JsonValue.Numeral number -> {
        List<Cut> found = next.next();
        yield found == null ? number : new JsonValue.Text(rewritten(number.literal(), found));
      }
      case JsonValue.Truth _, JsonValue.Absent _ -> value;
      case JsonValue.Items items -> {
        List<JsonValue> clean = new ArrayList<>(items.values().size());
        items.values().forEach(item -> clean.add(value(item, next)));
        yield new JsonValue.Items(clean);
      }
      case JsonValue.Members members -> {
        Map<String, JsonValue> clean = new LinkedHashMap<>();
        members
            .values()
            .forEach((name, member) -> {
              String rewritten = free(clean, rewritten(name, next.next()));
              clean.put(rewritten, value(member, next));
            });
        yield new JsonValue.Members(clean);
      }
    };
  }

  /// Names that were cut may have become the same.
  private static String free(Map<String, JsonValue> taken, String name) {
    String free = name;
    for (int i = 2; taken.containsKey(free); i++) {
      free = name + " " + i;
    }
    return free;
  }

  private String rewritten(String text, @Nullable List<Cut> found) {
    if (found == null) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int kept = 0;
    for (Cut cut : found) {
      if (cut.start() >= kept) {
        out.append(text, kept, cut.start());
        out.append(replacement(text.substring(cut.start(), cut.end()), cut.action()));
        kept = cut.end();
      } else if (cut.end() > kept) {
        // What hangs over from a hit that overlaps the one before goes with it.
        kept = cut.end();
      }
    }
    return out.append(text, kept, text.length()).toString();
  }

  private String replacement(String text, PersonalDataAction action) {
    return switch (action) {
      case ALLOW -> text;
      case REDACT, BLOCK -> MARK;
      case MASK -> masked(text);
      case HASH -> key.hash(text);
      case TOKENISE -> key.tokenise(text);
    };
  }

  private static String masked(String text) {
    int shownFrom = text.length() > 2 * MASK_SHOWN ? text.length() - MASK_SHOWN : text.length();
    StringBuilder masked = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean letter = Character.isLetterOrDigit(text.charAt(i));
      masked.append(i >= shownFrom || !letter ? text.charAt(i) : '*');
    }
    return masked.toString();
  }
}
