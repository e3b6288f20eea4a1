package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.util.Timestamps;
import dev.reeve.ledger.Receipt;
import dev.reeve.testing.Await;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.api.v1.JobState;
import dev.reeve.wire.eigen.api.v1.ReserveDeviceRequest;
import dev.reeve.wire.eigen.api.v1.ReserveDeviceResponse;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Slots of a device that are taken for a time.
final class ReservationTest {
  private static final String RESERVE = "DeviceService/ReserveDevice";

  @Test
  void the_same_request_renews_a_reservation_under_either_name() {
    try (EigenServer server = EigenServer.start()) {
      ReserveDeviceResponse first = reserve(server.seed(), "nightly", 60);

      server.passForReservations(Duration.ofSeconds(30));
      ReserveDeviceResponse again = reserve(server.later(), "nightly", 60);

      assertThat(first.getReservationId()).matches("rsv_[0-9a-f]{12}");
      assertThat(again.getReservationId()).isEqualTo(first.getReservationId());
      assertThat(Timestamps.between(first.getExpiresAt(), again.getExpiresAt()).getSeconds())
          .isEqualTo(30);
      assertThat(reserve(server.seed(), "nightly", 5).getExpiresAt())
          .as("renewed for a shorter time")
          .isEqualTo(again.getExpiresAt());
    }
  }

  @Test
  void there_are_as_many_reservations_as_slots_until_one_is_over() {
    try (EigenServer server = EigenServer.start()) {
      for (int i = 0; i < EigenServer.SLOTS; i++) {
        reserve(server.seed(), "part-" + i, i == 0 ? 10 : 60);
      }

      assertThat(server.seed().code(RESERVE, request("one-more", 60)))
          .isEqualTo(Code.RESOURCE_EXHAUSTED);
      server.passForReservations(Duration.ofSeconds(10));

      assertThat(reserve(server.seed(), "one-more", 60).getReservationId()).startsWith("rsv_");
    }
  }

  @Test
  void a_job_under_a_reservation_does_not_wait_behind_those_of_others() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.seed();
      String reservation = reserve(client, "", 60).getReservationId();
      List<String> others = new ArrayList<>();
      for (int i = 0; i < EigenServer.SLOTS; i++) {
        others.add(client.submit(EigenClient.program("hold")).getJobId());
      }
      Await.value("running", EigenServer.SLOTS - 1L, () -> running(client, others));

      String reserved = client.submit(EigenClient.bell().setReservationId(reservation)).getJobId();
      client.awaitState(reserved, JobState.JOB_STATE_DONE);

