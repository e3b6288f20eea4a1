package dev.reeve.gateway.beamline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.gateway.WorkerFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Who of the workers lives, by the subject that each listens on. At most 10,000 workers on 1,000
/// subjects; others are not seen. Safe on any thread.
final class WorkerGroups {
  private static final int SUBJECTS_MAX = 1_000;
  private static final int WORKERS_MAX = 10_000;

  private final GroupTools tools;

  @GuardedBy("this")
  private final Map<String, WorkerGroup> bySubject = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, String> subjectOf = new HashMap<>();

  WorkerGroups(GroupTools tools) {
    this.tools = tools;
  }

  /// A worker gave a sign.
  ///
  /// @return false when there is no room for it
  synchronized boolean seen(WorkerBeat beat) {
    String subject = beat.subject().isEmpty() ? ExecSubjects.ASSIGN : beat.subject();
    WorkerGroup group = bySubject.get(subject);
    if (group == null) {
      if (bySubject.size() >= SUBJECTS_MAX) {
        return false;
      }
      Set<String> own = subject.equals(ExecSubjects.ASSIGN) ? tools.settings().topics() : Set.of();
      group = new WorkerGroup(tools, subject, own);
      bySubject.put(subject, group);
    }
    if (!subjectOf.containsKey(beat.workerId()) && subjectOf.size() >= WORKERS_MAX) {
      return false;
    }
    String before = subjectOf.put(beat.workerId(), subject);
    if (before != null && !before.equals(subject)) {
      WorkerGroup left = bySubject.get(before);
      if (left != null) {
        left.left(beat.workerId());
      }
    }
    group.seen(beat);
    return true;
  }

  /// Looks at the time. Called about every second.
  void look() {
    groups().forEach(WorkerGroup::look);
    synchronized (this) {
      bySubject.values().removeIf(WorkerGroup::isForgettable);
      Set<String> live = new HashSet<>();
      for (WorkerGroup group : bySubject.values()) {
        group.workers().forEach(worker -> live.add(worker.workerId()));
      }
      subjectOf.keySet().retainAll(live);
    }
  }

  /// Every live worker, by id.
  List<LiveWorker> workers() {
    List<LiveWorker> all = new ArrayList<>();
    groups().forEach(group -> all.addAll(group.workers()));
    all.sort(Comparator.comparing(LiveWorker::workerId));
    return all;
  }

  /// What a listing shows of a group.
  Optional<WorkerFacts> facts(String executorId) {
    if (!executorId.startsWith(GroupTools.WORKER_PREFIX)) {
      return Optional.empty();
    }
    WorkerGroup group;
    synchronized (this) {
      group = bySubject.get(executorId.substring(GroupTools.WORKER_PREFIX.length()));
    }
    return Optional.ofNullable(group).map(WorkerGroup::facts);
  }

  /// Groups with workers that get nothing, because nobody says which topics they take.
  Map<String, WorkerFacts.Idle> withoutTopics() {
    Map<String, WorkerFacts.Idle> idle = new TreeMap<>();
    for (WorkerGroup group : groups()) {
      if (group.isWithoutTopics()) {
        idle.put(
            GroupTools.WORKER_PREFIX + group.subject(),
            new WorkerFacts.Idle(group.facts(), group.silentMillis()));
      }
    }
    return idle;
  }

  /// Attempts that workers have.
  long inHand() {
    return groups().stream().mapToLong(WorkerGroup::inHand).sum();
  }

  void close() {
    groups().forEach(WorkerGroup::close);
  }

  private synchronized List<WorkerGroup> groups() {
    return List.copyOf(bySubject.values());
  }
}
