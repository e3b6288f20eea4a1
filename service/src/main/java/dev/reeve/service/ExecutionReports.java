package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import dev.reeve.job.Progress;
import dev.reeve.ledger.Receipt;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What executors report about the attempts in their hands, built-in ones and workers alike. A
/// result goes through the output review before it can be read: up to 64 KiB before its commit, so
/// both fall into one; larger ones, and those that cannot be looked at now, are stored first and
/// held in review.
public final class ExecutionReports {
  private static final Logger log = LoggerFactory.getLogger(ExecutionReports.class);
  private static final String ACTION = "action:job:finish";
  private static final String ERROR_TYPE = "text/plain";
  private static final String MESSAGE_WITHHELD = "the message is held back by the output policy";
  private static final String NOT_STORED = "the result could not be stored";

  private final Writer writer;
  private final JobArchive archive;
  private final BlobStore blobs;
  private final OutputReview review;
  private final Executor blocking;
  private final RandomGenerator random;
  private final WorkerWords words;

  /// Numbers of the jobs whose held result is being reviewed.
  private final Set<Long> reviewed = ConcurrentHashMap.newKeySet();

  /// @param blocking runs what stores or reviews large results
  /// @param words what may be shown of the short texts of workers
  public ExecutionReports(
      Writer writer,
      JobArchive archive,
      BlobStore blobs,
      OutputReview review,
      Executor blocking,
      RandomGenerator random,
      WorkerWords words) {
    this.words = words;
    this.writer = writer;
    this.archive = archive;
    this.blobs = blobs;
    this.review = review;
    this.blocking = blocking;
    this.random = random;
  }

  /// The executor's first sign.
  public void started(DispatchId dispatch, Answer<Job> answer) {
    ask(dispatch, new JobCommand.Start(dispatch), answer);
  }

  public void progressed(DispatchId dispatch, Progress progress, Answer<Job> answer) {
    ask(dispatch, new JobCommand.ReportProgress(dispatch, words.progress(progress)), answer);
  }

  /// The attempt failed. Its message is reviewed like a result; one that is held back, or cannot be
  /// looked at now, leaves the code alone.
  ///
  /// @param retryAfterMicros wait that the executor asks for; 0 for the job's own
  public void failed(
      Job job,
      DispatchId dispatch,
      String code,
      String message,
      boolean retryable,
      long retryAfterMicros,
      Answer<Job> answer) {
    ended(
        job,
        dispatch,
        JobCommand.Ending.FAILED,
        code,
        message,
        retryable,
        retryAfterMicros,
        answer);
  }

  /// The same, for an attempt after which the job ends in another way, when it is the last.
  public void ended(
      Job job,
      DispatchId dispatch,
      JobCommand.Ending ending,
      String code,
      String message,
      boolean retryable,
      long retryAfterMicros,
      Answer<Job> answer) {
    Bytes told = Bytes.utf8(message);
    boolean inline = told.isEmpty() || isInline(told);
    run(
        inline,
        () -> {
          OutputReview.Outcome outcome =
              told.isEmpty()
                  ? new OutputReview.Outcome.Release(OutputReview.Ruling.NONE)
                  : review.review(new OutputReview.Output(job, ERROR_TYPE, told, true));
          String shown =
              switch (outcome) {
                case OutputReview.Outcome.Release _ -> message;
                case OutputReview.Outcome.Redact redacted -> redacted.bytes().utf8();
                case OutputReview.Outcome.Quarantine _, OutputReview.Outcome.Postpone _ ->
                    MESSAGE_WITHHELD;
              };
          JobCommand.Fail command =
              new JobCommand.Fail(
                  dispatch,
                  ending,
                  words.code(code),
                  shown,
                  retryable,
                  retryAfterMicros,
                  random.nextDouble());
          fail(job, command, outcome.ruling(), answer);
        });
  }

  private void fail(
      Job job, JobCommand.Fail command, OutputReview.Ruling ruling, Answer<Job> answer) {
    writer.offer(
        new LogCommand.Ask(
            new LogCommand.Target.ByNumber(command.dispatch().jobNo()),
            command,
            Bytes.EMPTY,
            Optional.of(
                receipt(job, "fail").withRule(ruling.ruleId(), command.code(), ruling.snapshot())),
            answer));
  }

