package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.wire.eigen.api.v1.ApiRequestEnvelope;
import dev.reeve.wire.eigen.api.v1.SubmitJobRequest;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// Repeats of a submit: section 2.3 of the contract.
final class IdempotencyTest {
  @Test
  void equal_submits_without_a_key_are_two_jobs_under_the_seed_name_and_one_under_the_later() {
    try (EigenServer server = EigenServer.start()) {
      String seed = server.seed().submit(EigenClient.bell()).getJobId();
      String later = server.later().submit(EigenClient.bell()).getJobId();

      assertThat(server.seed().submit(EigenClient.bell()).getJobId()).isNotEqualTo(seed);
      assertThat(server.later().submit(EigenClient.bell()).getJobId())
          .isEqualTo(later)
          .isNotEqualTo(seed);
      assertThat(server.later().submit(EigenClient.bell().setPriority(9)).getJobId())
          .isNotEqualTo(later);
    }
  }

  @Test
  void one_key_is_one_job_whatever_names_it_and_whichever_name_is_called() {
    try (EigenServer server = EigenServer.start()) {
      String first = server.seed().submit(keyed("k", "r1")).getJobId();

      assertThat(server.later().submit(keyed("k", "r2")).getJobId()).isEqualTo(first);
      assertThat(
              server
                  .seed()
                  .with("x-idempotency-key", "k")
                  .with("x-client-version", "2")
                  .submit(EigenClient.bell())
                  .getJobId())
          .isEqualTo(first);
      assertThat(
              server
                  .seed()
                  .submit(EigenClient.bell().putMetadata("client_request_id", "k"))
                  .getJobId())
          .isEqualTo(first);
      assertThat(server.seed().with("x-eigen-tenant", "other").submit(keyed("k", "")).getJobId())
          .isNotEqualTo(first);
    }
  }

  @Test
  void another_request_under_a_key_is_refused() {
    try (EigenServer server = EigenServer.start()) {
      server.seed().submit(keyed("k", ""));

      String refusal =
          Refusals.line(
              server.later().refusal("JobService/SubmitJob", keyed("k", "").setName("x").build()));

      assertThat(refusal)
          .isEqualTo(
              "FAILED_PRECONDITION EIGEN_PUBLIC_IDEMPOTENCY_CONFLICT [] ErrorInfo"
                  + " PreconditionFailure:IDEMPOTENCY_CONFLICT");
    }
  }

  @Test
  void a_key_survives_a_restart() {
    InMemoryStore store = new InMemoryStore(InstantSource.system());
    String first;
    try (EigenServer server = EigenServer.startOn(store)) {
      first = server.seed().submit(keyed("k", "")).getJobId();
      server.seed().updates(first, 0);
    }

    try (EigenServer server = EigenServer.startOn(store)) {
      assertThat(server.seed().submit(keyed("k", "")).getJobId()).isEqualTo(first);
      assertThat(server.seed().updates(first, 1)).isNotEmpty();
    }
  }

  @Test
  void a_quota_of_the_caller_bounds_its_unfinished_jobs() {
    try (EigenServer server = EigenServer.withoutDevice()) {
      SubmitJobRequest.TenantQuotaEnvelope one =
          SubmitJobRequest.TenantQuotaEnvelope.newBuilder().setTenantMaxQueuedJobs(1).build();
      server.seed().submit(EigenClient.bell().setTenant(one));

      String refusal =
          Refusals.line(
              server
                  .seed()
                  .refusal("JobService/SubmitJob", EigenClient.bell().setTenant(one).build()));

      assertThat(refusal)
          .isEqualTo(
              "RESOURCE_EXHAUSTED EIGEN_SCHED_TENANT_QUOTA_MAX_QUEUED [] ErrorInfo RetryInfo"
                  + " QuotaFailure");
    }
  }

  private static SubmitJobRequest.Builder keyed(String key, String requestId) {
    return EigenClient.bell()
        .setEnvelope(
            ApiRequestEnvelope.newBuilder().setIdempotencyKey(key).setRequestId(requestId));
  }
}
