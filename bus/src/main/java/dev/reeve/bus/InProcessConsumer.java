package dev.reeve.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A durable consumer of a stream in memory: where it stands, what is handed out, and to whom. Safe
/// on any thread.
final class InProcessConsumer {
  /// A message that was handed out and is not settled.
  private static final class Open {
    private final InProcessStream.Kept kept;
    private int count;

    /// Who has it; null while it waits to be handed out again.
    private @Nullable Handed handed;

    /// When it is handed out again.
    private long dueNanos;

    private Open(InProcessStream.Kept kept) {
      this.kept = kept;
    }
  }

  private final ConsumerSpec spec;
  private final InProcessStream stream;
  private final ScheduledExecutorService timer;

  @GuardedBy("this")
  private final List<Member> members = new ArrayList<>();

  @GuardedBy("this")
  private final TreeMap<Long, Open> open = new TreeMap<>();

  @GuardedBy("this")
  private long position;

  @GuardedBy("this")
  private int turn;

  /// Nothing is due before.
  @GuardedBy("this")
  private long firstDueNanos;

  @GuardedBy("this")
  private boolean anyDue;

  @GuardedBy("this")
  private @Nullable ScheduledFuture<?> wake;

  InProcessConsumer(ConsumerSpec spec, InProcessStream stream, ScheduledExecutorService timer) {
    this.spec = spec;
    this.stream = stream;
    this.timer = timer;
    position =
        switch (spec.from()) {
          case OLDEST -> 0;
          case NEW -> stream.lastSequence();
        };
  }

  void join(Member member) {
    synchronized (this) {
      members.add(member);
      member.consumer = this;
    }
    advance();
  }

  synchronized List<Member> members() {
    return List.copyOf(members);
  }

  private synchronized void leave(Member member) {
    members.remove(member);
    for (Open message : open.values()) {
      if (message.handed != null && message.handed.member == member && !message.handed.begun) {
        release(message, Duration.ZERO);
      }
    }
    advance();
  }

  /// Hands out what may be: first what is due again, then what is new.
  synchronized void advance() {
    long now = System.nanoTime();
    if (anyDue && firstDueNanos - now <= 0) {
      anyDue = false;
      for (Open message : List.copyOf(open.values())) {
        if (message.dueNanos - now <= 0) {
          again(message, now);
        } else {
          expect(message.dueNanos);
        }
      }
    }
    while (!members.isEmpty() && open.size() < spec.ackPendingMax()) {
      InProcessStream.Kept next = stream.after(position, spec.pattern());
      if (next == null) {
        break;
      }
      position = next.sequence();
      Open message = new Open(next);
      open.put(next.sequence(), message);
      hand(message, now);
    }
    wakeWhenDue(now);
  }

  @GuardedBy("this")
  private void expect(long dueNanos) {
    if (!anyDue || dueNanos - firstDueNanos < 0) {
      firstDueNanos = dueNanos;
      anyDue = true;
      if (wake != null) {
        wake.cancel(false);
        wake = null;
      }
    }
  }

  @GuardedBy("this")
  private void due(Open message, long dueNanos) {
    message.dueNanos = dueNanos;
    expect(dueNanos);
  }

  @GuardedBy("this")
  private void again(Open message, long now) {
    Handed handed = message.handed;
    if (handed != null && !handed.begun) {
      // It waits for its handler, whose time has not begun.
      due(message, now + spec.ackWait().toNanos());
    } else if (message.count >= spec.deliveriesMax()
        || stream.at(message.kept.sequence()) == null) {
      open.remove(message.kept.sequence());
    } else if (!members.isEmpty()) {
      hand(message, now);
    } else {
      due(message, now + spec.ackWait().toNanos());
    }
  }

  @GuardedBy("this")
  private void hand(Open message, long now) {
    Member member = members.get(Math.floorMod(turn++, members.size()));
    message.count++;
    due(message, now + spec.ackWait().toNanos());
    message.handed = new Handed(message, message.count, member);
    member.mailbox.offer(message.handed);
  }

  @GuardedBy("this")
  private void release(Open message, Duration delay) {
    message.handed = null;
    due(message, System.nanoTime() + delay.toNanos());
  }

  @GuardedBy("this")
  private void wakeWhenDue(long now) {
    if (wake == null && anyDue && !members.isEmpty()) {
      try {
        wake = timer.schedule(this::woken, Math.max(0, firstDueNanos - now), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException _) {
        // The bus is closed.
      }
    }
  }

  private synchronized void woken() {
    wake = null;
    advance();
  }

  /// One process' share of a consumer.
  static final class Member implements BusMeter.Listening {
    private final ConsumerSpec spec;
    private final Mailbox<Handed> mailbox;
    private volatile @Nullable InProcessConsumer consumer;
    private volatile boolean closed;

    Member(ConsumerSpec spec, Consumer<Delivery> handler, Executor threads, BusMeter meter) {
      this.spec = spec;
      this.mailbox =
          new Mailbox<>(
              spec.durable(),
              2 * spec.ackPendingMax(),
              handed -> handed.message().size(),
              handed -> {
                handed.begin();
                handler.accept(handed);
              },
              threads,
              meter);
    }

    ConsumerSpec spec() {
      return spec;
    }

    boolean isClosed() {
      return closed;
    }

    @Override
    public String name() {
      return spec.durable();
    }

    @Override
    public long pending() {
      return mailbox.pending();
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public boolean isSlow() {
      return false;
    }

    @Override
    public boolean isActive() {
      return !closed && consumer != null;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      mailbox.close();
      InProcessConsumer joined = consumer;
      if (joined != null) {
        joined.leave(this);
      }
    }
  }

  /// One delivery.
  private final class Handed implements Delivery {
    private final Open open;
    private final int count;
    private final Member member;
    private boolean begun;

    private Handed(Open open, int count, Member member) {
      this.open = open;
      this.count = count;
      this.member = member;
    }

    @Override
    public BusMessage message() {
      return open.kept.message();
    }

    @Override
    public String stream() {
      return stream.name();
    }

    @Override
    public long sequence() {
      return open.kept.sequence();
    }

    @Override
    public String identity() {
      return stream() + ":" + sequence() + "@" + open.kept.atNanos();
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void ack() {
      settle();
    }

    @Override
    public void term() {
      settle();
    }

    private void settle() {
      synchronized (InProcessConsumer.this) {
        // An acknowledgement of an earlier delivery counts, as it does at a broker.
        InProcessConsumer.this.open.remove(sequence());
        advance();
      }
    }

    @Override
    public void nak(Duration delay) {
      synchronized (InProcessConsumer.this) {
        if (open.handed == this) {
          release(open, delay);
          advance();
        }
      }
    }

    @Override
    public void inProgress() {
      begin();
    }

    private void begin() {
      synchronized (InProcessConsumer.this) {
        begun = true;
        if (open.handed == this) {
          due(open, System.nanoTime() + spec.ackWait().toNanos());
        }
      }
    }
  }
}
