package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.NatsBus;
import dev.reeve.bus.NatsSettings;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.ReeveEvents;
import dev.reeve.testing.Await;
import dev.reeve.testing.NatsServer;
import dev.reeve.testing.ReeveProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to jobs goes to a real broker: all of it, in order, whatever dies meanwhile.
class PublicationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /// The first delivery of each event, by job, in the order of arrival.
  private final Map<String, List<Long>> seen = new ConcurrentHashMap<>();

  private final List<String> ends = new CopyOnWriteArrayList<>();

  @Test
  void every_event_is_published_in_order_although_broker_and_server_are_killed() {
    try (NatsServer nats = NatsServer.start();
        NatsBus bus = NatsBus.open(NatsSettings.of(nats.uri()), BusLimits.standard())) {
      bus.consume(
          ConsumerSpec.of(ReeveEvents.STREAM, "test", ReeveEvents.PATTERN)
              .withAckWait(Duration.ofSeconds(5))
              .withDeliveriesMax(100),
          delivery -> {
            heard(delivery.message());
            delivery.ack();
          });
      List<String> jobs = new ArrayList<>();
      ReeveProcess first = ReeveProcess.up(folder.resolve("data"), "--nats", nats.uri().toString());
      try (first;
          ForeignClient client = ForeignClient.to(first.ready().grpc())) {
        cancelled(client, jobs, 20);
        awaitPublished(jobs);
        nats.kill();
        cancelled(client, jobs, 20);
        nats.resume();
        cancelled(client, jobs, 20);
        nats.kill();
        cancelled(client, jobs, 5);
        first.kill();
        nats.resume();
        try (ReeveProcess second = first.again();
            ForeignClient after = ForeignClient.to(second.ready().grpc())) {
          cancelled(after, jobs, 5);
          awaitPublished(jobs);
        }
      }

      assertInOrder(jobs);
    }
  }

  @Test
  void a_broker_that_lost_its_disk_gets_every_event_again_in_order() {
    try (NatsServer nats = NatsServer.start();
        NatsBus bus = NatsBus.open(NatsSettings.of(nats.uri()), BusLimits.standard());
        ReeveProcess server =
            ReeveProcess.up(folder.resolve("data"), "--nats", nats.uri().toString());
        ForeignClient client = ForeignClient.to(server.ready().grpc())) {
      bus.consume(
          ConsumerSpec.of(ReeveEvents.STREAM, "test", ReeveEvents.PATTERN),
          delivery -> {
            heard(delivery.message());
            delivery.ack();
          });
      List<String> jobs = new ArrayList<>();
      cancelled(client, jobs, 20);
      awaitPublished(jobs);
      String half = DrainIT.submit(client, "job.default");
      jobs.add(half);
      Await.until("half published", PATIENCE, () -> seen.containsKey(half));

      nats.killAndLoseDisk();
      seen.clear();
      ends.clear();
      client.call("reeve.v1.JobService/CancelJob", "{\"job_id\": \"" + half + "\"}");
      nats.resume();
      cancelled(client, jobs, 3);
      awaitPublished(jobs);

      assertInOrder(jobs);
    }
  }

  private void assertInOrder(List<String> jobs) {
    assertThat(seen).containsOnlyKeys(jobs);
    seen.forEach((job, seqs) ->
        assertThat(seqs)
            .as(job)
            .isEqualTo(LongStream.rangeClosed(1, seqs.size()).boxed().toList()));
    assertThat(ends).hasSize(jobs.size());
  }

  private void heard(BusMessage message) {
    CanonicalObject event = CanonicalReader.object(message.bytes());
    String job = event.text("job_id");
    assertThat(message.subject()).isEqualTo(ReeveEvents.subject(event.text("tenant"), job));
    long seq = event.number("seq");
    List<Long> seqs = seen.computeIfAbsent(job, _ -> new CopyOnWriteArrayList<>());
    if (!seqs.contains(seq)) {
      seqs.add(seq);
      if (event.object("event").text("t").equals("cancelled")) {
        ends.add(job);
      }
    }
  }

  /// Submits jobs that nobody takes, and ends them.
  private static void cancelled(ForeignClient client, List<String> jobs, int count) {
    for (int i = 0; i < count; i++) {
      String job = DrainIT.submit(client, "job.default");
      client.call("reeve.v1.JobService/CancelJob", "{\"job_id\": \"" + job + "\"}");
      jobs.add(job);
    }
  }

  private void awaitPublished(List<String> jobs) {
    Await.untilAsserted(PATIENCE, () -> assertThat(ends).containsAll(jobs));
  }
}
