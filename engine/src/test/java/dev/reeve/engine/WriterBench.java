package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.Receipt;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// What the writer costs by itself: submit, dispatch, complete, in groups of 64 on one thread, over
/// a log that forgets every commit at once. Counts the processor time of that thread, so that a
/// busy machine does not count. Run its `main` on the test class path; arguments: seconds of each
/// round, number of rounds.
final class WriterBench {
  private static final Bytes RESULT = Bytes.utf8("{\"echo\":{}}");
  private static final Content RESULT_REFERENCE = Content.of("application/json", RESULT);

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final Writer writer;
  private final Executing worker = new Executing();
  private long jobs;

  private WriterBench() throws StoreException {
    InMemoryStore store = new InMemoryStore(InstantSource.system());
    WriterPorts ports =
        new WriterPorts(
            new ForgetfulLog(store.open()),
            InstantSource.system(),
            System::nanoTime,
            new SplittableRandom(1),
            Runnable::run,
            Runnable::run,
            () -> 0);
    writer = Writer.open(ports, EngineLimits.DEFAULT, new Tail(64 * 1024 * 1024));
    writer.offer(new LogCommand.Attach(worker, Set.of(Sketch.ROUTE), List.of(), Answer.none()));
  }

  public static void main(String[] arguments) throws StoreException {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    WriterBench bench = new WriterBench();
    for (int i = 0; i < rounds; i++) {
      bench.round((long) (seconds * 1e9));
    }
  }

  private void round(long nanos) {
    long begin = CPU.getCurrentThreadCpuTime();
    long preparing = 0;
    long before = jobs;
    long now = begin;
    while (now - begin < nanos) {
      long prepare = CPU.getCurrentThreadCpuTime();
      List<Submission> submissions = new ArrayList<>();
      for (int i = 0; i < Writer.GROUP_COMMANDS_MAX; i++) {
        submissions.add(Sketch.job("job-" + jobs++).submission());
      }
      preparing += CPU.getCurrentThreadCpuTime() - prepare;
      cycle(submissions);
      now = CPU.getCurrentThreadCpuTime();
    }
    long done = jobs - before;
    double micros = (now - begin - preparing) / 1e3 / done;
    System.out.printf("%.2f us per cycle, %,.0f cycles/s%n", micros, 1e6 / micros);
  }

  private void cycle(List<Submission> submissions) {
    writer.offer(new LogCommand.Grant(worker, submissions.size()));
    for (Submission submission : submissions) {
      writer.offer(new LogCommand.Submit(submission, Answer.none()));
    }
    drainAll();
    for (ExecutorSession.Assignment assignment : worker.take()) {
      writer.offer(
          new LogCommand.Ask(
              new LogCommand.Target.ByNumber(assignment.job().jobNo()),
              new JobCommand.Complete(assignment.dispatch(), RESULT_REFERENCE),
              RESULT,
              Optional.of(
                  Receipt.of("action:job:finish", "release")
                      .withSubject(
                          assignment.job().key().tenant(),
                          assignment.job().key().jobId(),
                          worker.workerId())),
              Answer.<Job>none()));
    }
    drainAll();
  }

  private void drainAll() {
    while (writer.waiting() > 0) {
      writer.drain();
    }
  }

  private static final class Executing implements ExecutorSession {
    private List<Assignment> assigned = new ArrayList<>();

    @Override
    public String workerId() {
      return "worker-1";
    }

    @Override
    public void assign(Assignment assignment) {
      assigned.add(assignment);
    }

    @Override
    public void cancel(DispatchId dispatch, String reason) {
      throw new IllegalStateException(dispatch + " " + reason);
    }

    private List<Assignment> take() {
      List<Assignment> taken = assigned;
      assigned = new ArrayList<>();
      return taken;
    }
  }

  /// Takes every commit and keeps nothing.
  private record ForgetfulLog(JobLog log) implements JobLog {
    @Override
    public LogHead head() {
      return log.head();
    }

    @Override
    public int format() {
      return log.format();
    }

    @Override
    public void loadUnfinished(Consumer<StoredJob> sink) {}

    @Override
    public Known lookup(
        Collection<IdempotencyScope> scopes, Collection<JobKey> jobs, long nowMicros) {
      return KnownLookup.NOTHING;
    }

    @Override
    public void commit(Commit commit) {}

    @Override
    public LogHead reopen() throws StoreException {
      return log.reopen();
    }

    @Override
    public int removeFinished(long endedBeforeMicros, int limit) {
      return 0;
    }

    @Override
    public boolean releaseReserve() {
      return false;
    }

    @Override
    public boolean restoreReserve() {
      return true;
    }

    @Override
    public JobArchive archive() {
      return log.archive();
    }

    @Override
    public void close() {}
  }
}
