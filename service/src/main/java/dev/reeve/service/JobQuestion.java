package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.job.JobSpec;
import dev.reeve.job.Work;
import dev.reeve.policy.InputContent;
import dev.reeve.policy.JobFacts;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The introduction of jobs to policy: what it sees of a job, whichever API it came by, at its
/// submit and whenever it is asked again.
///
/// Every job is a direct call: nobody vouches for a delegation that a client claims.
final class JobQuestion {
  private static final byte[] SECRET_REFERENCE = "secret://".getBytes(StandardCharsets.US_ASCII);
  private static final String SECRETS = "secrets";
  private static final String SECRETS_PRESENT = "secrets_present";

  private JobQuestion() {}

  /// @param spec the job
  /// @param payload its content
  static PolicyInput of(JobSpec spec, Bytes payload) {
    Work work = spec.work();
    String jobId = spec.key().jobId();
    JobFacts facts =
        new JobFacts(
            jobId,
            work.claims().packId(),
            work.claims().actorId(),
            work.claims().actorType(),
            work.requires(),
            0,
            Scope.ofLabels(jobId, work.labels()),
            Optional.empty(),
            Optional.empty());
    return new PolicyInput(
            spec.key().tenant(),
            work.topic(),
            work.capability(),
            work.riskTags(),
            work.labels(),
            spec.origin().principal())
        .withFacts(facts)
        .withContent(new InputContent(payload, spec.payload().contentType(), payload.size()));
  }

  /// The same request without the job and workflow that its labels claim.
  static PolicyInput withoutScope(PolicyInput input) {
    return input.withFacts(input.facts().withJob(input.facts().jobId(), Scope.NONE));
  }

  /// The work as policy and workers see it: a reference to a secret in its content raises a tag and
  /// a label, which nobody can lower.
  static Work raised(Work work, Bytes payload) {
    if (!mentionsSecret(payload)) {
      return work;
    }
    List<String> tags = new ArrayList<>(work.riskTags());
    if (!tags.contains(SECRETS)) {
      tags.add(SECRETS);
    }
    Map<String, String> labels = new HashMap<>(work.labels());
    labels.put(SECRETS_PRESENT, "true");
    return new Work(
        work.name(),
        work.topic(),
        work.capability(),
        tags,
        work.requires(),
        labels,
        work.metadata(),
        work.attributes(),
        work.claims());
  }

  private static boolean mentionsSecret(Bytes payload) {
    byte[] bytes = payload.unsafeArray();
    int last = payload.size() - SECRET_REFERENCE.length;
    for (int i = 0; i <= last; i++) {
      // The rarest byte of the word decides for nearly every place.
      if (bytes[i + 6] == ':' && startsHere(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsHere(byte[] bytes, int at) {
    for (int i = 0; i < SECRET_REFERENCE.length; i++) {
      if (bytes[at + i] != SECRET_REFERENCE[i]) {
        return false;
      }
    }
    return true;
  }
}
