package dev.reeve.quantum.jobspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobSpecTest {
  private static final String V1 =
      """
      apiVersion: eigen.os/v1
      kind: QuantumJob
      metadata: {name: vqe-h2, labels: {team: chem}}
      spec:
        target: sim:local
        priority: 70
        program: {path: programs/vqe.eigen.py}
        compiler: {optimization_level: 2}
        workload: {kind: hybrid_workflow, pipeline: {stage_id: s1}}
        scheduling: {deadline_s: 60, class: batch}
        metadata: {shots: 2000, seed: 7}
        dependencies: [job-1]
      """;

  @Test
  void a_specification_is_taken_apart() {
    JobSpec spec = JobSpec.read(V1);

    assertThat(spec.version()).isEqualTo(JobSpecVersion.V1);
    assertThat(spec.name()).isEqualTo("vqe-h2");
    assertThat(spec.priority()).hasValue(70);
    assertThat(spec.program()).isEqualTo(new JobSpec.Program.Beside("programs/vqe.eigen.py"));
    assertThat(spec.options())
        .containsEntry("optimization_level", "2")
        .containsEntry("spec.workload.kind", "hybrid_workflow")
        .containsEntry("spec.workload.pipeline.stage_id", "s1");
    assertThat(spec.metadata()).containsEntry("shots", "2000").containsEntry("seed", "7");
    assertThat(spec.section("scheduling")).contains("{\"class\":\"batch\",\"deadline_s\":60}");
    assertThat(spec.dependencies()).containsExactly("job-1");
  }

  @Test
  void a_file_that_goes_too_deep_is_refused_where_it_does() {
    for (String deep : new String[] {"[".repeat(5_000), "{a: ".repeat(500_000), "- ".repeat(400)}) {
      assertThatThrownBy(() -> JobSpec.read("kind: QuantumJob\nspec: \n  " + deep))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused ->
                  assertThat(refused.problem().message()).contains("line 3", "at most 20 levels"));
    }
  }

  @Test
  void files_that_mean_the_same_have_one_digest() {
    String turned =
        "{spec: {dependencies: [job-1], metadata: {seed: 7, shots: 2000}, scheduling: {class:"
            + " batch, deadline_s: 60}, workload: {pipeline: {stage_id: s1}, kind:"
            + " hybrid_workflow}, compiler: {optimization_level: 2}, program: {path:"
            + " programs/vqe.eigen.py}, priority: 70, target: 'sim:local'}, metadata: {labels:"
            + " {team: chem}, name: vqe-h2}, kind: QuantumJob, apiVersion: eigen.os/v1}";
    Bytes source = Bytes.utf8("source");

    NormalizedJobSpec one = JobSpec.read(V1).normalized(source);

    assertThat(JobSpec.read(turned).normalized(source)).isEqualTo(one);
    assertThat(one.json())
        .startsWith("{\"apiVersion\":\"eigen.os/v1\",\"compatibility\":{\"ignored\":[],")
        .contains("\"contract\":\"jobspec.normalized\"")
        .contains("\"package\":{\"canonical_digest\":\"sha256:" + one.digest() + "\"")
        .contains("\"source_sha256\":\"" + one.sourceDigest() + "\"");
    assertThat(JobSpec.read(V1.replace("70", "71")).normalized(source).digest())
        .isNotEqualTo(one.digest());
  }

  @Test
  void the_earlier_version_passes_over_what_it_does_not_know() {
    JobSpec spec =
        JobSpec.read(
            """
            apiVersion: eigen.os/v0.1
            kind: QuantumJob
            metadata: {name: bell}
            extra: 1
            spec: {target: "sim:local", program: "OPENQASM 3;", colour: red}
            """);

    assertThat(spec.program()).isEqualTo(new JobSpec.Program.Inline("OPENQASM 3;"));
    assertThat(spec.ignored()).containsExactly("extra", "spec.colour");
    assertThat(spec.normalized(Bytes.EMPTY).json())
        .contains("\"source_api_version\":\"eigen.os/v0.1\"", "\"apiVersion\":\"eigen.os/v1\"");
  }

  @Test
  void a_path_that_leads_out_is_refused() {
    for (String path :
        List.of("/etc/passwd", "../secret", "a/../../b", "c:\\\\x", "a\\\\..\\\\b")) {
      assertThatThrownBy(() -> JobSpec.read(V1.replace("programs/vqe.eigen.py", path)))
          .as(path)
          .hasMessageContaining("spec.program.path: ");
    }
  }

  @Test
  void every_mistake_is_reported_at_once() {
    assertThatThrownBy(() ->
            JobSpec.read(
                """
                apiVersion: eigen.os/v1
                kind: Job
                metadata: {name: "a b"}
                spec: {program: {}, priority: 101, dependencies: x, schedulling: {}}
                """))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().fields())
                    .extracting(field -> field.field())
                    .containsExactlyInAnyOrder(
                        "kind",
                        "metadata.name",
                        "spec.schedulling",
                        "spec.target",
                        "spec.priority",
                        "spec.program.path",
                        "spec.dependencies"));
  }

  @Test
  void yaml_that_explodes_is_refused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
    for (int i = 1; i < 9; i++) {
      String one = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s,%s]\n".formatted(i, i, one, one));
    }
    bomb.append("x: [*a8,*a8]\n");

    assertThatThrownBy(() -> JobSpec.read(bomb.toString()))
        .hasMessageStartingWith("JOBSPEC_INVALID");
    assertThatThrownBy(() -> JobSpec.read("a: &a [*a]")).hasMessageContaining("JOBSPEC_INVALID");
    assertThatThrownBy(() -> JobSpec.read("a: 1\na: 2"))
        .hasMessageStartingWith("JOBSPEC_INVALID: not valid YAML: line 2");
    assertThatThrownBy(() -> JobSpec.read("- 1")).hasMessageContaining("no mapping");
  }
}
