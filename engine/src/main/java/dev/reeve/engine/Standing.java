package dev.reeve.engine;

import java.util.HashSet;
import java.util.Set;

/// Which jobs policy must be asked about again before they may start: those admitted under rules
/// that have changed since, and those that were left although policy no longer simply permits them.
///
/// When the rules change, every job that is there is in doubt. Whoever asks policy goes through
/// them in order of their numbers, so that a mark says how far it is; a job that is needed sooner
/// is asked about ahead of its turn. Nothing of it is stored: after a start everything is in doubt.
/// Writer's thread only.
final class Standing {
  private final WriterPorts.Generation generation;
  private final Set<Long> ahead = new HashSet<>();
  private final Set<Long> left = new HashSet<>();
  private final Set<Long> asking = new HashSet<>();
  private long noticed = Long.MIN_VALUE;
  private long belowJobNo;
  private long settledJobNo;

  Standing(WriterPorts.Generation generation) {
    this.generation = generation;
  }

  /// Looks whether the rules changed. Called at the beginning of each group.
  ///
  /// @param nextJobNo number of the next new job
  void notice(long nextJobNo) {
    long current = generation.current();
    if (current != noticed) {
      noticed = current;
      belowJobNo = nextJobNo;
      settledJobNo = 0;
      ahead.clear();
      asking.clear();
    }
  }

  /// The generation of rules that was noticed last.
  long generation() {
    return noticed;
  }

  /// Jobs with a smaller number were admitted under older rules.
  long belowJobNo() {
    return belowJobNo;
  }

  /// Whether the job may not start before policy was asked again.
  boolean isInDoubt(long jobNo) {
    if (!generation.asksAgain()) {
      return false;
    }
    boolean older = jobNo < belowJobNo && jobNo > settledJobNo && !ahead.contains(jobNo);
    return older || left.contains(jobNo);
  }

  /// Has policy asked about a job that could start now.
  void ask(Group group, long jobNo) {
    if (asking.add(jobNo)) {
      group.onUndo(() -> asking.remove(jobNo));
      group.deliver(() -> generation.askAgain(jobNo));
    }
  }

  /// Policy was asked about the job.
  ///
  /// @param stillInDoubt whether it must be asked again before the job's next start
  void answered(Group group, long jobNo, boolean stillInDoubt) {
    if (asking.remove(jobNo)) {
      ahead.add(jobNo);
      group.onUndo(() -> {
        asking.add(jobNo);
        ahead.remove(jobNo);
      });
    }
    if (stillInDoubt && left.add(jobNo)) {
      group.onUndo(() -> left.remove(jobNo));
    } else if (!stillInDoubt && left.remove(jobNo)) {
      group.onUndo(() -> left.add(jobNo));
    }
  }

  /// Policy was asked about every job up to this number.
  void settled(Group group, long jobNo) {
    long before = settledJobNo;
    if (jobNo > before) {
      settledJobNo = jobNo;
      group.onUndo(() -> settledJobNo = before);
    }
  }

  /// The job has ended.
  void forget(long jobNo) {
    left.remove(jobNo);
    ahead.remove(jobNo);
    asking.remove(jobNo);
  }
}
