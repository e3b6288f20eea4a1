package dev.reeve.gateway.beamline.worker;

import java.util.List;

/// Where assignments that followed decisions are noted, so that their results teach the router
/// after a restart, too. Safe on any thread.
public interface KeptAssignments {
  /// None is noted.
  KeptAssignments NONE =
      new KeptAssignments() {
        @Override
        public List<Kept> read() {
          return List.of();
        }

        @Override
        public void keep(Kept kept) {}

        @Override
        public void ended(String assignmentId, long sequence) {}
      };

  /// What is needed to know whose result it is.
  ///
  /// @param user for quotas by user; may be empty
  /// @param key for quotas by key; may be empty
  /// @param atMs when it was given away, milliseconds since 1970 UTC
  /// @param deadlineMs how long it is worked on from then on
  /// @param endedBy place of its first result in its stream; 0 before that came
  record Kept(
      String assignmentId,
      String requestId,
      String tenantId,
      String providerId,
      String taskType,
      String policyId,
      long policyVersion,
      String user,
      String key,
      long atMs,
      long deadlineMs,
      long endedBy) {
    /// The same after its first result.
    public Kept endedBy(long sequence) {
      return new Kept(
          assignmentId,
          requestId,
          tenantId,
          providerId,
          taskType,
          policyId,
          policyVersion,
          user,
          key,
          atMs,
          deadlineMs,
          sequence);
    }
  }

  /// Those of the last hour, the oldest first. To be called once, before the first result; blocks.
  /// What cannot be read is left out.
  List<Kept> read();

  /// Notes one. Does not block; what cannot be noted is unknown after a restart.
  void keep(Kept kept);

  /// Notes that the first result came. Does not block.
  void ended(String assignmentId, long sequence);
}
