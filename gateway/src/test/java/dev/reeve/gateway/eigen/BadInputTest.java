package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import dev.reeve.job.StateName;
import dev.reeve.testing.Golden;
import dev.reeve.wire.eigen.api.v1.ApiRequestEnvelope;
import dev.reeve.wire.eigen.api.v1.AqoRef;
import dev.reeve.wire.eigen.api.v1.CancelJobRequest;
import dev.reeve.wire.eigen.api.v1.EigenLangSource;
import dev.reeve.wire.eigen.api.v1.GetDeviceDetailsRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetDispatchRationaleRequest;
import dev.reeve.wire.eigen.api.v1.GetJobResultsRequest;
import dev.reeve.wire.eigen.api.v1.GetJobStatusRequest;
import dev.reeve.wire.eigen.api.v1.QasmSource;
import dev.reeve.wire.eigen.api.v1.ReserveDeviceRequest;
import dev.reeve.wire.eigen.api.v1.SubmitJobRequest;
import dev.reeve.wire.eigen.api.v1.WorkloadContract;
import dev.reeve.wire.eigen.api.v1.WorkloadFamilyKind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Every way to say it wrong, under both names: status, reason, fields and details as one table.
final class BadInputTest {
  private static final String SUBMIT = "JobService/SubmitJob";

  private final StringBuilder table = new StringBuilder();

  @Test
  void wrong_requests_are_refused_by_status_reason_and_field() {
    try (EigenServer server = EigenServer.withoutDevice()) {
      for (EigenClient client : List.of(server.seed(), server.later())) {
        submits(client);
        envelopes(client);
        reads(client);
      }
      assertThat(server.jobStates())
          .as("only what policy denied is recorded")
          .hasSize(
              (int)
                  table.toString().lines().filter(row -> row.contains("PERMISSION_DENIED")).count())
          .containsOnly(StateName.DENIED);
    }

    Golden.hold("eigen-bad-input.txt", table.toString());
  }

