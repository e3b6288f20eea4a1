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
  /// The last six characters are the CRC-32 of those after the prefix, in base 62.
  CRC32_BASE62 {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return TOKEN.confidence(text, Checksums.isCrc32Base62(text) ? usual : UNPROVEN);
    }
  },
  /// The letters hold a twelve-digit account number. The examples of documentation count: the form
  /// is unmistakable, and nobody can tell an example from a key that ends like one.
  AWS_KEY_ID {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return Placeholders.isMask(text.substring(AWS_PREFIX_LENGTH))
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
  /// A password that a person or a machine chose, not a word of a form or a program.
  PASSWORD {
    @Override
    OptionalDouble confidence(String text, double usual) {
      return Placeholders.isPasswordLike(text)
          ? TOKEN.confidence(text, usual)
          : OptionalDouble.empty();
    }
  };

  /// The shape fits and the checksum does not: reported all the same, because a false alarm costs
  /// less than a leak and vendors change their checksums.
  static final double UNPROVEN = 0.6;

  private static final int AWS_PREFIX_LENGTH = 4;

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
