package dev.reeve.scan;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Texts that stand where a secret would stand: the allow list of the secret rules.
final class Placeholders {
  private static final List<String> TELLTALES =
      List.of(
          "example",
          "placeholder",
          "changeme",
          "change_me",
          "change-me",
          "your_",
          "your-",
          "yourtoken",
          "yourkey",
          "yourapi",
          "yourpass",
          "redacted",
          "xxxx",
          "${",
          "{{",
          "}}",
          "%(",
          "$(",
          "<",
          ">",
          "****",
          "....",
          "____",
          "----",
          "replace_",
          "replace-",
          "replaceme",
          "insert_",
          "insert-",
          "dummy",
          "sample",
          "fixme",
          "todo",
          "notreal",
          "not-real",
          "not_real",
          "fake",
          "foobar",
          "process.env",
          "os.environ",
          "getenv",
          "secrets.",
          "vault:",
          "arn:",
          "required",
          "ssm:",
          "env.");

  /// Values that documentation of vendors shows to everybody.
  private static final Set<String> WELL_KNOWN =
      Set.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY");

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
      List.of("${", "{{", "$(", "%(", "<", "***", "xxxx", "[redacted", "redacted]");

  private Placeholders() {}

  /// Whether something is still to be filled in, or was taken out.
  static boolean isTemplate(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return text.startsWith("$") || text.startsWith("{") || HOLES.stream().anyMatch(lower::contains);
  }

  /// Whether nobody could log in with it.
  static boolean isPlaceholder(String text) {
    if (WELL_KNOWN.contains(text) || isMask(text)) {
      return true;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return WORDS_OF_FORMS.contains(lower) || TELLTALES.stream().anyMatch(lower::contains);
  }

  /// Whether it has a digit and a letter, and is no version, path or constant's name.
  static boolean isMixed(String text) {
    return text.chars().anyMatch(Ascii::isDigit)
        && text.chars().anyMatch(Ascii::isLetter)
        && !isIdentifier(text);
  }

  static boolean isPasswordLike(String text) {
    if (isIdentifier(text)) {
      return false;
    }
    boolean letters = text.chars().allMatch(Ascii::isLetter);
    return !letters || (text.length() >= 12 && Entropy.bitsPerCharacter(text) >= 3.0);
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
}
