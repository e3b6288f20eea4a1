package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.Work;
import dev.reeve.policy.OutputFacts;
import dev.reeve.policy.OutputVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The output policy in force, asked about what jobs give out. The whole content is looked at,
/// however long; a large one on the CPU pool.
///
/// Before that, rules may ask what the job was submitted with. As long as the store does not tell,
/// nothing can be said of the output, whatever the fail mode: it is postponed.
public final class PolicyOutputReview implements OutputReview {
  /// Why a result was held back.
  static final String QUARANTINED = "OUTPUT_QUARANTINED";

  private static final Logger log = LoggerFactory.getLogger(PolicyOutputReview.class);
  private static final String UNREAD = "the submission could not be read";

  private final OutputGuards guards;
  private final Function<JobKey, Work> submissions;
  private final Executor cpu;
  private final Executor blocking;
  private final Duration timeMax;

  /// @param reader tells what a job was submitted with, for rules that ask
  /// @param cpu computes
  /// @param blocking may wait for the store
  public PolicyOutputReview(
      OutputGuards guards, JobReader reader, Executor cpu, Executor blocking) {
    this(
        guards,
        key -> reader.view(key).admission().spec().work(),
        cpu,
        blocking,
        OutputGuard.CONTENT_TIME_MAX);
  }

  /// @param submissions what a job was submitted with; may wait for the store
  /// @param timeMax how long that is waited for
  PolicyOutputReview(
      OutputGuards guards,
      Function<JobKey, Work> submissions,
      Executor cpu,
      Executor blocking,
      Duration timeMax) {
    this.guards = guards;
    this.submissions = submissions;
    this.cpu = cpu;
    this.blocking = blocking;
    this.timeMax = timeMax;
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
    Optional<Work> work = Optional.empty();
    if (guard.rules().readsSubmission()) {
      work = submission(output.job().key());
      if (work.isEmpty()) {
        return new Outcome.Postpone(UNREAD);
      }
    }
    OutputFacts facts = facts(output, work);
    return output.bytes().size() <= BlobStore.ROW_SIZE_MAX
        ? outcome(guard, output, facts)
        : CompletableFuture.supplyAsync(() -> outcome(guard, output, facts), cpu).join();
  }

  private static Outcome outcome(OutputGuard guard, Output output, OutputFacts facts) {
    OutputVerdict verdict = guard.check(facts, output.bytes(), Integer.MAX_VALUE, false);
    return switch (verdict.action()) {
      case ALLOW -> {
        guard.counts().count(OutputCounts.Source.JOB, verdict);
        yield new Outcome.Release(ruling(verdict));
      }
      case QUARANTINE -> held(guard, verdict);
      case REDACT -> redacted(guard, output, verdict);
    };
  }

  /// What the job was submitted with; empty when the store does not tell within the time that a
  /// check of the content may take.
  private Optional<Work> submission(JobKey key) {
    CompletableFuture<Work> read =
        CompletableFuture.supplyAsync(() -> submissions.apply(key), blocking);
    try {
      return Optional.of(read.get(timeMax.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      // Where this thread was late and not the store, the answer is there by now.
      if (read.state() == Future.State.SUCCESS) {
        return Optional.of(read.resultNow());
      }
      log.warn("submission not read in time before its output was looked at job={}", key);
      return Optional.empty();
    } catch (ExecutionException e) {
      log.warn("submission not read before its output was looked at job={}", key, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Outcome redacted(OutputGuard guard, Output output, OutputVerdict verdict) {
    Optional<Bytes> redacted =
        guard.redact(verdict, output.bytes()).filter(bytes -> bytes.size() <= BlobStore.SIZE_MAX);
    if (redacted.isEmpty()) {
      return held(guard, OutputGuard.unredacted(verdict));
    }
    guard.counts().count(OutputCounts.Source.JOB, verdict);
    return new Outcome.Redact(redacted.get(), ruling(verdict));
  }

  private static Outcome held(OutputGuard guard, OutputVerdict verdict) {
    guard.counts().count(OutputCounts.Source.JOB, verdict);
    return new Outcome.Quarantine(QUARANTINED, verdict.reason(), ruling(verdict));
  }

  private static OutputFacts facts(Output output, Optional<Work> work) {
    Job job = output.job();
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