      assertThat(running(client, others)).isEqualTo(EigenServer.SLOTS - 1L);
      assertThat(status(client).getQueueDepth()).isEqualTo(1);
      server.passForReservations(Duration.ofSeconds(60));
      Await.value(
          "the slot is everybody's", (long) EigenServer.SLOTS, () -> running(client, others));
      others.forEach(_ -> server.release());
    }
  }

  @Test
  void a_job_whose_reservation_ends_while_it_waits_runs_all_the_same() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.seed();
      String reservation = reserve(client, "", 60).getReservationId();
      String first =
          client.submit(EigenClient.program("hold").setReservationId(reservation)).getJobId();
      client.awaitState(first, JobState.JOB_STATE_RUNNING);
      String second = client.submit(EigenClient.bell().setReservationId(reservation)).getJobId();

      server.passForReservations(Duration.ofSeconds(60));
      server.release();

      client.awaitState(second, JobState.JOB_STATE_DONE);
      assertThat(
              client.code(
                  "JobService/SubmitJob", EigenClient.bell().setReservationId(reservation).build()))
          .isEqualTo(Code.FAILED_PRECONDITION);
    }
  }

  @Test
  void a_slot_is_not_given_to_another_before_its_last_run_has_ended() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.seed();
      String reservation = reserve(client, "", 60).getReservationId();
      String last =
          client.submit(EigenClient.program("hold").setReservationId(reservation)).getJobId();
      client.awaitState(last, JobState.JOB_STATE_RUNNING);

      server.passForReservations(Duration.ofSeconds(60));
      for (int i = 1; i < EigenServer.SLOTS; i++) {
        reserve(client, "part-" + i, 60);
      }

      assertThat(client.code(RESERVE, request("one-more", 60))).isEqualTo(Code.RESOURCE_EXHAUSTED);
      server.release();
      client.awaitState(last, JobState.JOB_STATE_DONE);
      Await.value(
          "the slot is free",
          Code.OK,
          () -> {
            server.passForReservations(Duration.ZERO);
            return client.code(RESERVE, request("one-more", 60));
          });
    }
  }

  @Test
  void a_repeat_after_the_end_of_its_reservation_finds_the_job() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.seed().with("x-idempotency-key", "k");
      String reservation = reserve(client, "", 60).getReservationId();
      String first = client.submit(EigenClient.bell().setReservationId(reservation)).getJobId();

      server.passForReservations(Duration.ofSeconds(60));

      assertThat(client.submit(EigenClient.bell().setReservationId(reservation)).getJobId())
          .isEqualTo(first);
      assertThat(
              Refusals.line(
                  client.refusal(
                      "JobService/SubmitJob",
                      EigenClient.bell().setReservationId(reservation).setName("x").build())))
          .contains("IDEMPOTENCY_CONFLICT");
      assertThat(
              client
                  .with("x-idempotency-key", "other")
                  .code(
                      "JobService/SubmitJob",
                      EigenClient.bell().setReservationId(reservation).build()))
          .isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(server.jobStates()).hasSize(1);
    }
  }

  @Test
  void the_same_submit_under_another_reservation_is_another_request() {
    try (EigenServer server = EigenServer.start()) {
      String first = reserve(server.later(), "one", 60).getReservationId();
      String second = reserve(server.later(), "two", 60).getReservationId();

      String job = submit(server.later(), first);

      assertThat(submit(server.later(), first)).isEqualTo(job);
      assertThat(submit(server.later(), second)).isNotEqualTo(job);
    }
  }

  private static String submit(EigenClient client, String reservation) {
    return client.submit(EigenClient.bell().setReservationId(reservation)).getJobId();
  }

  @Test
  void each_reservation_and_each_renewal_has_a_receipt() {
    try (EigenServer server = EigenServer.start()) {
      String id = reserve(server.seed(), "nightly", 60).getReservationId();
      reserve(server.seed(), "nightly", 90);

      assertThat(server.receipts())
          .filteredOn(receipt -> receipt.action().equals("action:device:reserve"))
          .extracting(Receipt::rule, Receipt::reason)
          .containsExactly(
              tuple(
                  EigenServer.DEVICE, "reservation=" + id + " seconds=60 project= purpose=nightly"),
              tuple(
                  EigenServer.DEVICE,
                  "reservation=" + id + " seconds=90 project= purpose=nightly"));
    }
  }

  @Test
  void a_device_that_nobody_serves_cannot_be_reserved() {
    try (EigenServer server = EigenServer.withoutDevice()) {
      assertThat(server.seed().code(RESERVE, request("", 60))).isEqualTo(Code.FAILED_PRECONDITION);
    }
  }

  @Test
  void a_reservation_of_another_tenant_is_no_use() {
    try (EigenServer server = EigenServer.start()) {
      String reservation =
          reserve(server.later().with("x-tenant-id", "team-a"), "", 60).getReservationId();

      assertThat(
              server
                  .later()
                  .code(
                      "JobService/SubmitJob",
                      EigenClient.bell().setReservationId(reservation).build()))
          .isEqualTo(Code.FAILED_PRECONDITION);
    }
  }

  private static long running(EigenClient client, List<String> jobs) {
    return jobs.stream()
        .filter(job -> client.status(job).getState() == JobState.JOB_STATE_RUNNING)
        .count();
  }

  private static GetDeviceStatusResponse status(EigenClient client) {
    return client.call(
        "DeviceService/GetDeviceStatus",
        GetDeviceStatusRequest.newBuilder().setDeviceId(EigenServer.DEVICE).build(),
        GetDeviceStatusResponse.parser());
  }

  private static ReserveDeviceResponse reserve(EigenClient client, String purpose, int seconds) {
    return client.call(RESERVE, request(purpose, seconds), ReserveDeviceResponse.parser());
  }

  private static ReserveDeviceRequest request(String purpose, int seconds) {
    return ReserveDeviceRequest.newBuilder()
        .setDeviceId(EigenServer.DEVICE)
        .setTtlSeconds(seconds)
        .setPurpose(purpose)
        .build();
  }
}
