package dev.reeve.service;

import dev.reeve.job.Progress;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What is kept of the short texts that workers send beside their results: codes, stages, media
/// types. They are shown, exported and written into receipts like our own words, so what is none of
/// a code or a type, or holds what may not leave, is replaced by a name. Safe on any thread.
///
/// @param released what may leave of a text
public record WorkerWords(UnaryOperator<String> released) {
  /// In place of a code that may not be shown.
  public static final String CODE_WITHHELD = "CODE_WITHHELD";

  /// In place of a code that is none.
  public static final String CODE_INVALID = "CODE_INVALID";

  /// In place of a type that is none, or may not be shown.
  public static final String OCTETS = "application/octet-stream";

  /// Words are kept as they are.
  public static final WorkerWords AS_SAID = new WorkerWords(UnaryOperator.identity());

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,127}";

  /// RFC 9110, 8.3.1.
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          TOKEN
              + "/"
              + TOKEN
              + "([ \\t]*;[ \\t]*("
              + TOKEN
              + "=("
              + TOKEN
              + "|\"[^\"\\\\\\p{Cntrl}]{0,255}\"))?)*");

  /// Types of nearly every result, which hold nothing.
  private static final Set<String> USUAL =
      Set.of(OCTETS, "application/json", "text/plain", "text/plain; charset=utf-8", "");

  /// A code of a failure.
  public String code(String said) {
    if (!CODE.matcher(said).matches()) {
      return CODE_INVALID;
    }
    return isClean(said) ? said : CODE_WITHHELD;
  }

  /// The media type of a result.
  public String contentType(String said) {
    return USUAL.contains(said) || (MEDIA_TYPE.matcher(said).matches() && isClean(said))
        ? said
        : OCTETS;
  }

  /// How far an attempt is. A stage that may not be shown is left out.
  public Progress progress(Progress said) {
    String stage = said.stage();
    boolean keeps = stage.isEmpty() || (CODE.matcher(stage).matches() && isClean(stage));
    String message = said.message().isEmpty() ? "" : released.apply(said.message());
    return keeps && message.equals(said.message())
        ? said
        : new Progress(keeps ? stage : "", said.partsPerMillion(), message);
  }

  private boolean isClean(String said) {
    return released.apply(said).equals(said);
  }
}