  private boolean isInline(Bytes output) {
    return output.size() <= BlobStore.ROW_SIZE_MAX && !review.mayBlock();
  }

  private void run(boolean inline, Runnable work) {
    if (inline) {
      work.run();
    } else {
      blocking.execute(work);
    }
  }

  /// The attempt was stopped by us and goes back to the queue.
  public void interrupted(DispatchId dispatch, String reason) {
    ask(dispatch, new JobCommand.Interrupt(dispatch, reason), Answer.none());
  }

  /// The attempt is done. Does not block; a result over 64 KiB is stored on a blocking thread.
  public void completed(
      Job job, DispatchId dispatch, String contentType, Bytes result, Answer<Job> answer) {
    if (result.size() > BlobStore.SIZE_MAX) {
      refuse(job, dispatch, "RESULT_TOO_LARGE", "result is over 64 MiB", false, answer);
      return;
    }
    long granted = job.grant().resultBytesMax();
    if (granted > 0 && result.size() > granted) {
      String message = "result is over the " + granted + " bytes that policy permits";
      refuse(job, dispatch, "RESULT_TOO_LARGE", message, false, answer);
      return;
    }
    Content content = Content.of(words.contentType(contentType), result);
    if (result.size() > BlobStore.ROW_SIZE_MAX) {
      blocking.execute(() -> completeLarge(job, dispatch, content, result, answer));
      return;
    }
    run(isInline(result), () -> completeSmall(job, dispatch, content, result, answer));
  }

  private void completeSmall(
      Job job, DispatchId dispatch, Content content, Bytes result, Answer<Job> answer) {
    switch (review.review(output(job, content, result))) {
      case OutputReview.Outcome.Release released ->
          finish(
              job,
              new JobCommand.Complete(dispatch, content),
              result,
              ruled(receipt(job, "release"), released.ruling()).withOutput(content.sha256()),
              answer);
      case OutputReview.Outcome.Redact redacted -> {
        Content shown = Content.of(content.contentType(), redacted.bytes());
        if (keep(job, shown, redacted.bytes())) {
          finish(
              job,
              new JobCommand.CompleteRedacted(dispatch, content, shown),
              rowOf(redacted.bytes()),
              redaction(job, content, shown, redacted.ruling()),
              answer);
        } else {
          refuse(job, dispatch, "RESULT_NOT_STORED", NOT_STORED, true, answer);
        }
      }
      case OutputReview.Outcome.Quarantine held ->
          finish(
              job,
              new JobCommand.CompleteQuarantined(dispatch, content, held.code(), held.message()),
              result,
              ruled(receipt(job, "quarantine"), held.ruling()).withInput(content.sha256()),
              answer);
      case OutputReview.Outcome.Postpone postponed -> {
        postponed(job, postponed);
        ask(dispatch, new JobCommand.SubmitResult(dispatch, content), result, answer);
      }
    }
  }

  /// A failure in our own words, which need no review.
  private void refuse(
      Job job,
      DispatchId dispatch,
      String code,
      String message,
      boolean retryable,
      Answer<Job> answer) {
    fail(
        job,
        new JobCommand.Fail(dispatch, code, message, retryable, 0, random.nextDouble()),
        OutputReview.Ruling.NONE,
        answer);
  }

  private static OutputReview.Output output(Job job, Content content, Bytes bytes) {
    return new OutputReview.Output(job, content.contentType(), bytes, false);
  }

  /// Stores what is too large for the commit.
  private boolean keep(Job job, Content content, Bytes bytes) {
    if (bytes.size() <= BlobStore.ROW_SIZE_MAX) {
      return true;
    }
    try {
      blobs.put(job.key().tenant(), content.sha256(), bytes);
      return true;
    } catch (StoreException e) {
      log.warn("redacted result not storable job_id={}", job.key().jobId(), e);
      return false;
    }
  }

  private static Bytes rowOf(Bytes bytes) {
    return bytes.size() <= BlobStore.ROW_SIZE_MAX ? bytes : Bytes.EMPTY;
  }

  private static Receipt redaction(
      Job job, Content content, Content shown, OutputReview.Ruling ruling) {
    return ruled(receipt(job, "redact"), ruling)
        .withInput(content.sha256())
        .withOutput(shown.sha256());
  }