  private void submits(EigenClient client) {
    refuse(client, "no message", SUBMIT, new byte[] {-1, -1, -1});
    refuse(client, "cut short", SUBMIT, new byte[] {10, 5, 'b'});
    refuse(client, "name that is not UTF-8", SUBMIT, new byte[] {10, 2, -1, -2});
    refuse(client, "nothing at all", SUBMIT, SubmitJobRequest.getDefaultInstance());
    submit(client, "no name", r -> r.clearName());
    submit(client, "blank name", r -> r.setName("  "));
    submit(client, "long name", r -> r.setName("n".repeat(129)));
    submit(client, "name of lines", r -> r.setName("a\nb"));
    submit(client, "NUL in name", r -> r.setName("a\0b"));
    submit(client, "NUL in target", r -> r.setTarget("sim:local\0"));
    submit(client, "NUL in metadata", r -> r.putMetadata("k", "a\0b"));
    submit(client, "NUL in metadata key", r -> r.putMetadata("a\0b", "v"));
    submit(client, "NUL in option", r -> r.putCompilerOptions("k", "a\0b"));
    submit(client, "NUL in option key", r -> r.putCompilerOptions("a\0b", "v"));
    submit(client, "NUL in parent", r -> r.addDependencies("a\0b"));
    submit(client, "NUL in key", r -> r.putMetadata("idempotency_key", "a\0b"));
    submit(client, "empty metadata key", r -> r.putMetadata("", "v"));
    submit(client, "no program", r -> r.clearProgram());
    submit(client, "empty program", r -> r.setQasm(QasmSource.getDefaultInstance()));
    submit(client, "no target", r -> r.clearTarget());
    submit(client, "long target", r -> r.setTarget("t".repeat(129)));
    submit(client, "unknown target", r -> r.setTarget("sim:nowhere"));
    submit(client, "hostile target", r -> r.setTarget("../../etc/passwd\n\u202e"));
    submit(client, "priority below", r -> r.setPriority(-1));
    submit(client, "priority above", r -> r.setPriority(101));
    submit(client, "qasm version", r -> r.setQasm(qasm("x").setVersion("4")));
    submit(client, "large program", r -> r.setQasm(qasm("x".repeat(262_145))));
    submit(client, "eigen-lang digest", r -> r.setEigenLang(lang("00")));
    submit(client, "aqo", r -> r.setAqoRef(AqoRef.newBuilder().setQfsRef("qfs://a")));
    submit(client, "empty aqo", r -> r.setAqoRef(AqoRef.getDefaultInstance()));
    submit(client, "bad parent id", r -> r.addDependencies("a b"));
    submit(client, "parent path", r -> r.addDependencies("a/../b"));
    submit(client, "unknown parent", r -> r.addDependencies("nobody"));
    submit(client, "qfs parent", r -> r.addDependencies("qfs://jobs/a"));
    submit(client, "many parents", r -> r.addAllDependencies(numbered(65)));
    submit(
        client,
        "many metadata",
        r -> {
          numbered(65).forEach(key -> r.putMetadata(key, ""));
          return r;
        });
    submit(client, "metadata key", r -> r.putMetadata("k".repeat(129), ""));
    submit(client, "metadata value", r -> r.putMetadata("k", "v".repeat(4_097)));
    submit(client, "jobspec", r -> r.putMetadata("jobspec_yaml", "v".repeat(65_537)));
    submit(
        client,
        "many options",
        r -> {
          numbered(65).forEach(key -> r.putCompilerOptions(key, ""));
          return r;
        });
    submit(client, "option value", r -> r.putCompilerOptions("k", "v".repeat(4_097)));
    submit(client, "distributed", r -> r.putCompilerOptions("distributed.enabled", "perhaps"));
    submit(
        client,
        "distributed workload",
        r ->
            r.setWorkload(
                WorkloadContract.newBuilder()
                    .setKind(WorkloadFamilyKind.WORKLOAD_FAMILY_KIND_DISTRIBUTED_JOB)));
    submit(client, "shots word", r -> r.putMetadata("shots", "many"));
    submit(client, "shots zero", r -> r.putMetadata("shots", "0"));
    submit(client, "shots negative", r -> r.putMetadata("shots", "-1"));
    submit(client, "shots overflow", r -> r.putMetadata("shots", "99999999999"));
    submit(client, "shots above the device", r -> r.putMetadata("shots", "100001"));
    submit(client, "shots in other digits", r -> r.putMetadata("shots", "\u0663"));
    submit(client, "basis", r -> r.putMetadata("basis", "X"));
    submit(client, "seed", r -> r.putMetadata("seed", "1.5"));
    submit(client, "noise", r -> r.putMetadata("noise_model", "depolarizing"));
    submit(client, "observable", r -> r.putMetadata("observable", "Z0 Z1;Q"));
    submit(client, "memory", r -> r.putMetadata("memory", "yes"));
    submit(client, "sweep", r -> r.putMetadata("parameters", "{}, {}"));
    submit(client, "partitions", r -> r.putCompilerOptions("distributed.partition_count", "65"));
    submit(client, "attempts", r -> r.putMetadata("retry.max_attempts", "17"));
    submit(client, "base delay", r -> r.putMetadata("retry.base_delay_ms", "-1"));
    submit(client, "max delay", r -> r.putMetadata("retry.max_delay_ms", "1"));
    submit(client, "max elapsed", r -> r.putMetadata("retry.max_elapsed_ms", "-1"));
    submit(client, "long key", r -> r.putMetadata("idempotency_key", "k".repeat(257)));
    submit(client, "topic", r -> r.putMetadata("topic", "quantum"));
    submit(client, "danger", r -> r.putMetadata("risk_tags", "danger"));
    submit(client, "reservation", r -> r.setReservationId("rsv_0"));
    submit(client, "three at once", r -> r.clearName().setPriority(-1).clearTarget());
    submit(
        client,
        "quota tenant",
        r -> r.setTenant(SubmitJobRequest.TenantQuotaEnvelope.newBuilder().setTenantId("a b")));
  }

