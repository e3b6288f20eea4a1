package dev.reeve.gateway.beamline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorkerBeatTest {
  private static WorkerBeat read(String json) {
    return WorkerBeat.read(Bytes.utf8(json));
  }

  @Test
  void both_forms_of_a_heartbeat_are_read() {
    WorkerBeat contract =
        read(
            """
            {"version":"1","worker_id":"w-1","timestamp":"2026-01-02T03:04:05Z","status":"busy",
             "resources":{"cpu":0.5,"gpu":0,"mem_bytes":1024,"jobs_in_flight":3},
             "tenant_id":"acme",
             "metadata":{"topics":["job.a","b.c"],"concurrency":4,"zone":"eu","n":1,
                         "assignment_subject":"caf.exec.assign.v1.gpu"}}
            """);
    WorkerBeat other =
        read(
            """
            {"version":"v1","kind":"heartbeat",
             "data":{"worker_id":"w-2","timestamp":1,"status":"idle","load":0.25}}
            """);

    assertThat(contract)
        .isEqualTo(
            new WorkerBeat(
                "w-1",
                WorkerBeat.Status.BUSY,
                0.5,
                3,
                "acme",
                Set.of("job.a", "job.b.c"),
                4,
                "caf.exec.assign.v1.gpu",
                Map.of("zone", "eu")));
    assertThat(other.status()).isEqualTo(WorkerBeat.Status.READY);
    assertThat(other.load()).isEqualTo(0.25);
  }

  @Test
  void topics_may_be_one_text() {
    assertThat(read("{\"worker_id\":\"w\",\"metadata\":{\"topics\":\"job.a, job.b\"}}").topics())
        .containsExactlyInAnyOrder("job.a", "job.b");
  }

  @Test
  void what_cannot_be_is_refused() {
    for (String json :
        new String[] {
          "{}",
          "{\"worker_id\":\"\"}",
          "{\"worker_id\":\"a b\"}",
          "{\"worker_id\":\"w\",\"status\":\"asleep\"}",
          "{\"worker_id\":\"w\",\"metadata\":{\"concurrency\":100000}}",
          "{\"worker_id\":\"w\",\"metadata\":{\"topics\":[\"job..a\"]}}",
          "{\"worker_id\":\"w\",\"metadata\":{\"assignment_subject\":\"sys.job.cancel\"}}",
          "{\"worker_id\":\"w\",\"metadata\":{\"assignment_subject\":\"caf.exec.assign.v1.ack\"}}"
        }) {
      assertThatThrownBy(() -> read(json)).as(json).isInstanceOf(ProblemException.class);
    }
  }
}
