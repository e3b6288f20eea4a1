package dev.reeve.gateway.reeve;

import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Topics;
import dev.reeve.job.StateName;
import dev.reeve.service.JobFilter;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.WatchFilter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Checks the filters and the paging of lists and watches.
final class ListDecoder {
  static final int PAGE_SIZE_DEFAULT = 100;
  static final int PAGE_SIZE_MAX = 1000;

  private ListDecoder() {}

  static JobFilter filter(ListJobsRequest request) {
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    checkCommon(
        fields,
        "",
        request.getProject(),
        request.getTopic(),
        request.getDialect(),
        request.getDialectValue());
    checkPageSize(fields, request.getPageSize());
    Set<StateName> states = states(fields, request);
    time(fields, "created_after", ProtoTimes.isTime(request.getCreatedAfter()));
    time(fields, "created_before", ProtoTimes.isTime(request.getCreatedBefore()));
    fields.throwIfAny();
    return new JobFilter(
        request.hasProject() ? Optional.of(request.getProject()) : Optional.empty(),
        states,
        request.getTopic(),
        ReeveStates.fromWire(request.getDialect()).orElse(""),
        ProtoTimes.micros(request.getCreatedAfter()),
        request.hasCreatedBefore() ? ProtoTimes.micros(request.getCreatedBefore()) : Long.MAX_VALUE,
        request.hasDeadLetter() ? Optional.of(request.getDeadLetter()) : Optional.empty(),
        request.hasAttempted() ? Optional.of(request.getAttempted()) : Optional.empty(),
        request.hasStarted() ? Optional.of(request.getStarted()) : Optional.empty());
  }

  static JobFilter filter(WatchFilter filter) {
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    checkCommon(
        fields,
        "filter.",
        filter.getProject(),
        filter.getTopic(),
        filter.getDialect(),
        filter.getDialectValue());
    fields.throwIfAny();
    return new JobFilter(
        filter.hasProject() ? Optional.of(filter.getProject()) : Optional.empty(),
        Set.of(),
        filter.getTopic(),
        ReeveStates.fromWire(filter.getDialect()).orElse(""),
        0,
        Long.MAX_VALUE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static void checkPageSize(FieldChecks fields, int size) {
    fields.require(size >= 0 && size <= PAGE_SIZE_MAX, "page_size", size, "0 to 1000");
  }

  static int pageSize(int asked) {
    return asked == 0 ? PAGE_SIZE_DEFAULT : asked;
  }

  private static void checkCommon(
      FieldChecks fields,
      String prefix,
      String project,
      String topic,
      dev.reeve.wire.reeve.v1.Dialect dialect,
      int dialectNumber) {
    if (!project.isEmpty()) {
      fields.givenId(prefix + "project", project);
    }
    fields
        .require(topic.isEmpty() || Topics.isTopic(topic), prefix + "topic", topic, Topics.SHAPE)
        .require(
            ReeveStates.fromWire(dialect).isPresent(),
            prefix + "dialect",
            dialectNumber,
            "a Dialect");
  }

  private static Set<StateName> states(FieldChecks fields, ListJobsRequest request) {
    Set<StateName> states = EnumSet.noneOf(StateName.class);
    for (int i = 0; i < request.getStatesCount(); i++) {
      Optional<StateName> state = ReeveStates.fromWire(request.getStates(i));
      state.ifPresent(states::add);
      fields.require(
          state.isPresent(), "states[" + i + "]", request.getStatesValue(i), "a JobState");
    }
    return states;
  }

  private static void time(FieldChecks fields, String field, boolean held) {
    fields.require(held, field, "out of range", "a time from 1970 to 9999");
  }
}