  private static Receipt ruled(Receipt receipt, OutputReview.Ruling ruling) {
    return receipt.withRule(ruling.ruleId(), ruling.reason(), ruling.snapshot());
  }

  private static void postponed(Job job, OutputReview.Outcome.Postpone why) {
    log.warn("result stays held job_id={} reason={}", job.key().jobId(), why.reason());
  }

  /// Reviews a result that waits for it, after a restart as well. Runs on a blocking thread; while
  /// one review of a job runs, no other begins.
  public void reviewWaiting(Job job) {
    if (job.state() instanceof JobState.Reviewing reviewing && reviewed.add(job.jobNo())) {
      blocking.execute(() -> {
        try {
          reviewStored(job, reviewing.result());
        } finally {
          reviewed.remove(job.jobNo());
        }
      });
    }
  }

  private void completeLarge(
      Job job, DispatchId dispatch, Content content, Bytes result, Answer<Job> answer) {
    try {
      blobs.put(job.key().tenant(), content.sha256(), result);
    } catch (StoreException e) {
      log.warn("result not storable job_id={}", job.key().jobId(), e);
      refuse(job, dispatch, "RESULT_NOT_STORED", NOT_STORED, true, answer);
      return;
    }
    ask(
        dispatch,
        new JobCommand.SubmitResult(dispatch, content),
        Bytes.EMPTY,
        new Answer<>() {
          @Override
          public void done(Job held) {
            answer.done(held);
            reviewWaiting(held);
          }

          @Override
          public void refused(Problem problem) {
            answer.refused(problem);
          }
        });
  }

  private void reviewStored(Job job, Content content) {
    try {
      Optional<Bytes> result = archive.result(job.jobNo(), job.key().tenant(), content);
      if (result.isEmpty()) {
        throw new IllegalStateException("held result of " + job.key().jobId() + " is gone");
      }
      switch (review.review(output(job, content, result.get()))) {
        case OutputReview.Outcome.Release released ->
            finishHeld(
                job,
                new JobCommand.Release(content),
                Bytes.EMPTY,
                ruled(receipt(job, "release"), released.ruling()).withOutput(content.sha256()));
        case OutputReview.Outcome.Redact redacted -> {
          Content shown = Content.of(content.contentType(), redacted.bytes());
          // Not storable now: it stays held and is reviewed again.
          if (keep(job, shown, redacted.bytes())) {
            finishHeld(
                job,
                new JobCommand.Release(shown),
                rowOf(redacted.bytes()),
                redaction(job, content, shown, redacted.ruling()));
          }
        }
        case OutputReview.Outcome.Quarantine held ->
            finishHeld(
                job,
                new JobCommand.Quarantine(held.code(), held.message()),
                Bytes.EMPTY,
                ruled(receipt(job, "quarantine"), held.ruling()).withInput(content.sha256()));
        case OutputReview.Outcome.Postpone postponed -> postponed(job, postponed);
      }
    } catch (StoreException e) {
      log.warn("held result not readable, stays held job_id={}", job.key().jobId(), e);
    }
  }

  private void finishHeld(Job job, JobCommand command, Bytes result, Receipt receipt) {
    finish(job, command, result, receipt, Answer.none());
  }

  private void finish(
      Job job, JobCommand command, Bytes result, Receipt receipt, Answer<Job> answer) {
    writer.offer(
        new LogCommand.Ask(
            new LogCommand.Target.ByNumber(job.jobNo()),
            command,
            result,
            Optional.of(receipt),
            answer));
  }

  private void ask(DispatchId dispatch, JobCommand command, Answer<Job> answer) {
    ask(dispatch, command, Bytes.EMPTY, answer);
  }

  /// @param result bytes that go into the commit
  private void ask(DispatchId dispatch, JobCommand command, Bytes result, Answer<Job> answer) {
    writer.offer(
        new LogCommand.Ask(
            new LogCommand.Target.ByNumber(dispatch.jobNo()),
            command,
            result,
            Optional.empty(),
            answer));
  }

  private static Receipt receipt(Job job, String decision) {
    String worker = job.state() instanceof JobState.Executing executing ? executing.worker() : "";
    return Receipt.of(ACTION, decision).withSubject(job.key().tenant(), job.key().jobId(), worker);
  }
}
