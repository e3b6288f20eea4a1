package dev.reeve.service;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemKind;
import dev.reeve.engine.Answer;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Offer;
import dev.reeve.engine.Writer;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import dev.reeve.job.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Where workers report for duty, whatever transport they came by.
///
/// A worker registers, grants credit, gets at most as many assignments as it granted and never more
/// at once than it said it can take, and reports. A lost connection leaves its attempts to the
/// lease; a worker that comes back names them and goes on.
public final class WorkerDesk {
  /// Longest worker id in characters.
  public static final int WORKER_ID_LENGTH_MAX = 128;

  private final Writer writer;
  private final ExecutionReports reports;

  public WorkerDesk(Writer writer, ExecutionReports reports) {
    this.writer = writer;
    this.reports = reports;
  }

  /// Registers a worker.
  ///
  /// @param topics exact topics that it serves, at least one
  /// @param parallelMax assignments open at once at most, at least 1
  /// @param resumed attempts that it still works on
  public Session register(
      String workerId,
      Set<String> topics,
      int parallelMax,
      List<DispatchId> resumed,
      WorkerChannel channel) {
    Session session = new Session(workerId, parallelMax, channel);
    writer.offer(new LogCommand.Attach(session, topics, resumed, session.registration()));
    return session;
  }

  /// One connected worker. The transport calls these in the order of the worker's messages; none
  /// blocks.
  public final class Session implements ExecutorSession {
    private final String workerId;
    private final int parallelMax;
    private final WorkerChannel channel;
    private final Offer offer;
    private final ConcurrentHashMap<DispatchId, Job> open = new ConcurrentHashMap<>();

    /// Credit that the worker granted and the writer does not have yet.
    @GuardedBy("this")
    private int granted;

    /// Assignments open, or promised to the writer.
    @GuardedBy("this")
    private int inUse;

    /// Credit that the writer has and has not used, as far as this session heard.
    @GuardedBy("this")
    private int unused;

    private Session(String workerId, int parallelMax, WorkerChannel channel) {
      this.workerId = workerId;
      this.parallelMax = parallelMax;
      this.channel = channel;
      offer = channel.offer();
    }

    @Override
    public String workerId() {
      return workerId;
    }

    /// Room for so many more. What exceeds the worker's own limit is kept back until it finishes
    /// something.
    public synchronized void credit(int add) {
      granted = Math.min(granted + add, 1_000_000);
      passOn();
    }

    /// Whether this attempt is in the worker's hands.
    public boolean holds(DispatchId dispatch) {
      return open.containsKey(dispatch);
    }

    /// The job of an attempt in the worker's hands.
    public Optional<Job> jobOf(DispatchId dispatch) {
      return Optional.ofNullable(open.get(dispatch));
    }

    /// The worker did not get this attempt, or has lost it: it goes to others at once.
    public void handBack(DispatchId dispatch, String reason) {
      if (close(dispatch)) {
        reports.interrupted(dispatch, reason);
      }
    }

    /// A sign of life.
    public void heartbeat() {
      writer.offer(new LogCommand.Renew(this));
      synchronized (this) {
        passOn();
      }
    }

    @Override
    public synchronized void notGranted(int credit) {
      granted += credit;
      inUse -= credit;
      unused = Math.max(0, unused - credit);
    }

    /// The first sign of an attempt. A report of an attempt is a sign of life, too.
    public void started(DispatchId dispatch) {
      reports.started(dispatch, Answer.none());
    }

    public void progressed(DispatchId dispatch, Progress progress) {
      reports.progressed(dispatch, progress, Answer.none());
    }

    public void completed(DispatchId dispatch, String contentType, Bytes result) {
      Job job = open.get(dispatch);
      if (job == null) {
        channel.acknowledge(dispatch, false);
      } else {
        reports.completed(job, dispatch, contentType, result, acknowledging(dispatch));
      }
    }

