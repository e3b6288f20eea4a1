package dev.reeve.bus;

import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.Subjects;
import dev.reeve.service.bus.SubscriptionSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Who listens to what, at most once delivery. Safe on any thread.
final class Listeners {
  private final Map<String, CopyOnWriteArrayList<Listener>> bySubject = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Listener> byPattern = new CopyOnWriteArrayList<>();

  /// Whose turn it is within a group.
  private final AtomicInteger turn = new AtomicInteger();

  Listener add(SubscriptionSpec spec, Mailbox<BusMessage> mailbox, BusMeter meter) {
    Listener listener = new Listener(spec, mailbox, meter);
    if (Subjects.isSubject(spec.pattern())) {
      bySubject.compute(
          spec.pattern(),
          (_, known) -> {
            CopyOnWriteArrayList<Listener> all =
                known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(listener);
            return all;
          });
    } else {
      byPattern.add(listener);
    }
    return listener;
  }

  /// Hands a message to each who listens alone and to one of each group.
  ///
  /// @return whether anybody listens
  boolean deliver(BusMessage message) {
    List<Listener> exact = bySubject.getOrDefault(message.subject(), EMPTY);
    if (byPattern.isEmpty() && exact.size() == 1) {
      exact.getFirst().mailbox.offer(message);
      return true;
    }
    Map<String, List<Listener>> groups = new HashMap<>();
    boolean heard = hand(exact, message, groups);
    for (Listener listener : byPattern) {
      if (Subjects.matches(listener.spec.pattern(), message.subject())) {
        heard |= hand(List.of(listener), message, groups);
      }
    }
    for (List<Listener> group : groups.values()) {
      group.get(Math.floorMod(turn.getAndIncrement(), group.size())).mailbox.offer(message);
    }
    return heard;
  }

  private static boolean hand(
      List<Listener> listeners, BusMessage message, Map<String, List<Listener>> groups) {
    for (Listener listener : listeners) {
      if (listener.spec.queueGroup().isEmpty()) {
        listener.mailbox.offer(message);
      } else {
        groups.computeIfAbsent(listener.spec.queueGroup(), _ -> new ArrayList<>()).add(listener);
      }
    }
    return !listeners.isEmpty();
  }

  List<Listener> all() {
    List<Listener> all = new ArrayList<>(byPattern);
    bySubject.values().forEach(all::addAll);
    return all;
  }

  private void remove(Listener listener) {
    byPattern.remove(listener);
    bySubject.computeIfPresent(
        listener.spec.pattern(), (_, all) -> all.remove(listener) && all.isEmpty() ? null : all);
  }

  private static final CopyOnWriteArrayList<Listener> EMPTY = new CopyOnWriteArrayList<>();

  /// One who listens.
  final class Listener implements BusMeter.Listening {
    private final SubscriptionSpec spec;
    private final Mailbox<BusMessage> mailbox;
    private final BusMeter meter;
    private boolean closed;

    private Listener(SubscriptionSpec spec, Mailbox<BusMessage> mailbox, BusMeter meter) {
      this.spec = spec;
      this.mailbox = mailbox;
      this.meter = meter;
    }

    @Override
    public String name() {
      return spec.pattern();
    }

    @Override
    public long pending() {
      return mailbox.pending();
    }

    @Override
    public long dropped() {
      return mailbox.dropped();
    }

    @Override
    public boolean isSlow() {
      return mailbox.isSlow();
    }

    @Override
    public synchronized boolean isActive() {
      return !closed;
    }

    @Override
    public void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      remove(this);
      mailbox.close();
      meter.droppedBefore.add(mailbox.dropped());
    }
  }
}
