package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.testing.Golden;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdmissionCodecTest {
  private static final Admission SMALL =
      JobSamples.admission(Verdict.Decision.ALLOW, List.of(), RunLimits.DEFAULT);

  private static final Admission FULL =
      new Admission(
          new JobSpec(
              new JobKey("acme", "job-1"),
              "apollo",
              new Origin("eigen", "ada", "4bf92f3577b34da6a3ce929d0e0e4736"),
              new Work(
                  "bell",
                  "job.quantum.sim.local",
                  "quantum.run",
                  List.of("prod", "write"),
                  List.of("gpu"),
                  Map.of("team", "q", "env", "prod"),
                  Map.of("shots", "1024"),
                  Map.of("target", "sim:local")),
              new Placement("device/sim:local", "nightly", 90, List.of("p1", "p2")),
              new RunLimits(JobSamples.LATER, 900_000_000, RetryPolicy.NEVER, true),
              Content.of("application/openqasm", Bytes.utf8("OPENQASM 3;")),
              JobSamples.CREATED),
          new Verdict(Verdict.Decision.REQUIRE_APPROVAL, "r-7", "prod needs a person", "cfg:ab12"),
          JobSamples.SALT);

  private static final Admission GRANTED =
      new Admission(
          new JobSpec(
              SMALL.spec().key(),
              "",
              SMALL.spec().origin(),
              new Work(
                  "",
                  "job.echo",
                  "",
                  List.of(),
                  List.of(),
                  Map.of(),
                  Map.of(),
                  Map.of(),
                  new Claims("ada", "human", "pack-1")),
              SMALL.spec().placement(),
              SMALL.spec().limits(),
              SMALL.spec().payload(),
              JobSamples.CREATED),
          SMALL.verdict(),
          JobSamples.SALT,
          new Grant(900_000_000, 2, 4096, 3, 2, "{\"budgets\":{}}", 0),
          List.of("r-1\u001facme"));

  private static final Admission OF_CLIENT =
      new Admission(
          new JobSpec(
              SMALL.spec().key(),
              "",
              new Origin("mathison", "ada", "", "billing-bot"),
              SMALL.spec().work(),
              SMALL.spec().placement(),
              SMALL.spec().limits(),
              SMALL.spec().payload(),
              JobSamples.CREATED),
          SMALL.verdict(),
          JobSamples.SALT);

  private static final Admission BOUNDED =
      JobSamples.admission(
          Verdict.Decision.ALLOW,
          List.of(),
          new RunLimits(0, 0, new RetryPolicy(3, 1, 2, 5_000_000), false));

  @Test
  void stored_forms_never_change() {
    Golden.holdAppendOnly(
        "admissions.txt",
        List.of(
            AdmissionCodec.write(SMALL).utf8(),
            AdmissionCodec.write(FULL).utf8(),
            AdmissionCodec.write(GRANTED).utf8(),
            AdmissionCodec.write(OF_CLIENT).utf8(),
            AdmissionCodec.write(BOUNDED).utf8()));
    assertThat(AdmissionCodec.read(AdmissionCodec.write(BOUNDED))).isEqualTo(BOUNDED);
    assertThat(AdmissionCodec.read(AdmissionCodec.write(OF_CLIENT))).isEqualTo(OF_CLIENT);
    assertThat(AdmissionCodec.read(AdmissionCodec.write(GRANTED))).isEqualTo(GRANTED);
    assertThat(AdmissionCodec.read(AdmissionCodec.write(SMALL))).isEqualTo(SMALL);
    assertThat(AdmissionCodec.read(AdmissionCodec.write(FULL))).isEqualTo(FULL);
  }

  @Test
  void random_admissions_read_back_equal() {
    RandomValues values = new RandomValues(new Random(12));
    for (int i = 0; i < 2_000; i++) {
      Admission admission = values.admission();
      Bytes stored = AdmissionCodec.write(admission);

      assertThat(AdmissionCodec.read(stored)).as(stored.utf8()).isEqualTo(admission);
      assertThat(AdmissionCodec.write(AdmissionCodec.read(stored))).isEqualTo(stored);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"v\":1                | \"v\":4                | admission: version 4",
        "\"v\":1                | \"w\":1                | v: missing",
        "\"tenant\":\"acme\"    | \"tenant\":\"\"        | admission: tenant: empty",
        "\"job_id\":\"job-1\"   | \"job_id\":1           | job_id: Long",
        "\"priority\":90        | \"priority\":101       | admission: priority: 101",
        "\"priority\":90        | \"priority\":4294967386| priority: 4294967386",
        "\"REQUIRE_APPROVAL\"   | \"MAYBE\"              | admission: No enum constant",
        "\"attempts\":1         | \"attempts\":0         | admission: retry.max_attempts: 0",
        "\"once\":true          | \"once\":1             | once: Long",
        "\"deadline_at\":1      | \"deadline_at\":-1     | admission: deadline: -1",
        "\"salt\":\"00          | \"salt\":\"0G          | salt: not hex",
        "\"depends_on\":[\"p1\" | \"depends_on\":[1      | depends_on: element"
      })
  void a_damaged_member_is_refused_by_name(String from, String to, String message) {
    String damaged = AdmissionCodec.write(FULL).utf8().replace(from, to);

    assertThat(damaged).isNotEqualTo(AdmissionCodec.write(FULL).utf8());
    assertThatThrownBy(() -> AdmissionCodec.read(Bytes.utf8(damaged)))
        .isInstanceOf(CanonicalFormatException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void a_job_stored_without_a_retry_policy_keeps_the_one_of_its_time() {
    Admission stored = AdmissionCodec.read(AdmissionCodec.write(SMALL));

    assertThat(AdmissionCodec.write(SMALL).utf8()).doesNotContain("retry");
    assertThat(stored.spec().limits().retry()).isEqualTo(new RetryPolicy(3, 1_000_000, 30_000_000));
  }

  @Test
  void a_flag_that_says_false_is_false() {
    String said = AdmissionCodec.write(FULL).utf8().replace("\"once\":true", "\"once\":false");

    assertThat(AdmissionCodec.read(Bytes.utf8(said)).spec().limits().atMostOnce()).isFalse();
  }
}
