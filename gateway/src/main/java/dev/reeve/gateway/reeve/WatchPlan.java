package dev.reeve.gateway.reeve;

import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.service.Caller;
import dev.reeve.service.JobFilter;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A checked watch: which jobs from which event on, and which filter.
///
/// @param jobs last event that the caller has, by job; in the order of the request
/// @param fits the filter, without the named jobs; empty for none
record WatchPlan(Map<JobKey, Long> jobs, Optional<Predicate<Job>> fits) {
  static final int JOBS_MAX = 1000;

  static WatchPlan decode(Caller caller, WatchJobsRequest request) {
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    int count = request.getJobsCount();
    fields
        .require(count <= JOBS_MAX, "jobs", count + " jobs", "at most " + JOBS_MAX)
        .require(count > 0 || request.hasFilter(), "jobs", "none", "jobs or a filter");
    Map<JobKey, Long> jobs = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(count, JOBS_MAX); i++) {
      JobCursor cursor = request.getJobs(i);
      String path = "jobs[" + i + "]";
      fields
          .givenId(path + ".job_id", cursor.getJobId())
          .require(
              cursor.getAfterEventSeq() >= 0,
              path + ".after_event_seq",
              Long.toUnsignedString(cursor.getAfterEventSeq()),
              "less than 2^63");
      if (!cursor.getJobId().isEmpty()) {
        JobKey key = new JobKey(caller.tenant(), cursor.getJobId());
        boolean first = jobs.putIfAbsent(key, cursor.getAfterEventSeq()) == null;
        fields.require(first, path + ".job_id", cursor.getJobId(), "each job once");
      }
    }
    fields.throwIfAny();
    return new WatchPlan(
        jobs,
        request.hasFilter() ? Optional.of(predicate(caller, request, jobs)) : Optional.empty());
  }

  private static Predicate<Job> predicate(
      Caller caller, WatchJobsRequest request, Map<JobKey, Long> named) {
    Caller chosen = TenantChoice.of(caller, "filter.tenant", request.getFilter().getTenant());
    JobFilter filter = ListDecoder.filter(request.getFilter());
    String tenant = chosen.tenant();
    return job ->
        job.key().tenant().equals(tenant) && filter.matches(job) && !named.containsKey(job.key());
  }
}
