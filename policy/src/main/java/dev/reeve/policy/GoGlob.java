package dev.reeve.policy;

import java.util.List;

/// A pattern in the language of Go's `path.Match`, compiled once.
///
/// `*` stands for any run of characters but `/`, `?` for one character but `/`, `[a-c]` for one
/// character of a class and `[^a-c]` for one outside of it, `\` takes the next character literally.
/// A pattern fits the whole name or not at all; case matters. A malformed pattern fits nothing.
public final class GoGlob {
  private final String pattern;
  private final List<GlobChunk> chunks;
  private final boolean malformed;
  private final String literalPrefix;
  private final String literalSuffix;
  private final Shape shape;

  private enum Shape {
    /// No wildcard.
    LITERAL,
    /// A literal and then one star.
    PREFIX,
    OTHER
  }

  private GoGlob(String pattern, List<GlobChunk> chunks, boolean malformed) {
    this.pattern = pattern;
    this.chunks = chunks;
    this.malformed = malformed;
    boolean literalStart = !chunks.isEmpty() && !chunks.getFirst().star();
    this.literalPrefix = literalStart ? chunks.getFirst().literalPrefix() : "";
    this.literalSuffix = chunks.isEmpty() ? "" : chunks.getLast().literalSuffix();
    this.shape = malformed ? Shape.OTHER : shapeOf(chunks);
  }

  /// Compiles a pattern; a malformed one too.
  public static GoGlob compile(String pattern) {
    GlobParser parser = new GlobParser(pattern);
    return parser.parse()
        ? new GoGlob(pattern, parser.chunks(), false)
        : new GoGlob(pattern, List.of(), true);
  }

  /// The pattern as it was written.
  public String pattern() {
    return pattern;
  }

  /// Whether the pattern breaks the grammar, so that it fits nothing.
  public boolean isMalformed() {
    return malformed;
  }

  /// The text with which every fitting name starts, as far as the pattern says it literally.
  public String literalPrefix() {
    return literalPrefix;
  }

  /// The text with which every fitting name ends, as far as the pattern says it literally.
  String literalSuffix() {
    return literalSuffix;
  }

  /// Whether the whole name fits. Takes at most the product of both lengths.
  public boolean matches(String name) {
    return switch (shape) {
      case LITERAL -> name.equals(literalPrefix);
      case PREFIX ->
          name.startsWith(literalPrefix) && name.indexOf('/', literalPrefix.length()) < 0;
      case OTHER ->
          !malformed
              && name.startsWith(literalPrefix)
              && name.endsWith(literalSuffix)
              && matchesChunks(name);
    };
  }

  // A star takes as little as lets its chunk fit; only the last chunk must reach the end. Going
  // back
  // to an earlier star could not help, because the later one can skip whatever that would give.
  private boolean matchesChunks(String name) {
    int at = 0;
    for (int i = 0; i < chunks.size(); i++) {
      GlobChunk chunk = chunks.get(i);
      boolean last = i == chunks.size() - 1;
      if (chunk.star() && chunk.isEmpty()) {
        return name.indexOf('/', at) < 0;
      }
      int end = chunk.fit(name, at, last);
      while (end < 0 && chunk.star() && at < name.length() && name.charAt(at) != '/') {
        at = name.offsetByCodePoints(at, 1);
        end = chunk.fit(name, at, last);
      }
      if (end < 0) {
        return false;
      }
      at = end;
    }
    return at == name.length();
  }

  private static Shape shapeOf(List<GlobChunk> chunks) {
    if (chunks.isEmpty()) {
      return Shape.LITERAL;
    }
    GlobChunk first = chunks.getFirst();
    if (first.star() || !first.isLiteral() || chunks.size() > 2) {
      return Shape.OTHER;
    }
    if (chunks.size() == 1) {
      return Shape.LITERAL;
    }
    return chunks.get(1).isEmpty() ? Shape.PREFIX : Shape.OTHER;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
