package dev.reeve.service;

import dev.reeve.engine.SequencedEvent;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what came of a trace: its jobs, newest first, each with its stages in order. Blocks;
/// belongs on a virtual thread.
///
/// Bounded like [ListJobs], and in the events of each job. No index leads from a trace to its jobs:
/// they are looked for among those of the tenant.
public final class ReadTrace {
  private static final int EVENTS_PER_READ = 256;
  private static final int EVENTS_LOOKED_AT_MAX = 2048;

  /// Most stages of a job that are told, its end beside them.
  public static final int STAGES_MAX = 100;

  private final ListJobs list;
  private final WatchJob watch;

  public ReadTrace(ListJobs list, WatchJob watch) {
    this.list = list;
    this.watch = watch;
  }

  /// A job of the trace.
  ///
  /// @param stages the events that began one, in order; of a finished job the last one is its end
  /// @param cut whether stages before the last one are left out, because there are too many
  public record Traced(JobView view, List<SequencedEvent> stages, boolean cut) {
    public Traced {
      stages = List.copyOf(stages);
    }
  }

  /// One page.
  ///
  /// @param nextBelow where the next page begins; empty when this was the last
  public record Page(List<Traced> jobs, Optional<Long> nextBelow) {
    public Page {
      jobs = List.copyOf(jobs);
    }
  }

  /// @param traceId as jobs keep it
  /// @param below only jobs with a smaller number; `Long.MAX_VALUE` for the first page
  /// @param size most jobs in the page
  public Page read(String tenant, String traceId, long below, int size) {
    ListJobs.Page page =
        list.list(tenant, job -> job.header().origin().traceId().equals(traceId), below, size);
    return new Page(page.jobs().stream().map(this::traced).toList(), page.nextBelow());
  }

  private Traced traced(JobView view) {
    Job job = view.job();
    Stages stages = new Stages();
    long seen = 0;
    while (seen < Math.min(job.lastEventSeq(), EVENTS_LOOKED_AT_MAX)
        && stages.found.size() <= STAGES_MAX) {
      List<SequencedEvent> events = watch.read(job.jobNo(), seen, EVENTS_PER_READ);
      if (events.isEmpty()) {
        break;
      }
      events.forEach(stages::add);
      seen = events.getLast().seq();
    }
    boolean cut = seen < job.lastEventSeq() || stages.found.size() > STAGES_MAX;
    List<SequencedEvent> told =
        new ArrayList<>(stages.found.subList(0, Math.min(STAGES_MAX, stages.found.size())));
    boolean ends = !told.isEmpty() && told.getLast().isTerminal();
    if (cut && job.isFinished() && !ends) {
      told.addAll(watch.read(job.jobNo(), job.lastEventSeq() - 1, 1));
    }
    return new Traced(view, told, cut);
  }

  /// Picks the events that begin a stage: a heartbeat never does, progress where it names another
  /// stage than the progress before it.
  private static final class Stages {
    private final List<SequencedEvent> found = new ArrayList<>();
    private String stage = "";

    private void add(SequencedEvent event) {
      if (event.event() instanceof JobEvent.Heartbeat) {
        return;
      }
      String before = stage;
      stage =
          event.event() instanceof JobEvent.Progressed progressed
              ? progressed.progress().stage()
              : "";
      if (!(event.event() instanceof JobEvent.Progressed) || !stage.equals(before)) {
        found.add(event);
      }
    }
  }
}
