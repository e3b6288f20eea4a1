package dev.reeve.engine;

import dev.reeve.job.Job;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many unfinished jobs there are, in all and by tenant.
final class Backlog implements JobIndex {
  private final Map<String, Integer> byTenant = new HashMap<>();
  private int total;

  @Override
  public void changed(@Nullable Job before, @Nullable Job after) {
    boolean was = before != null && !before.isFinished();
    boolean is = after != null && !after.isFinished();
    if (was && !is) {
      add(before, -1);
    } else if (!was && is) {
      add(after, 1);
    }
  }

  @Override
  public Object content() {
    return total + " " + new TreeMap<>(byTenant);
  }

  int total() {
    return total;
  }

  int of(String tenant) {
    return byTenant.getOrDefault(tenant, 0);
  }

  private void add(@Nullable Job job, int change) {
    if (job != null) {
      total += change;
      byTenant.merge(job.key().tenant(), change, (a, b) -> a + b == 0 ? null : a + b);
    }
  }
}
