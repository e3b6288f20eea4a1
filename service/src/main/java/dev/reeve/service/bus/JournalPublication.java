package dev.reeve.service.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.engine.Tail;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobArchive.JournalRow;
import dev.reeve.engine.port.StoreException;
import dev.reeve.service.Futures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what was committed: a cursor over the journal, at least once, in order for each job.
///
/// Events go through 16 lanes by job, each with one message that is not acknowledged at most. The
/// cursor moves when everything before it was acknowledged. A broker that is slow or gone lets the
/// cursor stand; nothing is held in memory but a bounded window, and nothing else waits. After each
/// new connection the broker says first how far it has come: one that lost its disk knows less than
/// it acknowledged, and gets the rest again. One thread calls [#run]; the rest is safe on any
/// thread.
public final class JournalPublication implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JournalPublication.class);
  private static final int LANES = 16;
  private static final int ROWS_PER_READ = 64;
  private static final long IDLE_MILLIS = 1_000;
  private static final long SAVE_NANOS = 1_000_000_000;
  private static final long CLOSE_MILLIS = 2_000;
  private static final long NEVER = -1;

  /// Header: the size of a payload that the broker does not take and that was left out.
  private static final String OMITTED_HEADER = DeadLetters.OMITTED_HEADER;

  /// What is published.
  ///
  /// @param logId number of the log
  /// @param republishFrom a commit from which everything is published again, once; 0 for none
  /// @param streams what must exist for it
  /// @param encoders what is said of each event, in this order
  public record Plan(
      int logId, long republishFrom, List<StreamSpec> streams, List<EventEncoder> encoders) {
    public Plan {
      streams = List.copyOf(streams);
      encoders = List.copyOf(encoders);
    }
  }

  private final Bus bus;
  private final JobArchive archive;
  private final Tail tail;
  private final LongSupplier head;
  private final Plan plan;
  private final MonotonicClock clock;
  private final RandomGenerator random;
  private final CommittedEvents events;

  @GuardedBy("this")
  private final PublicationLane[] lanes = new PublicationLane[LANES];

  @GuardedBy("this")
  private PublicationWindow window = new PublicationWindow();

  /// The last commit that was read.
  @GuardedBy("this")
  private long read;

  @GuardedBy("this")
  private boolean news;

  @GuardedBy("this")
  private PublicationCursor saved = PublicationCursor.START;

  @GuardedBy("this")
  private long republishedFrom;

  @GuardedBy("this")
  private boolean saving;

  @GuardedBy("this")
  private long saveNotBeforeNanos;

  @GuardedBy("this")
  private long turn;

  @GuardedBy("this")
  private boolean loaded;

  /// Connections of the bus when the broker said how far it has come; nothing is sent on others.
  @GuardedBy("this")
  private long askedAtConnects = NEVER;

  @GuardedBy("this")
  private long published;

  @GuardedBy("this")
  private long failures;

  @GuardedBy("this")
  private long skipped;

  private volatile boolean closed;

  /// @param head position of the newest commit
  public JournalPublication(
      Bus bus,
      JobArchive archive,
      Tail tail,
      LongSupplier head,
      Plan plan,
      MonotonicClock clock,
      RandomGenerator random) {
    this.bus = bus;
    this.archive = archive;
    this.tail = tail;
    this.head = head;
    this.plan = plan;
    this.clock = clock;
    this.random = random;
    this.events = new CommittedEvents(archive, tail);
    Arrays.setAll(lanes, _ -> new PublicationLane());
  }

  /// Publishes until [#close()] or an interrupt. Blocks.
  public void run() {
    try (Tail.Watch _ = tail.listen(this::committed)) {
      wish();
      while (!closed) {
        load();
        boolean more = fill();
        sendAll();
        saveWhenDue();
        await(more);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void wish() {
    CompletableFuture<Void> _ = bus.ensureStream(PublicationCursor.STREAM);
    for (StreamSpec stream : plan.streams()) {
      CompletableFuture<Void> _ = bus.ensureStream(stream);
    }
  }

  private void committed(List<Tail.Appended> jobs) {
    events.heard(jobs);
    wake();
  }

  private synchronized void wake() {
    news = true;
    notifyAll();
  }

  /// Asks the broker where to begin, for as long as it takes; nothing when it said so on this
  /// connection.
  private void load() throws InterruptedException {
    while (!closed && !isAsked()) {
      long connects = bus.connects();
      Optional<PublicationCursor> found = ask();
      synchronized (this) {
        found.ifPresent(kept -> resume(kept, connects));
        if (found.isEmpty() && !closed) {
          wait(IDLE_MILLIS);
        }
      }
    }
  }

  private synchronized boolean isAsked() {
    return askedAtConnects == bus.connects();
  }

  @GuardedBy("this")
  private void resume(PublicationCursor kept, long connects) {
    if (!loaded) {
      begin(kept);
    } else if (kept.position() < saved.position()) {
      log.warn(
          "the broker lost what it had acknowledged; publishing again acknowledged={} kept={}",
          saved.position(),
          kept.position());
      List.of(lanes).forEach(PublicationLane::abandon);
      Arrays.setAll(lanes, _ -> new PublicationLane());
      window = new PublicationWindow();
      begin(kept);
    }
    askedAtConnects = connects;
  }

  private Optional<PublicationCursor> ask() throws InterruptedException {
    try {
      return Optional.of(
          PublicationCursor.load(bus, plan.logId()).get(IDLE_MILLIS * 10, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      log.debug("publication does not begin yet", e);
      return Optional.empty();
    }
  }

  @GuardedBy("this")
  private void begin(PublicationCursor kept) {
    long newest = head.getAsLong();
    saved = kept;
    republishedFrom = kept.republishedFrom();
    read = kept.position();
    if (read > newest) {
      log.warn(
          "published further than the log goes; it was restored cursor={} log={}", read, newest);
      read = newest;
    }
    long wish = plan.republishFrom();
    if (wish > 0 && wish != republishedFrom) {
      log.info("publishing again from position={}", wish);
      read = Math.min(read, wish - 1);
      republishedFrom = wish;
    }
    loaded = true;
    log.info("publication begins after position={} log={}", read, newest);
  }

  /// Reads commits into the lanes while there is room.
  ///
  /// @return whether there may be more to read at once
  private boolean fill() {
    try {
      while (!closed) {
        long after;
        synchronized (this) {
          // News that there is no room for must not keep the thread awake.
          news = false;
          if (!isAsked() || window.isFull()) {
            return false;
          }
          after = read;
        }
        List<JournalRow> rows = archive.journal(after, ROWS_PER_READ);
        for (JournalRow row : rows) {
          add(row);
        }
        if (rows.size() < ROWS_PER_READ) {
          return false;
        }
        sendAll();
      }
      return false;
    } catch (StoreException e) {
      log.warn("the journal cannot be read for publication reason={}", e.getMessage());
      return false;
    }
  }

  /// A message and where it waits its turn.
  private record Placed(int lane, PublicationLane.Item item) {}

  private void add(JournalRow row) throws StoreException {
    List<Placed> items = new ArrayList<>();
    for (CommittedEvent event : events.of(row)) {
      int part = 0;
      for (EventEncoder encoder : plan.encoders()) {
        for (BusMessage message : encoder.encode(event)) {
          String id = plan.logId() + "." + event.position() + "." + event.index();
          items.add(
              new Placed(
                  Math.floorMod(Long.hashCode(event.jobNo()), LANES),
                  new PublicationLane.Item(
                      message, part == 0 ? id : id + "." + part, row.position(), false)));
          part++;
        }
      }
    }
    synchronized (this) {
      read = row.position();
      if (!items.isEmpty()) {
        window.add(row.position(), items.size());
        items.forEach(placed -> lanes[placed.lane()].add(placed.item()));
      }
    }
  }

  private void sendAll() {
    List<PublicationLane> all;
    synchronized (this) {
      all = List.of(lanes);
    }
    all.forEach(this::send);
  }

  private void send(PublicationLane lane) {
    Optional<PublicationLane.Item> next;
    synchronized (this) {
      next = closed || !isAsked() ? Optional.empty() : lane.next(clock.nanos());
    }
    next.ifPresent(item ->
        Futures.then(
            bus.publishDurably(item.message(), item.id()),
            _ -> acknowledged(lane, item, true),
            problem -> failed(lane, item, problem)));
  }

  private void acknowledged(PublicationLane lane, PublicationLane.Item item, boolean kept) {
    synchronized (this) {
      if (lane.isAbandoned()) {
        return;
      }
      lane.done();
      published += kept ? 1 : 0;
      if (window.acknowledged(item.position())) {
        wake();
      }
    }
    send(lane);
  }

  private void failed(PublicationLane lane, PublicationLane.Item item, Problem problem) {
    if (problem.code().equals(BusProblems.BUS_MESSAGE_TOO_LARGE) && !item.reduced()) {
      synchronized (this) {
        lane.replace(reduced(item));
      }
      send(lane);
    } else if (isHopeless(problem)) {
      log.error(
          "event not published, no broker takes it id={} reason={}", item.id(), problem.reason());
      synchronized (this) {
        skipped++;
      }
      acknowledged(lane, item, false);
    } else {
      if (problem.code().equals(BusProblems.BUS_NO_STREAM)) {
        wish();
      }
      synchronized (this) {
        failures++;
        // Whoever did not keep this may have lost more.
        askedAtConnects = NEVER;
        lane.failed(clock.nanos(), 0.5 + random.nextDouble() / 2);
        wake();
      }
    }
  }

  private static boolean isHopeless(Problem problem) {
    return problem.code().equals(BusProblems.BUS_MESSAGE_TOO_LARGE)
        || problem.code().equals(BusProblems.BUS_SUBJECT_INVALID)
        || problem.code().equals(BusProblems.BUS_HEADER_INVALID);
  }

  /// Says that there was an event, when there is no room to say which.
  private static PublicationLane.Item reduced(PublicationLane.Item item) {
    Map<String, String> headers = new LinkedHashMap<>(item.message().headers());
    headers.put(OMITTED_HEADER, Integer.toString(item.message().bytes().size()));
    return new PublicationLane.Item(
        new BusMessage(item.message().subject(), "", headers, Bytes.EMPTY),
        item.id(),
        item.position(),
        true);
  }

  @GuardedBy("this")
  private PublicationCursor cursor() {
    return new PublicationCursor(window.reached(read), republishedFrom);
  }

  private void saveWhenDue() {
    long now = clock.nanos();
    synchronized (this) {
      if (!isAsked() || saving || now - saveNotBeforeNanos < 0 || cursor().equals(saved)) {
        return;
      }
    }
    CompletableFuture<?> _ = save();
  }

  private CompletableFuture<PublishReceipt> save() {
    PublicationCursor now;
    long mine;
    synchronized (this) {
      saving = true;
      saveNotBeforeNanos = clock.nanos() + SAVE_NANOS;
      now = cursor();
      mine = turn++;
    }
    CompletableFuture<PublishReceipt> kept = now.save(bus, plan.logId(), mine);
    Futures.then(kept, _ -> saved(now), _ -> saved(null));
    return kept;
  }

  private synchronized void saved(@Nullable PublicationCursor kept) {
    saving = false;
    saved = kept == null ? saved : kept;
  }

  private synchronized void await(boolean more) throws InterruptedException {
    if (more || news || closed) {
      return;
    }
    long now = clock.nanos();
    long millis = IDLE_MILLIS;
    for (PublicationLane lane : lanes) {
      millis = Math.min(millis, TimeUnit.NANOSECONDS.toMillis(lane.dueInNanos(now)));
    }
    long until = now + TimeUnit.MILLISECONDS.toNanos(Math.max(1, millis));
    long left = until - now;
    while (!news && !closed && left > 0) {
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      left = until - clock.nanos();
    }
    news = false;
  }

  /// How far it has come.
  public synchronized PublicationStatus status() {
    long position = cursor().position();
    return new PublicationStatus(
        position, Math.max(0, head.getAsLong() - position), published, failures, skipped);
  }

  /// Ends [#run] and keeps the cursor, if the broker takes it within two seconds. Blocks for that.
  @Override
  public void close() {
    boolean keep;
    synchronized (this) {
      keep = isAsked() && !closed && !cursor().equals(saved);
      closed = true;
      notifyAll();
    }
    if (keep) {
      try {
        save().get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        log.debug("the cursor is not kept; some events will be published again", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
