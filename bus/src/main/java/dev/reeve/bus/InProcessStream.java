package dev.reeve.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.DeadLetters;
import dev.reeve.service.bus.PublishReceipt;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.Subjects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// A stream in memory: messages by sequence number until they are too old or too many, ids within
/// the duplicate window, durable consumers. Safe on any thread.
final class InProcessStream {
  private static final int MESSAGE_OVERHEAD_BYTES = 256;

  /// A message that is kept.
  record Kept(long sequence, BusMessage message, long atNanos, int sizeBytes) {}

  private record Seen(long sequence, long atNanos) {}

  private final StreamSpec spec;
  private final long sizeMax;
  private final ScheduledExecutorService timer;

  @GuardedBy("this")
  private final Set<String> patterns = new LinkedHashSet<>();

  @GuardedBy("this")
  private final TreeMap<Long, Kept> messages = new TreeMap<>();

  @GuardedBy("this")
  private final LinkedHashMap<String, Seen> ids = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<String, InProcessConsumer> consumers = new HashMap<>();

  @GuardedBy("this")
  private long sizeBytes;

  @GuardedBy("this")
  private long lastSequence;

  /// @param sizeMax bytes kept in memory at most
  InProcessStream(StreamSpec spec, long sizeMax, ScheduledExecutorService timer) {
    this.spec = spec;
    this.sizeMax = spec.sizeMaxBytes() == 0 ? sizeMax : Math.min(sizeMax, spec.sizeMaxBytes());
    this.timer = timer;
  }

  String name() {
    return spec.name();
  }

  synchronized void keep(List<String> more) {
    patterns.addAll(more);
  }

  /// Whether it keeps messages on this subject.
  synchronized boolean keeps(String subject) {
    return patterns.stream().anyMatch(pattern -> Subjects.matches(pattern, subject));
  }

  /// Whether it keeps messages that a pattern takes.
  synchronized boolean overlaps(String pattern) {
    return patterns.stream().anyMatch(known -> Subjects.overlap(known, pattern));
  }

  /// Keeps a message, unless one of its id is known.
  PublishReceipt append(BusMessage message) {
    long now = System.nanoTime();
    PublishReceipt receipt;
    List<InProcessConsumer> readers;
    synchronized (this) {
      forgetOld(now);
      String id = message.headers().get(DeadLetters.DEDUPE_HEADER);
      Seen seen = id == null ? null : ids.get(id);
      if (seen != null) {
        return new PublishReceipt(spec.name(), seen.sequence(), true);
      }
      int size = message.size() + message.subject().length() + MESSAGE_OVERHEAD_BYTES;
      lastSequence++;
      messages.put(lastSequence, new Kept(lastSequence, message, now, size));
      sizeBytes += size;
      if (id != null) {
        ids.put(id, new Seen(lastSequence, now));
      }
      while (sizeBytes > sizeMax && messages.size() > 1) {
        sizeBytes -= messages.pollFirstEntry().getValue().sizeBytes();
      }
      receipt = new PublishReceipt(spec.name(), lastSequence, false);
      readers = new ArrayList<>(consumers.values());
    }
    readers.forEach(InProcessConsumer::advance);
    return receipt;
  }

  @GuardedBy("this")
  private void forgetOld(long now) {
    while (!messages.isEmpty()
        && now - messages.firstEntry().getValue().atNanos() > spec.ageMax().toNanos()) {
      sizeBytes -= messages.pollFirstEntry().getValue().sizeBytes();
    }
    Iterator<Seen> oldest = ids.values().iterator();
    while (oldest.hasNext() && now - oldest.next().atNanos() > spec.duplicateWindow().toNanos()) {
      oldest.remove();
    }
  }

  /// The first message after a sequence number that a pattern takes; null when there is none.
  synchronized @Nullable Kept after(long sequence, String pattern) {
    for (Kept kept : messages.tailMap(sequence, false).values()) {
      if (Subjects.matches(pattern, kept.message().subject())) {
        return kept;
      }
    }
    return null;
  }

  /// The newest message on a subject.
  synchronized Optional<BusMessage> newest(String subject) {
    return messages.descendingMap().values().stream()
        .map(Kept::message)
        .filter(message -> message.subject().equals(subject))
        .findFirst();
  }

  /// A message that is still kept; null otherwise.
  synchronized @Nullable Kept at(long sequence) {
    return messages.get(sequence);
  }

  synchronized long lastSequence() {
    return lastSequence;
  }

  /// Adds one who consumes by a durable name, new or known.
  void join(InProcessConsumer.Member member) {
    InProcessConsumer consumer;
    synchronized (this) {
      consumer =
          consumers.computeIfAbsent(
              member.spec().durable(), _ -> new InProcessConsumer(member.spec(), this, timer));
    }
    consumer.join(member);
  }

  List<InProcessConsumer.Member> members() {
    List<InProcessConsumer> all;
    synchronized (this) {
      all = new ArrayList<>(consumers.values());
    }
    return all.stream().flatMap(consumer -> consumer.members().stream()).toList();
  }
}
