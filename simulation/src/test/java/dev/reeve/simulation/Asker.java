package dev.reeve.simulation;

import dev.reeve.engine.LogCommand;
import dev.reeve.engine.WriterView;
import dev.reeve.job.Job;
import dev.reeve.ledger.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whoever asks policy again in one process: about all jobs when the rules changed, and about those
/// that could start.
final class Asker {
  private static final int AT_ONCE = 3;

  private final World world;
  private final Node node;
  private final ArrayDeque<Long> asked = new ArrayDeque<>();
  private WriterView.@Nullable Rules pass;
  private List<Job> left = List.of();
  private boolean done;
  private boolean waits;

  Asker(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  void asked(long jobNo) {
    asked.add(jobNo);
  }

  boolean hasWork() {
    WriterView.Rules known = pass;
    boolean current = known != null && known.generation() == world.rules.generation();
    return !asked.isEmpty() || waits || !current || !done;
  }

  /// One step: a look, or an answer to the writer.
  void act() {
    if (waits || node.isDead() || node != world.node()) {
      return;
    }
    WriterView.Rules known = pass;
    if (!asked.isEmpty() && world.random.nextBoolean()) {
      about(asked.removeFirst());
    } else if (known == null || known.generation() != world.rules.generation()) {
      begin();
    } else if (!done) {
      goOn(known);
    }
  }

  private void begin() {
    waits = true;
    node.offer(
        new LogCommand.Look(
            view -> {
              WriterView.Rules rules = view.rules();
              pass = rules;
              left =
                  new ArrayList<>(
                      node.writer
                          .table()
                          .all()
                          .filter(job -> !job.isFinished())
                          .filter(job -> job.jobNo() < rules.belowJobNo())
                          .sorted((a, b) -> Long.compare(a.jobNo(), b.jobNo()))
                          .toList());
              done = false;
            },
            world.answer("look at the rules", _ -> waits = false, _ -> waits = false)));
  }

  private void goOn(WriterView.Rules known) {
    List<Job> some = List.copyOf(left.subList(0, Math.min(AT_ONCE, left.size())));
    boolean last = some.size() == left.size();
    long settled = last ? known.belowJobNo() - 1 : some.getLast().jobNo();
    List<LogCommand.Judge.Judged> judged = some.stream().map(this::judged).toList();
    waits = true;
    node.offer(
        new LogCommand.Judge(
            known.generation(),
            judged,
            settled,
            world.answer(
                "judge",
                _ -> {
                  waits = false;
                  left.subList(0, some.size()).clear();
                  done = last;
                },
                _ -> waits = false)));
  }

  private void about(long jobNo) {
    Optional<Job> job = node.writer.table().all().filter(one -> one.jobNo() == jobNo).findFirst();
    if (job.isEmpty() || job.get().isFinished()) {
      return;
    }
    waits = true;
    node.offer(
        new LogCommand.Judge(
            world.rules.generation(),
            List.of(judged(job.get())),
            0,
            world.answer(
                "judge one",
                _ -> waits = false,
                _ -> {
                  waits = false;
                  asked.add(jobNo);
                })));
  }

  private LogCommand.Judge.Judged judged(Job job) {
    return new LogCommand.Judge.Judged(
        job.jobNo(),
        Optional.of(world.rules.judge(job.key(), world.nowMicros())),
        Receipt.of("action:job:reconsider", "judge")
            .withSubject(job.key().tenant(), job.key().jobId(), ""));
  }
}
