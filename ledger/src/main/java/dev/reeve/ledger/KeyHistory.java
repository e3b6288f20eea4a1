package dev.reeve.ledger;

import dev.reeve.base.CanonicalFormatException;
import java.util.ArrayList;
import java.util.List;

/// The keys that a log has signed with, oldest first, the last one in force. Made only when each of
/// them is vouched for, back to the first, which gives the log its name. Immutable.
public final class KeyHistory {
  private final List<KeyRecord> records;

  private KeyHistory(List<KeyRecord> records) {
    this.records = List.copyOf(records);
  }

  /// Checks the chain of keys.
  ///
  /// @throws CanonicalFormatException naming the key that is not vouched for
  public static KeyHistory of(List<KeyRecord> records) {
    if (records.isEmpty()) {
      throw new CanonicalFormatException("keys: none (expected: at least one)");
    }
    KeyRecord first = records.getFirst();
    String origin = LogKey.originOf(first.key().publicKey());
    KeyRecord voucher = first;
    for (int i = 0; i < records.size(); i++) {
      KeyRecord record = records.get(i);
      if (!record.key().name().equals(origin)) {
        throw malformed(i, "its name is " + record.key().name() + " (expected: " + origin + ")");
      }
      if (!record.isVouchedBy(voucher.key())) {
        throw malformed(i, "it is not signed by the key before");
      }
      if (record.fromSize() < voucher.fromSize()) {
        throw malformed(i, "it begins before the key before");
      }
      voucher = record;
    }
    return new KeyHistory(records);
  }

  /// The history of a new log.
  public static KeyHistory begin(LogSigner signer, long size, long atMicros) {
    return of(List.of(KeyRecord.of(signer.key(), size, atMicros, signer)));
  }

  /// The history with one key more.
  ///
  /// @param signer the key in force until now
  public KeyHistory rotatedTo(LogKey next, long size, long atMicros, LogSigner signer) {
    List<KeyRecord> more = new ArrayList<>(records);
    more.add(KeyRecord.of(next, Math.max(size, current().fromSize()), atMicros, signer));
    return of(more);
  }

  /// The records, oldest first.
  public List<KeyRecord> records() {
    return records;
  }

  /// The key in force.
  public KeyRecord current() {
    return records.getLast();
  }

  /// Name of the log.
  public String origin() {
    return current().key().name();
  }

  /// Checks that a head is of this log, signed by a key that was in force at its size: a key that
  /// was replaced signs no larger tree.
  ///
  /// @throws CanonicalFormatException saying what is wrong with it
  public void check(TreeHead head) {
    String named = head.checkpoint().origin();
    if (!named.equals(origin())) {
      throw new CanonicalFormatException(
          "head: it is of the log " + named + " (expected: " + origin() + ")");
    }
    for (int i = 0; i < records.size(); i++) {
      LogKey key = records.get(i).key();
      boolean inForce =
          i == records.size() - 1 || head.checkpoint().size() <= records.get(i + 1).fromSize();
      if (inForce
          && key.id().equals(head.keyId())
          && key.signed(dev.reeve.base.Bytes.utf8(head.checkpoint().text()), head.signature())) {
        return;
      }
    }
    throw new CanonicalFormatException("head: its signature is not of a key in force");
  }

  private static CanonicalFormatException malformed(int number, String message) {
    return new CanonicalFormatException("key " + number + ": " + message);
  }
}