    public void failed(
        DispatchId dispatch,
        String code,
        String message,
        boolean retryable,
        long retryAfterMicros) {
      ended(dispatch, JobCommand.Ending.FAILED, code, message, retryable, retryAfterMicros);
    }

    /// The attempt failed, and its job ends so when it was the last one.
    public void ended(
        DispatchId dispatch,
        JobCommand.Ending ending,
        String code,
        String message,
        boolean retryable,
        long retryAfterMicros) {
      Job job = open.get(dispatch);
      if (job == null) {
        channel.acknowledge(dispatch, false);
      } else {
        reports.ended(
            job,
            dispatch,
            ending,
            code,
            message,
            retryable,
            retryAfterMicros,
            acknowledging(dispatch));
      }
    }

    /// The connection is over.
    ///
    /// @param inOrder whether the worker said goodbye, so that its attempts go to others at once
    public void disconnected(boolean inOrder) {
      writer.offer(new LogCommand.Detach(this, inOrder));
    }

    @Override
    public boolean takesMore() {
      return channel.takesMore();
    }

    @Override
    public Offer offer() {
      return offer;
    }

    @Override
    public boolean keepsAttempts() {
      return channel.keepsAttempts();
    }

    @Override
    public boolean measuresLoad() {
      return channel.measuresLoad();
    }

    @Override
    public double load() {
      return channel.load();
    }

    @Override
    public void assign(Assignment assignment) {
      open.put(assignment.dispatch(), assignment.job());
      synchronized (this) {
        unused = Math.max(0, unused - 1);
        passOn();
      }
      channel.assign(assignment);
    }

    @Override
    public void cancel(DispatchId dispatch, String reason) {
      if (dispatch.equals(NO_DISPATCH)) {
        channel.replaced();
      } else if (close(dispatch)) {
        channel.cancel(dispatch, reason);
      }
    }

    @Override
    public void givenUp(DispatchId dispatch, JobState.Cancelled why) {
      if (close(dispatch)) {
        channel.givenUp(dispatch, why);
      }
    }

    private Answer<List<Job>> registration() {
      return new Answer<>() {
        @Override
        public void done(List<Job> kept) {
          for (Job job : kept) {
            if (job.state() instanceof JobState.Executing executing) {
              open.put(executing.dispatch(), job);
            }
          }
          synchronized (Session.this) {
            inUse += kept.size();
          }
          channel.registered(List.copyOf(open.keySet()));
        }

        @Override
        public void refused(Problem problem) {
          channel.refused(problem);
        }
      };
    }

    private Answer<Job> acknowledging(DispatchId dispatch) {
      return new Answer<>() {
        @Override
        public void done(Job after) {
          close(dispatch);
          channel.acknowledge(dispatch, true);
        }

        @Override
        public void refused(Problem problem) {
          if (isFenced(problem)) {
            close(dispatch);
            channel.acknowledge(dispatch, false);
          } else {
            channel.refused(problem);
          }
        }
      };
    }

    /// Whether a report is late for good: the attempt is over, whatever ended it.
    private static boolean isFenced(Problem problem) {
      return problem.kind() == ProblemKind.PRECONDITION || problem.kind() == ProblemKind.NOT_FOUND;
    }

    private boolean close(DispatchId dispatch) {
      boolean wasOpen = open.remove(dispatch) != null;
      if (wasOpen) {
        synchronized (this) {
          inUse--;
          passOn();
        }
      }
      return wasOpen;
    }

    /// Gives the writer as much of the granted credit as the worker's own limit allows, when that
    /// is at least what the writer still has: a command for each single credit would keep it busy
    /// with nothing else. Called with this session locked.
    @GuardedBy("this")
    private void passOn() {
      int room = Math.min(granted, parallelMax - inUse);
      if (room > 0 && room >= unused) {
        granted -= room;
        inUse += room;
        unused += room;
        writer.offer(new LogCommand.Grant(this, room));
      }
    }
  }
}
