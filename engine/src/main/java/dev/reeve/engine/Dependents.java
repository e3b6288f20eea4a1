package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which unfinished jobs wait for which parent.
final class Dependents implements JobIndex {
  private final Map<JobKey, TreeSet<Long>> childrenByParent = new HashMap<>();

  @Override
  public void changed(@Nullable Job before, @Nullable Job after) {
    Set<String> was = waitingFor(before);
    Set<String> is = waitingFor(after);
    if (was.isEmpty() && is.isEmpty()) {
      return;
    }
    if (before != null) {
      for (String parent : was) {
        remove(new JobKey(before.key().tenant(), parent), before.jobNo());
      }
    }
    if (after != null) {
      for (String parent : is) {
        childrenByParent
            .computeIfAbsent(new JobKey(after.key().tenant(), parent), _ -> new TreeSet<>())
            .add(after.jobNo());
      }
    }
  }

  @Override
  public Object content() {
    return childrenByParent;
  }

  /// Whether any job waits for this one.
  boolean isParent(JobKey key) {
    return childrenByParent.containsKey(key);
  }

  /// Every job that another one waits for.
  List<JobKey> parents() {
    return List.copyOf(childrenByParent.keySet());
  }

  /// Numbers of the jobs that wait for this one, oldest first.
  List<Long> of(JobKey parent, int limit) {
    TreeSet<Long> children = childrenByParent.get(parent);
    return children == null ? List.of() : children.stream().limit(limit).toList();
  }

  static Set<String> waitingFor(@Nullable Job job) {
    if (job == null) {
      return Set.of();
    }
    return switch (job.state()) {
      case JobState.Pending pending -> pending.waitingFor();
      case JobState.AwaitingApproval held -> held.waitingFor();
      default -> Set.of();
    };
  }

  private void remove(JobKey parent, long child) {
    TreeSet<Long> children = childrenByParent.get(parent);
    if (children != null && children.remove(child) && children.isEmpty()) {
      childrenByParent.remove(parent);
    }
  }
}
