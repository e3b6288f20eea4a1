package dev.reeve.scan;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Further conditions on what an expression matched. A rule file names them in lower case with
/// dashes.
enum TokenCheck {
  /// Anything goes: phrases, not tokens.
  NONE {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return OptionalDouble.of(usual);
    }
  },
  /// Anything but a hole of a template: for places where even a weak password is one.
  NO_TEMPLATE {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return Placeholders.isTemplate(text) ? OptionalDouble.empty() : OptionalDouble.of(usual);
    }
  },
  /// No placeholder, no well-known example.
  TOKEN {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return Placeholders.isPlaceholder(text) ? OptionalDouble.empty() : OptionalDouble.of(usual);
    }
  },
  /// A form that is unmistakable by its prefix: only what is crossed out or still to be filled in
  /// is no secret. An example, or a token that no machine drew, is reported with less confidence.
  FORM {
    @Override
    OptionalDouble confidence(String text, double usual) {
      boolean telltale = Placeholders.hasTelltale(text);
      boolean words = telltale && text.chars().noneMatch(Ascii::isDigit);
      if (words || Placeholders.isCrossedOut(text) || Placeholders.isGap(text)) {
        return OptionalDouble.empty();
      }
      boolean drawn = !telltale && Entropy.bitsPerCharacter(text) >= DRAWN_ENTROPY_MIN;
      return OptionalDouble.of(drawn ? usual : UNPROVEN);
    }
  },
  /// The last six characters are the CRC-32 of those after the prefix, in base 62.
  CRC32_BASE62 {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return FORM.confidence(text, Checksums.isCrc32Base62(text) ? usual : UNPROVEN);
    }
  },
  /// The letters hold a twelve-digit account number. The examples of documentation count: the form
  /// is unmistakable, and nobody can tell an example from a key that ends like one.
  AWS_KEY_ID {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return Placeholders.isCrossedOut(text)
          ? OptionalDouble.empty()
          : OptionalDouble.of(Checksums.isAwsKeyId(text) ? usual : UNPROVEN);
    }
  },
  /// The first part is a JSON object that names an algorithm or a type.
  JWT {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return Checksums.isJwt(text) ? OptionalDouble.of(usual) : OptionalDouble.empty();
    }
  },
  /// Base64 of `user:password`.
  BASIC {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return Checksums.isBasicCredential(text) ? OptionalDouble.of(usual) : OptionalDouble.empty();
    }
  },
  /// Bech32 with its six check characters.
  BECH32 {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return OptionalDouble.of(Checksums.isBech32(text) ? usual : UNPROVEN);
    }
  },
  /// Not a placeholder, and mixed as machines mix: a letter and a digit.
  MIXED {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return Placeholders.isMixed(text) ? TOKEN.confidence(text, usual) : OptionalDouble.empty();
    }
  },
  /// A secret in quotes: mixed as machines mix, or a long run of letters, or a phrase.
  QUOTED_SECRET {
    @Override
    OptionalDouble confidence(String text, double usual) {
      boolean doubtful = Placeholders.isPassphrase(text) || Placeholders.isLongWord(text);
      return doubtful || Placeholders.isMixed(text)
          ? chosen(text, doubtful ? UNPROVEN : usual)
          : OptionalDouble.empty();
    }
  },
  /// A password in quotes that a person or a machine chose, not a word of a form or a program.
  QUOTED_PASSWORD {
    @Override
    OptionalDouble confidence(String text, double usual) {
      boolean fits =
          text.indexOf(' ') < 0
              ? Placeholders.isPasswordLike(text)
              : Placeholders.isPassphrase(text);
      boolean word = text.chars().allMatch(Ascii::isLetter) && !Placeholders.isLongWord(text);
      return fits ? chosen(text, word ? UNPROVEN : usual) : OptionalDouble.empty();
    }
  };

  /// The shape fits and the checksum does not: reported all the same, because a false alarm costs
  /// less than a leak and vendors change their checksums.
  static final double UNPROVEN = 0.6;

  private static final double DRAWN_ENTROPY_MIN = 3;
  private static final double CHOSEN_ENTROPY_MIN = 2.7;

  /// What somebody may have chosen. A telltale word makes it a placeholder, unless it is scrambled.
  private static OptionalDouble chosen(String text, double usual) {
    boolean telltale = Placeholders.hasTelltale(text);
    if (Placeholders.isGap(text)
        || Placeholders.isMask(text)
        || Placeholders.isWordOfForms(text)
        || (telltale && !Placeholders.isScrambled(text))) {
      return OptionalDouble.empty();
    }
    boolean certain = !telltale && Entropy.bitsPerCharacter(text) >= CHOSEN_ENTROPY_MIN;
    return OptionalDouble.of(certain ? usual : Math.min(usual, UNPROVEN));
  }

  /// How sure a rule may be of this text; empty when it is not what the rule means.
  abstract OptionalDouble confidence(String text, double usual);

  static Optional<TokenCheck> of(String word) {
    for (TokenCheck check : values()) {
      if (check.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return Optional.of(check);
      }
    }
    return Optional.empty();
  }
}
