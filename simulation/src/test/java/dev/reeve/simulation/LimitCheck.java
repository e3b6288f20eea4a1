package dev.reeve.simulation;

import dev.reeve.engine.EngineLimits;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the committed jobs anew: no tenant and no group has more of them than it may.
final class LimitCheck {
  private LimitCheck() {}

  static void check(List<Job> unfinished) {
    Map<String, Integer> all = new HashMap<>();
    Map<String, Integer> runningOfTenant = new HashMap<>();
    Map<String, Map<String, Integer>> runningOfGroup = new HashMap<>();
    for (Job job : unfinished) {
      String tenant = job.key().tenant();
      all.merge(tenant, 1, Integer::sum);
      if (job.state() instanceof JobState.Executing) {
        runningOfTenant.merge(tenant, 1, Integer::sum);
        runningOfGroup
            .computeIfAbsent(job.header().placement().group(), _ -> new HashMap<>())
            .merge(tenant, 1, Integer::sum);
      }
    }
    all.forEach((tenant, count) ->
        Promise.holds(count <= Cast.LIMITS.tenantShareMax(), "%s: %s unfinished", tenant, count));
    Promise.holds(unfinished.size() <= Cast.LIMITS.unfinishedMax(), "%s", unfinished.size());
    runningOfTenant.forEach(
        (tenant, count) -> within(Cast.TENANT_SHARES.get(tenant), tenant, count));
    runningOfGroup.forEach((group, byTenant) ->
        byTenant.forEach(
            (tenant, count) -> within(Cast.GROUP_SHARES.get(group), tenant + " " + group, count)));
  }

  private static void within(EngineLimits.@Nullable Share share, String who, int count) {
    boolean within = share == null || share.runningMax() == 0 || count <= share.runningMax();
    Promise.holds(within, "%s: %s run at once", who, count);
  }
}
