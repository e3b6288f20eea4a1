package dev.reeve.conformance.fuzz;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Metadata of a call. Values are printable, because no client library sends others.
final class HostileHeaders {
  /// Four of these stay within what a server takes; beyond it the connection is at stake, by the
  /// rules of HTTP/2, and not the call.
  private static final int LONG = 1_700;

  private static final List<String> NAMES =
      List.of(
          "client-id",
          "x-tenant-id",
          "x-eigen-tenant",
          "x-project-id",
          "traceparent",
          "trace_id",
          "authorization",
          "x-api-key",
          "x-principal-id",
          "x-reeve-topic",
          "x-reeve-risk-tags",
          "x-reeve-label-env",
          "x-reeve-label-_system",
          "x-request-id",
          "idempotency-key",
          "last-event-id",
          "reeve-peer-address",
          "x-forwarded-for");

  private static final List<String> VALUES =
      List.of(
          "default",
          "fuzz",
          "other-tenant",
          "../x",
          "",
          "a,b,,c",
          "Bearer x.y.z",
          "10.0.0.1",
          "00-00000000000000000000000000000000-0000000000000000-00",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "system",
          "job.echo",
          "9".repeat(40));

  private HostileHeaders() {}

  /// Name and value; a name that ends with `-bin` has its value in Base64.
  static List<Map.Entry<String, String>> of(SplittableRandom random) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    int count = random.nextInt(3) == 0 ? random.nextInt(1, 5) : 0;
    for (int i = 0; i < count; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      switch (random.nextInt(10)) {
        case 0 -> headers.add(Map.entry(name, "x".repeat(random.nextInt(LONG))));
        case 1 -> {
          byte[] bytes = RandomText.garbage(random, random.nextInt(300));
          headers.add(Map.entry(name + "-bin", Base64.getEncoder().encodeToString(bytes)));
        }
        case 2 -> headers.add(Map.entry("grpc-trace-bin", "AAAA"));
        default -> headers.add(Map.entry(name, VALUES.get(random.nextInt(VALUES.size()))));
      }
    }
    return headers;
  }
}
