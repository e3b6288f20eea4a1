package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A submit as received, whatever message brought it. Nothing is checked yet.
///
/// @param program empty when there is none
/// @param programFormat word that the request used for its format when that is not a known one;
///   else empty
/// @param priority empty when not said
/// @param options of the compiler
/// @param metadata the caller's own facts, some of which steer the run
/// @param dependencies ids of jobs that must be done first
/// @param quota the caller's own limits
/// @param workload the workload it belongs to, as canonical bytes; empty for none
/// @param distributed whether the workload is to run in several places
/// @param partitions in how many, as its topology says; 0 when it says nothing
record SubmitInput(
    String name,
    Optional<Program> program,
    String programFormat,
    String target,
    OptionalInt priority,
    Map<String, String> options,
    Map<String, String> metadata,
    List<String> dependencies,
    Quota quota,
    String reservationId,
    Bytes workload,
    boolean distributed,
    int partitions,
    CallEnvelope envelope) {
  /// The same with another program.
  SubmitInput with(Program other) {
    return new SubmitInput(
        name,
        Optional.of(other),
        programFormat,
        target,
        priority,
        options,
        metadata,
        dependencies,
        quota,
        reservationId,
        workload,
        distributed,
        partitions,
        envelope);
  }

  /// The same for another target.
  SubmitInput to(String other) {
    return new SubmitInput(
        name,
        program,
        programFormat,
        other,
        priority,
        options,
        metadata,
        dependencies,
        quota,
        reservationId,
        workload,
        distributed,
        partitions,
        envelope);
  }

  /// The caller's limits for its own queue.
  ///
  /// @param tenantMax unfinished jobs of the tenant; 0 for the server's bound
  /// @param projectMax unfinished jobs of the project; 0 for the server's bound
  record Quota(
      String contractVersion, String tenant, String project, int tenantMax, int projectMax) {
    static final Quota NONE = new Quota("", "", "", 0, 0);
  }
}
