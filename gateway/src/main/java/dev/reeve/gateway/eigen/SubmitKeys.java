package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import dev.reeve.engine.Idempotency;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.gateway.CallScope;
import dev.reeve.job.Placement;
import dev.reeve.service.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// How a repeated submit is recognised: section 2.3 of the contract. A key comes from the envelope,
/// the call's metadata or the job's metadata, in this order. Another request under a key is
/// refused.
final class SubmitKeys {
  private static final long TTL_MICROS = Duration.ofDays(1).toNanos() / 1_000;
  private static final int KEY_LENGTH_MAX = 256;

  private static final List<String> HEADERS =
      List.of("x-idempotency-key", "x-eigen-idempotency-key");
  private static final List<String> METADATA =
      List.of("idempotency_key", "client_request_id", "x-idempotency-key");

  /// Facts of one sending, not of the work: an honest repeat has others.
  private static final Set<String> OF_THE_SENDING =
      Set.of(
          "idempotency_key",
          "client_request_id",
          "x-idempotency-key",
          "request_id",
          "x-request-id",
          "traceparent",
          "trace_id",
          "client_version",
          "x-client-version");

  private SubmitKeys() {}

  static void check(
      CallScope scope, SubmitInput input, EigenProfile profile, Violations violations) {
    requireKey(
        input.envelope().path() + ".idempotency_key",
        input.envelope().idempotencyKey(),
        violations);
    for (String header : HEADERS) {
      requireKey(header, scope.header(header), violations);
    }
    for (String name : METADATA) {
      requireLength(
          profile.metadataField() + "." + name,
          input.metadata().getOrDefault(name, ""),
          violations);
    }
  }

  static Optional<Idempotency> idempotency(
      CallScope scope, Caller caller, SubmitInput input, EigenProfile profile) {
    String key = key(scope, input);
    if (key.isEmpty() && !profile.equalSubmitsAreOne()) {
      return Optional.empty();
    }
    Bytes fingerprint = fingerprint(caller, input);
    String name = key.isEmpty() ? "fingerprint:" + fingerprint.hex() : "key:" + key;
    return Optional.of(
        new Idempotency(
            new IdempotencyScope(caller.tenant(), caller.project(), caller.dialect(), name),
            fingerprint,
            TTL_MICROS,
            Idempotency.OnMismatch.REFUSE));
  }

  private static String key(CallScope scope, SubmitInput input) {
    String key = input.envelope().idempotencyKey();
    for (String header : HEADERS) {
      key = key.isEmpty() ? scope.header(header) : key;
    }
    for (String name : METADATA) {
      key = key.isEmpty() ? input.metadata().getOrDefault(name, "") : key;
    }
    return key;
  }

  /// SHA-256 over the canonical form of all that makes the work what it is.
  static Bytes fingerprint(Caller caller, SubmitInput input) {
    Program program = input.program().orElseThrow();
    Map<String, String> metadata = new TreeMap<>(input.metadata());
    metadata.keySet().removeAll(OF_THE_SENDING);
    CanonicalWriter out =
        new CanonicalWriter(1_024)
            .beginObject()
            .member("compiler_options", input.options())
            .member("contract_version", CallGate.CONTRACT_VERSION)
            .member(
                "deadline",
                input
                    .envelope()
                    .deadline()
                    .map(d -> d.getSeconds() + "." + d.getNanos())
                    .orElse(""))
            .member("dependencies", input.dependencies())
            .member("metadata", metadata)
            .member("name", input.name())
            .member("priority", input.priority().orElse(Placement.PRIORITY_DEFAULT))
            .member("program_entrypoint", program.entrypoint())
            .member("program_format", program.format().word())
            .member("program_sha256", program.digest())
            .member("program_version", program.version())
            .member("project", caller.project());
    // Only where there is one: repeats of submits that were kept without this field stay repeats.
    if (!input.reservationId().isEmpty()) {
      out.member("reservation_id", input.reservationId());
    }
    out.member("target", input.target())
        .member("tenant", caller.tenant())
        .member("workload", Sha256.of(input.workload()))
        .endObject();
    return Sha256.of(out.toBytes());
  }

  private static void requireKey(String field, String key, Violations violations) {
    violations.requireLine(field, key);
    requireLength(field, key, violations);
  }

  private static void requireLength(String field, String key, Violations violations) {
    if (key.length() > KEY_LENGTH_MAX) {
      violations.wrong(field, key, "at most " + KEY_LENGTH_MAX + " characters");
    }
  }
}
