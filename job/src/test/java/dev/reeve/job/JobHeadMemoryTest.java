package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What a queued job keeps on the heap, measured: many heads are read from their stored form, as at
/// start, and the heap is compared before and after.
final class JobHeadMemoryTest {
  private static final int JOBS = 20_000;
  private static final int BYTES_MAX = 512;

  @Test
  void the_head_of_a_queued_job_stays_far_below_its_bound() {
    SharedParts parts = new SharedParts();

    long plain = bytesPerJob(UnaryOperator.identity());
    long compact = bytesPerJob(parts::compact);

    System.out.println("bytes per queued job: " + plain + " as read, " + compact + " compact");
    assertThat(compact).isLessThan(plain).isLessThanOrEqualTo(BYTES_MAX * 4 / 5);
  }

  private static long bytesPerJob(UnaryOperator<Job> keep) {
    List<Job> jobs = new ArrayList<>(JOBS);
    long before = usedBytes();
    for (int i = 0; i < JOBS; i++) {
      Bytes stored = AdmissionCodec.write(admission(i));
      Job created = Job.created(i + 1, AdmissionCodec.read(stored));
      JobEvent ready = new JobEvent.Queued(created.header().createdAtMicros(), 0, "READY");
      jobs.add(keep.apply(JobEvolution.evolve(created, ready)));
    }
    long after = usedBytes();
    assertThat(jobs).hasSize(JOBS);
    return (after - before) / JOBS;
  }

  /// Every job with its own id, trace and deadline, as an API with traces and deadlines makes them;
  /// 100 tenants, 400 principals, 25 topics, 10 rules.
  private static Admission admission(int i) {
    long created = JobSamples.CREATED + i;
    String topic = "job.quantum.sim.device-" + i % 25;
    JobSpec spec =
        new JobSpec(
            new JobKey("tenant-" + i % 100, new UUID(created, i).toString()),
            "project-" + i % 7,
            new Origin(
                "eigen",
                "user-" + i % 400 + "@example.com",
                "%032x".formatted(i * 0x9E3779B97F4A7C15L)),
            new Work(
                "bell",
                topic,
                "quantum.run",
                List.of("prod"),
                List.of(),
                Map.of("team", "q"),
                Map.of("shots", "1024"),
                Map.of("target", "sim:local")),
            new Placement(topic, "", Placement.PRIORITY_DEFAULT, List.of()),
            new RunLimits(created + 60_000_000, 900_000_000, RetryPolicy.DEFAULT, false),
            JobSamples.RESULT,
            created);
    Verdict verdict =
        new Verdict(
            Verdict.Decision.ALLOW,
            "rule-" + i % 10,
            "the default tenant may run simulations",
            "cfg:" + "0123456789abcdef".repeat(4));
    return new Admission(spec, verdict, JobSamples.SALT);
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
