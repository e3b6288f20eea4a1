package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.engine.Writer;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.job.JobKey;
import dev.reeve.job.RetryPolicy;
import dev.reeve.policy.PolicyFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Watches over many jobs while commits run ahead of what is announced.
class WatchTenantTest {
  private static final Bytes POLICY =
      Bytes.utf8(
          """
          version: "1"
          default_decision: allow
          """);

  private final RulesInForce rules = new RulesInForce(SharedScanner.builtIn());
  private final InMemoryStore store = new InMemoryStore(() -> DrainedLog.NOW);
  private final Queue<Runnable> deliveries = new ArrayDeque<>();
  private final Writer writer =
      StoredWriter.open(store, () -> DrainedLog.NOW, rules, deliveries::add);
  private final JobReader reader = new JobReader(writer.table(), store.archive(), Runnable::run);
  private final Told told = new Told();
  private final WatchJob.Watching watch =
      new WatchTenant(
              new WatchJob(
                  reader,
                  store.archive(),
                  new ArchivedHashes(store.archive(), writer::edge),
                  writer.tail(),
                  Runnable::run),
              writer.tail(),
              Runnable::run)
          .watch(_ -> true, told);

  /// What a watcher was told, in order.
  private static final class Told implements WatchTenant.Sink {
    private final List<String> events = new ArrayList<>();
    private boolean ready = true;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void send(JobKey key, SequencedEvent event) {
      events.add(event.seq() + " " + event.event().getClass().getSimpleName());
    }

    @Override
    public void fail(Problem problem) {
      throw problem.toException();
    }
  }

  @Test
  void an_event_that_is_committed_before_the_one_before_it_is_announced_is_told_once() {
    rules.replace(PolicyFile.load(POLICY).orThrow("policy"));
    CompletableFuture<Void> both = submit().thenAccept(this::cancelAtOnce);

    settle();

    assertThat(both).isCompleted();
    assertThat(told.events).doesNotHaveDuplicates().last().asString().endsWith("Cancelled");
  }

  @Test
  void a_watcher_that_was_not_ready_is_told_all_that_it_missed() {
    rules.replace(PolicyFile.load(POLICY).orThrow("policy"));
    CompletableFuture<Void> both = submit().thenAccept(this::cancelAtOnce);
    told.ready = false;
    settle();
    List<String> before = List.copyOf(told.events);

    told.ready = true;
    watch.resume();

    assertThat(both).isCompleted();
    assertThat(before).isEmpty();
    assertThat(told.events).hasSizeGreaterThan(1).last().asString().endsWith("Cancelled");
  }

  /// Commits the cancel while the submit is answered but not announced yet.
  private void cancelAtOnce(SubmitResult submitted) {
    CompletableFuture<?> _ =
        new CancelJob(writer)
            .cancel(
                SmallJob.SUBMITTER, submitted.job().key().jobId(), "no more", "action:job:cancel");
    drain();
  }

  private void settle() {
    do {
      drain();
      for (Runnable next = deliveries.poll(); next != null; next = deliveries.poll()) {
        next.run();
      }
    } while (writer.waiting() > 0);
  }

  private void drain() {
    while (writer.drain() || writer.waiting() > 0) {
      // Each round may bring more.
    }
  }

  private CompletableFuture<SubmitResult> submit() {
    return new SubmitJob(
            writer,
            rules,
            ApprovalTerms.DEFAULT,
            reader,
            store.blobs(),
            Runnable::run,
            () -> DrainedLog.NOW,
            new Random(2))
        .submit(SmallJob.SUBMITTER, SmallJob.request(RetryPolicy.NEVER));
  }
}
