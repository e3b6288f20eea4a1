package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SharedPartsTest {
  @Test
  void a_compact_job_is_equal_to_what_it_was() {
    SharedParts parts = new SharedParts();
    RandomValues values = new RandomValues(new Random(17));
    for (int i = 0; i < 2_000; i++) {
      Admission admission = values.admission();
      Job job = Job.created(i + 1, admission);

      assertThat(parts.compact(job)).isEqualTo(job);
      assertThat(parts.compact(values.finishedJob(admission)).header()).isEqualTo(job.header());
    }
  }

  @Test
  void two_jobs_of_one_kind_share_all_but_their_own_id() {
    SharedParts parts = new SharedParts();
    Job one = parts.compact(stored(1));
    Job two = parts.compact(stored(2));

    assertThat(two.header().key().tenant()).isSameAs(one.header().key().tenant());
    assertThat(two.header().placement()).isSameAs(one.header().placement());
    assertThat(two.header().topic()).isSameAs(one.header().placement().route());
    assertThat(two.header().limits()).isSameAs(one.header().limits());
    assertThat(two.header().origin()).isSameAs(one.header().origin());
    assertThat(two.verdict()).isSameAs(one.verdict());
    assertThat(two.header().key().jobId()).isNotSameAs(one.header().key().jobId());
  }

  private static Job stored(long jobNo) {
    Admission admission =
        JobSamples.admission(Verdict.Decision.ALLOW, List.of(), RunLimits.DEFAULT);
    return Job.created(jobNo, AdmissionCodec.read(AdmissionCodec.write(admission)));
  }
}
