package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.jobspec.JobSpec;
import dev.reeve.quantum.jobspec.NormalizedJobSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a job specification that rides in the metadata of a submit adds to it: its sections, its
/// version and digest, the digest of the program. What the caller says beside it stays.
final class JobSpecFacts {
  private static final List<String> KEYS = List.of("jobspec_yaml", "job_yaml", "job.spec.yaml");
  private static final List<String> SECTIONS = List.of("scheduling", "security", "observability");

  private JobSpecFacts() {}

  /// @param field what the metadata is called in the request
  /// @throws ProblemException when the specification breaks a rule
  static Map<String, String> added(Map<String, String> metadata, Program program, String field) {
    for (String key : KEYS) {
      String yaml = metadata.get(key);
      if (yaml != null) {
        Map<String, String> all = new TreeMap<>(facts(yaml, program, field + "." + key));
        all.putAll(metadata);
        return all;
      }
    }
    return metadata;
  }

  private static Map<String, String> facts(String yaml, Program program, String field) {
    Map<String, String> facts = new TreeMap<>();
    try {
      JobSpec spec = JobSpec.read(yaml);
      NormalizedJobSpec normalized = spec.normalized(program.source());
      facts.put("jobspec_version", spec.version().text());
      facts.put("jobspec_digest", normalized.digest());
      facts.put("source_sha256", normalized.sourceDigest());
      for (String section : SECTIONS) {
        spec.section(section).ifPresent(json -> facts.put("jobspec_" + section, json));
      }
    } catch (ProblemException e) {
      Problem problem =
          EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED.because(
              field + ": " + e.problem().message());
      throw problem.withField(field, e.problem().message()).toException();
    }
    return facts;
  }
}
