package dev.reeve.scan;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;

/// Proofs that some tokens carry within themselves.
final class Checksums {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] BECH32_GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final long AWS_ACCOUNTS = 1_000_000_000_000L;

  private Checksums() {}

  /// `prefix_` + payload + six characters of CRC-32 over the payload.
  static boolean isCrc32Base62(String token) {
    String body = token.substring(token.lastIndexOf('_') + 1);
    if (body.length() < 12) {
      return false;
    }
    String payload = body.substring(0, body.length() - 6);
    return body.endsWith(crc32Base62(payload));
  }

  static String crc32Base62(String payload) {
    CRC32 crc = new CRC32();
    crc.update(payload.getBytes(StandardCharsets.US_ASCII));
    StringBuilder digits = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < 6; i++) {
      digits.append(BASE62.charAt((int) (rest % 62)));
      rest /= 62;
    }
    return digits.reverse().toString();
  }

  /// Keys since 2019 hold the account in the 40 bits after the first character of the rest. Older
  /// ones (fifth character I or J) do not, and pass.
  static boolean isAwsKeyId(String key) {
    long bits = 0;
    for (int i = 4; i < 14; i++) {
      int value = BASE32.indexOf(key.charAt(i));
      if (value < 0) {
        return false;
      }
      bits = (bits << 5) | value;
    }
    boolean old = key.charAt(4) == 'I' || key.charAt(4) == 'J';
    long firstSixBytes = bits >> 2;
    return old || ((firstSixBytes & 0x7fff_ffff_ff80L) >> 7) < AWS_ACCOUNTS;
  }

  static boolean isJwt(String token) {
    int dot = token.indexOf('.');
    if (dot < 0) {
      return false;
    }
    String header = decoded(Base64.getUrlDecoder(), token.substring(0, dot));
    return header.startsWith("{")
        && header.endsWith("}")
        && (header.contains("\"alg\"") || header.contains("\"typ\"") || header.contains("\"enc\""));
  }

  static boolean isBasicCredential(String text) {
    String pair = decoded(Base64.getDecoder(), text);
    int colon = pair.indexOf(':');
    return colon > 0
        && pair.length() - colon > 4
        && pair.chars().allMatch(c -> c >= ' ' && c != 0xfffd)
        && !Placeholders.isPlaceholder(pair);
  }

  /// Bech32 of BIP 173, in one case.
  static boolean isBech32(String text) {
    return bech32Sum(text) == 1;
  }

  /// The checksum of prefix, separator and data; 1 when the data end with their check characters,
  /// and 0 when it is no Bech32 at all.
  static int bech32Sum(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int separator = lower.lastIndexOf('1');
    if (separator < 1) {
      return 0;
    }
    int sum = 1;
    for (int i = 0; i < separator; i++) {
      sum = bech32(sum, lower.charAt(i) >> 5);
    }
    sum = bech32(sum, 0);
    for (int i = 0; i < separator; i++) {
      sum = bech32(sum, lower.charAt(i) & 31);
    }
    for (int i = separator + 1; i < lower.length(); i++) {
      int value = BECH32.indexOf(lower.charAt(i));
      if (value < 0) {
        return 0;
      }
      sum = bech32(sum, value);
    }
    return sum;
  }

  private static int bech32(int sum, int value) {
    int top = sum >>> 25;
    int next = ((sum & 0x1ffffff) << 5) ^ value;
    for (int i = 0; i < 5; i++) {
      if (((top >> i) & 1) != 0) {
        next ^= BECH32_GENERATOR[i];
      }
    }
    return next;
  }

  private static String decoded(Base64.Decoder decoder, String text) {
    try {
      return new String(decoder.decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
