package dev.reeve.scan;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes random tokens of a form; the forms are explained in `corpus/secrets.txt`.
final class TokenTemplate {
  private static final Pattern HOLE =
      Pattern.compile("\\{(?:(\\d+):(\\w+)|(uuid|crc|jwt|basic|awskey|bech32|pem))\\}");
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";

  private static final Map<String, String> SETS =
      Map.of(
          "hex", "0123456789abcdef",
          "HEX", "0123456789ABCDEF",
          "an", UPPER + LOWER + DIGITS,
          "AN", UPPER + DIGITS,
          "an_", UPPER + LOWER + DIGITS + "_-",
          "b64", UPPER + LOWER + DIGITS + "+/",
          "lan", LOWER + DIGITS,
          "let", UPPER + LOWER,
          "dig", DIGITS,
          "pw", UPPER + LOWER + DIGITS + "!#%&*+-.?");

  private final Random random;

  TokenTemplate(Random random) {
    this.random = random;
  }

  String fill(String template) {
    Matcher hole = HOLE.matcher(template);
    return hole.replaceAll(match ->
        Matcher.quoteReplacement(
            match.group(1) == null
                ? special(match.group(3))
                : some(Integer.parseInt(match.group(1)), match.group(2))));
  }

  String some(int count, String set) {
    String characters = Objects.requireNonNull(SETS.get(set), set);
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private String special(String name) {
    return switch (name) {
      case "uuid" -> fill("{8:hex}-{4:hex}-4{3:hex}-a{3:hex}-{12:hex}");
      case "crc" -> {
        String payload = some(30, "an");
        yield payload + Checksums.crc32Base62(payload);
      }
      case "jwt" ->
          base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
              + "."
              + base64("{\"sub\":\"" + some(8, "dig") + "\",\"iat\":17" + some(8, "dig") + "}")
              + "."
              + some(43, "an_");
      case "basic" ->
          Base64.getEncoder()
              .encodeToString(
                  (some(6, "lan") + ":" + some(12, "an")).getBytes(StandardCharsets.US_ASCII));
      case "awskey" -> awsKey();
      case "bech32" -> bech32();
      case "pem" ->
          "-----BEGIN RSA PRIVATE "
              + "KEY-----\n"
              + (some(64, "b64") + "\n").repeat(12)
              + "-----END RSA PRIVATE "
              + "KEY-----";
      default ->
          throw new IllegalArgumentException("template: " + name + " (expected: a known hole)");
    };
  }

  private String awsKey() {
    long account = random.nextLong(1_000_000_000_000L);
    long bits = ((account << 7) | (1L << 47) | random.nextInt(128)) << 2 | random.nextInt(4);
    StringBuilder key = new StringBuilder(16);
    String alphabet = UPPER + "234567";
    for (int i = 9; i >= 0; i--) {
      key.append(alphabet.charAt((int) (bits >> (5 * i)) & 31));
    }
    for (int i = 0; i < 6; i++) {
      key.append(alphabet.charAt(random.nextInt(32)));
    }
    return (random.nextBoolean() ? "AKIA" : "ASIA") + key;
  }

  /// Finds the check characters by trying: the last six of 32 each would be too many, so they are
  /// solved for one after the other by the linearity of the code.
  private String bech32() {
    String data = "AGE-SECRET-KEY-1";
    StringBuilder key = new StringBuilder();
    String alphabet = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    for (int i = 0; i < 52; i++) {
      key.append(alphabet.charAt(random.nextInt(32)));
    }
    int sum = Checksums.bech32Sum(data + key + "QQQQQQ") ^ 1;
    for (int i = 5; i >= 0; i--) {
      key.append(alphabet.charAt((sum >> (5 * i)) & 31));
    }
    return data + key;
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
