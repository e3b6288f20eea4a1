package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import dev.reeve.job.DispatchId;
import java.util.Optional;
import java.util.UUID;

/// The assignment ids of attempts of our own jobs: UUIDs that carry the attempt, so that a result
/// is known after a restart without any table. Immutable.
///
/// From the left: job number 48 bits, epoch 26, attempt 16, check 32; version 4. The check depends
/// on the installation, so that two of them on one broker never make the same id, and no id that
/// somebody else drew is taken for one of ours.
final class AssignmentIds {
  private static final int EPOCH_LOW_BITS = 14;
  private static final long EPOCH_MAX = (1L << 26) - 1;
  private static final long JOB_NO_MAX = (1L << 48) - 1;
  private static final int ATTEMPT_MAX = (1 << 16) - 1;

  private final String installation;

  /// @param installation never another's; the same after each restart
  AssignmentIds(String installation) {
    this.installation = installation;
  }

  String of(DispatchId dispatch) {
    Check.state(
        dispatch.epoch() <= EPOCH_MAX
            && dispatch.jobNo() <= JOB_NO_MAX
            && dispatch.attempt() <= ATTEMPT_MAX,
        "dispatch %s does not fit an assignment id",
        dispatch);
    long epochLow = dispatch.epoch() & ((1L << EPOCH_LOW_BITS) - 1);
    long most = (dispatch.jobNo() << 16) | 0x4000L | (dispatch.epoch() >>> EPOCH_LOW_BITS);
    long least =
        (1L << 63) | (epochLow << 48) | ((long) dispatch.attempt() << 32) | check(dispatch);
    return new UUID(most, least).toString();
  }

  /// The attempt; empty when it is not an id of ours.
  Optional<DispatchId> dispatch(String assignmentId) {
    UUID id;
    try {
      id = UUID.fromString(assignmentId);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    long most = id.getMostSignificantBits();
    long least = id.getLeastSignificantBits();
    long epoch = ((most & 0xFFFL) << EPOCH_LOW_BITS) | ((least >>> 48) & 0x3FFFL);
    DispatchId dispatch = new DispatchId(epoch, most >>> 16, (int) ((least >>> 32) & 0xFFFFL));
    boolean isOurs =
        dispatch.jobNo() >= 1 && dispatch.attempt() >= 1 && of(dispatch).equals(assignmentId);
    return isOurs ? Optional.of(dispatch) : Optional.empty();
  }

  private long check(DispatchId dispatch) {
    Bytes digest = Sha256.of(Bytes.utf8(installation + "/" + dispatch));
    long check = 0;
    for (int i = 0; i < 4; i++) {
      check = (check << 8) | (digest.at(i) & 0xFF);
    }
    return check;
  }
}