  private void envelopes(EigenClient client) {
    envelope(client, "version word", e -> e.setContractVersion("one"));
    envelope(client, "version short", e -> e.setContractVersion("1.0"));
    envelope(client, "version zero", e -> e.setContractVersion("01.0.0"));
    envelope(client, "version next", e -> e.setContractVersion("2.0.0"));
    envelope(client, "deadline zero", e -> e.setDeadline(Duration.getDefaultInstance()));
    envelope(client, "deadline past", e -> e.setDeadline(Duration.newBuilder().setSeconds(-1)));
    envelope(client, "deadline nanos", e -> e.setDeadline(Duration.newBuilder().setNanos(-1)));
    envelope(client, "long key", e -> e.setIdempotencyKey("k".repeat(257)));
    envelope(client, "NUL in key", e -> e.setIdempotencyKey("a\0b"));
    envelope(client, "NUL in tenant", e -> e.setTenantId("a\0b"));
    envelope(client, "NUL in project", e -> e.setProjectId("a\0b"));
    envelope(client, "tenant", e -> e.setTenantId("a b"));
    envelope(client, "project", e -> e.setProjectId("../p"));
    SubmitJobRequest plain = EigenClient.bell().build();
    refuse(client.with("x-eigen-contract-version", "v9"), "header version", SUBMIT, plain);
    refuse(client.with("x-eigen-contract-version", "9.0.0"), "header next", SUBMIT, plain);
    refuse(client.with("x-idempotency-key", "k".repeat(257)), "header key", SUBMIT, plain);
    refuse(client.with("x-eigen-idempotency-key", "k".repeat(257)), "own key", SUBMIT, plain);
    refuse(client.with("x-eigen-tenant", "a b"), "header tenant", SUBMIT, plain);
    refuse(
        client.with("x-tenant-id", "one").with("x-eigen-tenant", "two"),
        "two header tenants",
        SUBMIT,
        plain);
    refuse(client.with("x-eigen-project", "a b"), "header project", SUBMIT, plain);
    refuse(
        client.with("x-eigen-tenant", "one"),
        "two tenants",
        SUBMIT,
        EigenClient.bell().setEnvelope(ApiRequestEnvelope.newBuilder().setTenantId("two")).build());
  }

  private void reads(EigenClient client) {
    for (String id : List.of("", "nobody", "a b", "../x", "a\0b", "i".repeat(129))) {
      String what = id.length() > 20 ? "long id" : "id '" + id.replace('\0', '0') + "'";
      refuse(
          client,
          what,
          "JobService/GetJobStatus",
          GetJobStatusRequest.newBuilder().setJobId(id).build());
      refuse(
          client, what, "JobService/CancelJob", CancelJobRequest.newBuilder().setJobId(id).build());
      refuse(
          client,
          what,
          "JobService/GetJobResults",
          GetJobResultsRequest.newBuilder().setJobId(id).build());
      refuse(
          client,
          what,
          "JobService/GetDispatchRationale",
          GetDispatchRationaleRequest.newBuilder().setJobId(id).build());
    }
    for (String id : List.of("", "sim:nowhere", "d".repeat(129))) {
      String what = id.length() > 20 ? "long device" : "device '" + id + "'";
      refuse(
          client,
          what,
          "DeviceService/GetDeviceDetails",
          GetDeviceDetailsRequest.newBuilder().setDeviceId(id).build());
      refuse(
          client,
          what,
          "DeviceService/GetDeviceStatus",
          GetDeviceStatusRequest.newBuilder().setDeviceId(id).build());
    }
    reserve(client, "no device", "", 60, "");
    reserve(client, "device", "sim:mars", 60, "");
    reserve(client, "time", EigenServer.DEVICE, 0, "");
    reserve(client, "long time", EigenServer.DEVICE, 86_401, "");
    reserve(client, "purpose", EigenServer.DEVICE, 60, "a\nb");
  }

  private void reserve(
      EigenClient client, String what, String device, int seconds, String purpose) {
    refuse(
        client,
        "reservation " + what,
        "DeviceService/ReserveDevice",
        ReserveDeviceRequest.newBuilder()
            .setDeviceId(device)
            .setTtlSeconds(seconds)
            .setPurpose(purpose)
            .build());
  }

  private void submit(
      EigenClient client, String what, UnaryOperator<SubmitJobRequest.Builder> change) {
    refuse(client, what, SUBMIT, change.apply(EigenClient.bell()).build());
  }

  private void envelope(
      EigenClient client, String what, UnaryOperator<ApiRequestEnvelope.Builder> change) {
    ApiRequestEnvelope.Builder envelope = change.apply(ApiRequestEnvelope.newBuilder());
    refuse(client, "envelope " + what, SUBMIT, EigenClient.bell().setEnvelope(envelope).build());
  }

  private void refuse(EigenClient client, String what, String method, Message request) {
    refuse(client, what, method, request.toByteArray());
  }

  private void refuse(EigenClient client, String what, String method, byte[] request) {
    table
        .append("%s %s | %s | ".formatted(client.name(), method, what))
        .append(Refusals.line(client.refusal(method, request)))
        .append('\n');
  }

  private static QasmSource.Builder qasm(String source) {
    return QasmSource.newBuilder().setSource(ByteString.copyFromUtf8(source));
  }

  private static EigenLangSource.Builder lang(String sha256) {
    return EigenLangSource.newBuilder()
        .setSource(ByteString.copyFromUtf8("pass"))
        .setSha256(sha256);
  }

  private static List<String> numbered(int count) {
    return java.util.stream.IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }
}
