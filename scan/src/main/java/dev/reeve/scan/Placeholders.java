package dev.reeve.scan;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Texts that stand where a secret would stand: the allow list of the secret rules.
final class Placeholders {
  /// What shows that the whole value is still to come, or was taken out.
  private static final List<String> GAPS =
      List.of(
          "your_",
          "your-",
          "yourtoken",
          "yourkey",
          "yourapi",
          "yourpass",
          "xxxx",
          "${",
          "{{",
          "}}",
          "%(",
          "$(",
          "****",
          "....",
          "____",
          "----",
          "replace_",
          "replace-",
          "replaceme",
          "insert_",
          "insert-",
          "process.env",
          "os.environ",
          "getenv",
          "secrets.",
          "vault:",
          "arn:",
          "ssm:");

  /// Words of values that are none. A machine that mixes letters may write one of them by chance.
  private static final List<String> TELLTALES =
      List.of(
          "example",
          "placeholder",
          "changeme",
          "change_me",
          "change-me",
          "redacted",
          "dummy",
          "sample",
          "fixme",
          "todo",
          "notreal",
          "not-real",
          "not_real",
          "fake",
          "foobar",
          "required",
          "env.");

  private static final Set<String> WORDS_OF_FORMS =
      Set.of(
          "password",
          "pass",
          "passwd",
          "pwd",
          "passw0rd",
          "password1",
          "password123",
          "secret",
          "string",
          "required",
          "optional",
          "disabled",
          "enabled",
          "undefined",
          "null",
          "none",
          "hidden",
          "protected",
          "invalid",
          "incorrect",
          "forgotten",
          "username",
          "default",
          "database",
          "configured",
          "unchanged",
          "encrypted",
          "plaintext",
          "text/plain");

  private static final List<String> HOLES =
      List.of("${", "{{", "$(", "%(", "***", "xxxx", "[redacted", "redacted]");

  /// Words that only a pattern of an address writes in capitals.
  private static final Set<String> NAMES_OF_HOLES = Set.of("PASSWORD", "PASS", "PASSWD", "PWD");

  private static final Set<String> WORDS_OF_SENTENCES =
      Set.of(
          "the",
          "and",
          "for",
          "not",
          "your",
          "you",
          "must",
          "has",
          "have",
          "was",
          "are",
          "with",
          "new",
          "old",
          "enter",
          "choose",
          "please",
          "should",
          "this",
          "that",
          "too",
          "can",
          "may",
          "will",
          "does",
          "match",
          "wrong",
          "missing",
          "weak",
          "strong",
          "short",
          "long",
          "empty",
          "reset",
          "change",
          "confirm",
          "repeat",
          "forgot",
          "show",
          "hide",
          "token",
          "key",
          "value",
          "user",
          "login",
          "valid",
          "expired",
          "least",
          "characters",
          "from",
          "into",
          "when");

  private static final int DIGITS_OF_LONG_TOKENS_MIN = 32;
  private static final String CROSSES = "xX*._-";
  private static final int CROSSES_MIN = 8;
  private static final int LONG_WORD_MIN = 12;
  private static final double LONG_WORD_ENTROPY_MIN = 3;
  private static final int PASSPHRASE_WORDS_MIN = 3;

  private Placeholders() {}

  /// Whether something is still to be filled in, or was taken out.
  static boolean isTemplate(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return text.startsWith("$")
        || text.startsWith("{")
        || isBracketed(text)
        || NAMES_OF_HOLES.contains(text)
        || HOLES.stream().anyMatch(lower::contains);
  }

  /// Whether nobody could log in with it.
  static boolean isPlaceholder(String text) {
    return isGap(text) || isMask(text) || isWordOfForms(text) || hasTelltale(text);
  }

  /// Whether the whole value is still to be filled in, or was taken out.
  static boolean isGap(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return isBracketed(text) || GAPS.stream().anyMatch(lower::contains);
  }

