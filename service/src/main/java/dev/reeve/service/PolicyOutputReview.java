package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.job.Job;
import dev.reeve.job.Work;
import dev.reeve.policy.OutputFacts;
import dev.reeve.policy.OutputVerdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// The output policy in force, asked about what jobs give out. The whole content is looked at,
/// however long; a large one on the CPU pool.
public final class PolicyOutputReview implements OutputReview {
  /// Why a result was held back.
  static final String QUARANTINED = "OUTPUT_QUARANTINED";

  private final OutputGuards guards;
  private final JobReader reader;
  private final Executor cpu;

  /// @param reader tells what a job was submitted with, for rules that ask
  /// @param cpu computes
  public PolicyOutputReview(OutputGuards guards, JobReader reader, Executor cpu) {
    this.guards = guards;
    this.reader = reader;
    this.cpu = cpu;
  }

  @Override
  public boolean mayBlock() {
    return guards.current().rules().readsSubmission();
  }

  @Override
  public Outcome review(Output output) {
    OutputGuard guard = guards.current();
    if (!guard.rules().applies()) {
      return new Outcome.Release(Ruling.NONE);
    }
    return output.bytes().size() <= BlobStore.ROW_SIZE_MAX
        ? outcome(guard, output)
        : CompletableFuture.supplyAsync(() -> outcome(guard, output), cpu).join();
  }

  private Outcome outcome(OutputGuard guard, Output output) {
    OutputVerdict verdict;
    try {
      verdict = guard.check(facts(guard, output), output.bytes(), Integer.MAX_VALUE, false);
    } catch (ProblemException e) {
      verdict = guard.rules().notChecked("the submission could not be read");
    }
    return switch (verdict.action()) {
      case ALLOW -> new Outcome.Release(ruling(verdict));
      case QUARANTINE -> held(verdict);
      case REDACT -> redacted(guard, output, verdict);
    };
  }

  private static Outcome redacted(OutputGuard guard, Output output, OutputVerdict verdict) {
    Optional<Bytes> redacted =
        guard.redact(verdict, output.bytes()).filter(bytes -> bytes.size() <= BlobStore.SIZE_MAX);
    return redacted.isPresent()
        ? new Outcome.Redact(redacted.get(), ruling(verdict))
        : held(OutputGuard.unredacted(verdict));
  }

  private static Outcome held(OutputVerdict verdict) {
    Ruling ruling = ruling(verdict);
    return new Outcome.Quarantine(QUARANTINED, ruling.reason(), ruling);
  }

  private OutputFacts facts(OutputGuard guard, Output output) {
    Job job = output.job();
    Optional<Work> work =
        guard.rules().readsSubmission()
            ? Optional.of(reader.view(job.key()).admission().spec().work())
            : Optional.empty();
    return new OutputFacts(
        job.key().tenant(),
        job.header().topic(),
        work.map(Work::capability).filter(one -> !one.isEmpty()).map(List::of).orElse(List.of()),
        work.map(Work::riskTags).orElse(List.of()),
        output.contentType(),
        output.bytes().size(),
        output.isError());
  }

  private static Ruling ruling(OutputVerdict verdict) {
    return new Ruling(verdict.ruleId(), verdict.reason(), verdict.snapshot());
  }
}
