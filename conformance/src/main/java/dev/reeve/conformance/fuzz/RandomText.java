package dev.reeve.conformance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Texts and bytes that a caller may send: of the right shape, nearly so, and hostile ones.
final class RandomText {
  private static final int IDS = 64;
  private static final int LONG = 200_000;
  private static final int DEEP = 20_000;

  private static final List<String> USUAL =
      List.of(
          "job.echo",
          "job.default",
          "job.quantum.sim.local",
          "sim:local",
          "default",
          "echo",
          "prod",
          "application/json",
          "v1",
          "NORMAL",
          "2",
          "action:job:run");

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\u0000",
          "../../etc/passwd",
          "%2e%2e%2f",
          "<script>alert(1)</script>",
          "javajavascript:script:",
          "<iframe src=x>",
          "\uFEFFx",
          "\u202Egnp.exe",
          "e\u0301",
          "\uD83D\uDE00",
          "'; DROP TABLE job; --",
          "${jndi:ldap://x}",
          "-1",
          "9223372036854775808",
          "NaN",
          "sk-abcdefghijklmnopqrstuvwxyz012345",
          "4111 1111 1111 1111",
          "job.",
          "job..x",
          "JOB.ECHO",
          "{\"a\":1}",
          "\r\nx-tenant-id: other");

  private RandomText() {}

  /// @param field its name tells what would be usual
  static String text(SplittableRandom random, String field) {
    int kind = random.nextInt(100);
    if (field.endsWith("id") && kind < 55) {
      return "fuzz-" + random.nextInt(IDS);
    }
    if (field.equals("topic") && kind < 60) {
      return "job.echo";
    }
    if (kind < 70) {
      return USUAL.get(random.nextInt(USUAL.size()));
    }
    if (kind < 92) {
      return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }
    if (kind < 98) {
      return characters(random, random.nextInt(300));
    }
    return characters(random, 1).repeat(random.nextInt(1, LONG));
  }

  /// Any Unicode text of so many code points.
  private static String characters(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(20) == 0 ? random.nextInt(0x110000) : random.nextInt(1, 0x180);
      text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 0xFFFD : point);
    }
    return text.toString();
  }

  /// The content of a bytes field.
  static byte[] bytes(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> new byte[0];
      case 1 -> garbage(random, random.nextInt(2_000));
      // Overlong, lone and cut off UTF-8.
      case 2 -> new byte[] {(byte) 0xC0, (byte) 0xAE, (byte) 0xFF, '{', (byte) 0xE2, (byte) 0x82};
      case 3 -> utf8("[".repeat(random.nextInt(1, DEEP)));
      case 4 -> utf8("{\"a\":".repeat(random.nextInt(1, 200)) + "1");
      case 5 -> utf8("{\"a\":1,\"a\":\"../x\"}");
      case 6 -> utf8("\uFEFF{\"a\":1}");
      case 7 -> utf8("{\"n\":1e999999,\"m\":" + "9".repeat(random.nextInt(1, 5_000)) + "}");
      case 8 -> utf8("{\"t\":\"" + HOSTILE.get(random.nextInt(HOSTILE.size())) + "\"}");
      case 9 ->
          utf8("OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[1];creg c[1];h q[0];measure q->c;");
      case 10 -> utf8("[" + "0,".repeat(random.nextInt(1, 40_000)) + "0]");
      default -> utf8("{\"prompt\":\"say " + random.nextInt(1_000) + "\"}");
    };
  }

  static byte[] garbage(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