  static boolean isWordOfForms(String text) {
    return WORDS_OF_FORMS.contains(text.toLowerCase(Locale.ROOT));
  }

  /// Whether a word for what is no secret stands in it.
  static boolean hasTelltale(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return TELLTALES.stream().anyMatch(lower::contains);
  }

  /// Whether it is so mixed that a telltale word in it may be chance: digits in more than one
  /// place, or among many characters.
  static boolean isScrambled(String text) {
    int runs = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean starts = i == 0 || !Ascii.isDigit(text.charAt(i - 1));
      runs += Ascii.isDigit(text.charAt(i)) && starts ? 1 : 0;
    }
    return runs > 1 || (runs == 1 && text.length() >= DIGITS_OF_LONG_TOKENS_MIN);
  }

  /// `<token>`, or a tag of that sort inside.
  private static boolean isBracketed(String text) {
    int open = text.indexOf('<');
    return open >= 0 && text.indexOf('>', open) > open;
  }

  /// Whether it has a digit and a letter, and is no version, path or constant's name.
  static boolean isMixed(String text) {
    return text.chars().anyMatch(Ascii::isDigit)
        && text.chars().anyMatch(Ascii::isLetter)
        && !isIdentifier(text);
  }

  /// Whether a person or a machine may have chosen it for a password: not the name of a setting, of
  /// a member or of a label.
  static boolean isPasswordLike(String text) {
    boolean letters = text.chars().allMatch(Ascii::isLetter);
    return !isIdentifier(text) && !(letters && isLabel(text));
  }

  /// `Kennwort`, `challengePassword`: letters alone, as a label or a member is written.
  private static boolean isLabel(String text) {
    boolean rest = text.substring(1).chars().anyMatch(Ascii::isUpper);
    String lower = text.toLowerCase(Locale.ROOT);
    boolean named =
        lower.endsWith("password") || lower.endsWith("passwd") || lower.endsWith("passphrase");
    return rest ? named : Ascii.isUpper(text.charAt(0));
  }

  /// Whether it is letters alone, and more of them than a word has.
  static boolean isLongWord(String text) {
    return text.length() >= LONG_WORD_MIN
        && text.chars().allMatch(Ascii::isLetter)
        && Entropy.bitsPerCharacter(text) >= LONG_WORD_ENTROPY_MIN
        && !isLabel(text);
  }

  /// Whether it is a phrase to log in with rather than a sentence: three words or more in lower
  /// case, none of which speaks of a password.
  static boolean isPassphrase(String text) {
    List<String> words = List.of(text.split(" ", -1));
    return words.size() >= PASSPHRASE_WORDS_MIN
        && words.stream()
            .allMatch(word ->
                word.length() > 2
                    && word.chars().allMatch(c -> Ascii.isLetter(c) && !Ascii.isUpper(c))
                    && !WORDS_OF_FORMS.contains(word)
                    && !WORDS_OF_SENTENCES.contains(word));
  }

  /// Names such as `OPENAI_API_KEY`, `prod/db/password`, `config.auth.token`, `my-secret-name`:
  /// words of letters with joints, and at most two digits at the end of a word.
  private static boolean isIdentifier(String text) {
    String[] words = text.split("[_./:-]", -1);
    for (String word : words) {
      int letters = 0;
      while (letters < word.length() && Ascii.isLetter(word.charAt(letters))) {
        letters++;
      }
      boolean ending = word.substring(letters).chars().allMatch(Ascii::isDigit);
      if (!ending || word.length() - letters > 2 || (letters == 0 && !word.isEmpty())) {
        return false;
      }
    }
    return words.length > 1;
  }

  /// Whether it hides what stood there: one letter over and over, perhaps after a short prefix.
  static boolean isMask(String text) {
    return text.chars().distinct().count() <= 3;
  }

  /// Whether everything after the prefix is crossed out.
  static boolean isCrossedOut(String text) {
    int end = text.length();
    while (end > 0 && CROSSES.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.length() - end >= CROSSES_MIN;
  }
}
