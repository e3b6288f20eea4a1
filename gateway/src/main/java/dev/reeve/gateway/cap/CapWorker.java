package dev.reeve.gateway.cap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Problem;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.Offer;
import dev.reeve.gateway.WorkerFacts;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.service.Times;
import dev.reeve.service.WorkerChannel;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.WorkerPools;
import dev.reeve.service.bus.Delivery;
import dev.reeve.wire.cordum.agent.v1.DispatchIdentity;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import dev.reeve.wire.cordum.agent.v1.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One worker of this protocol: what it said of itself, its registration, and the attempts in its
/// hands. It registers as soon as it serves a topic and gives signs of life, and anew whenever what
/// it serves or offers has changed. Safe on any thread; nothing blocks.
final class CapWorker {
  /// Without a sign for so long a worker is gone.
  static final Duration TTL = Duration.ofSeconds(30);

  private static final int REGISTERED_PARALLEL_MAX = 10_000;

  /// Jobs at once of a worker that sets no limit.
  private static final int PARALLEL_UNSAID = 16;

  private static final double OVERLOADED_SHARE = 0.9;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final String id;
  private final CapPorts ports;

  @GuardedBy("this")
  private HeardOf heard;

  @GuardedBy("this")
  private Instant seen;

  @GuardedBy("this")
  private Instant since;

  @GuardedBy("this")
  private boolean beaten;

  @GuardedBy("this")
  private @Nullable Line line;

  @GuardedBy("this")
  private Set<String> topics = Set.of();

  @GuardedBy("this")
  private Offer offer = Offer.ANYTHING;

  /// Credit that the writer has and did not use yet.
  @GuardedBy("this")
  private int promised;

  /// Jobs of others in its hands, by its last heartbeat.
  @GuardedBy("this")
  private int foreign;

  @GuardedBy("this")
  private final Map<DispatchId, Attempt> open = new HashMap<>();

  /// As it said last, for whoever must not wait for this worker.
  private volatile String pool = "";

  private volatile boolean takesMore = true;

  /// The connection of ours on which it was heard last.
  private volatile long heardAtConnects;

  private volatile double load;

  /// An attempt in its hands.
  private static final class Attempt {
    private final String jobId;

    /// Reports of its end that are not settled.
    private final List<Delivery> reports = new ArrayList<>();

    /// Until when it must give a sign; after a new handshake nobody knows whether it still runs.
    private Instant doubtedUntil = Instant.MAX;

    private Attempt(String jobId) {
      this.jobId = jobId;
    }
  }

  CapWorker(String id, CapPorts ports, HeardOf heard, Instant now) {
    this.id = id;
    this.ports = ports;
    this.heard = heard;
    seen = now;
    since = now;
    heardAtConnects = ports.connects();
  }

  String id() {
    return id;
  }

  /// The worker begins. What it had in its hands may be lost, so each attempt must give a sign.
  synchronized void handshake(Handshake handshake, Instant now) {
    heard = heard.with(handshake);
    seen = now;
    open.values().forEach(attempt -> attempt.doubtedUntil = now.plus(TTL));
    refresh(ports.pools());
    alive();
  }

  synchronized void heartbeat(Heartbeat beat, Instant now) {
    heard = heard.with(beat);
    seen = now;
    beaten = true;
    foreign = Math.max(0, heard.activeJobs() - open.size());
    refresh(ports.pools());
    alive();
  }

  /// Registers anew when what it serves or offers is not what it is registered for, and when it
  /// takes fewer jobs at once than the writer may give it: credit cannot be taken back otherwise.
  synchronized void refresh(WorkerPools pools) {
    Set<String> serves = heard.topics(pools, ports.readinessRequired());
    Offer offers = heard.offer(pools);
    measure(pools);
    boolean overdrawn = promised > Math.max(0, capacity() - open.size());
    boolean same = line != null && !overdrawn && serves.equals(topics) && offers.equals(offer);
    if (same || (line == null && serves.isEmpty())) {
      topUp();
      return;
    }
    topics = serves;
    offer = offers;
    promised = 0;
    Line before = line;
    if (serves.isEmpty()) {
      line = null;
    } else {
      Line registered = new Line(offers);
      line = registered;
      registered.session =
          ports.desk().register(id, serves, REGISTERED_PARALLEL_MAX, List.of(), registered);
    }
    if (before != null && serves.isEmpty()) {
      before.session().disconnected(false);
    }
    topUp();
  }

  /// @return whether it is gone
  synchronized boolean expire(Instant now) {
    List<DispatchId> lost = new ArrayList<>();
    open.forEach((dispatch, attempt) -> {
      if (attempt.doubtedUntil.isBefore(now)) {
        lost.add(dispatch);
      }
    });
    Line current = line;
    if (current != null) {
      lost.forEach(dispatch -> current.session().handBack(dispatch, "WORKER_GONE"));
    }
    lost.forEach(open::remove);
    topUp();
    boolean gone = Duration.between(seen, now).compareTo(TTL) > 0;
    if (gone && current != null) {
      line = null;
      topics = Set.of();
      promised = 0;
      current.session().disconnected(false);
    }
    return gone;
  }

  /// The attempt that a report is about: by what it says of its dispatch, or by the job alone when
  /// it names none.
  ///
  /// @return empty when it is of another attempt than the one in this worker's hands
  synchronized Optional<DispatchId> attempt(DispatchIdentity said, String jobId) {
    Optional<DispatchId> named =
        said.getDispatchId().isEmpty()
            ? open.entrySet().stream()
                .filter(entry -> entry.getValue().jobId.equals(jobId))
                .map(Map.Entry::getKey)
                .findFirst()
            : DispatchId.parse(said.getDispatchId()).filter(dispatch -> isOf(dispatch, jobId));
    String worker = said.getAssignedWorkerId();
    return named
        .filter(dispatch -> JobPackets.isOf(dispatch, said))
        .filter(_ -> worker.isEmpty() || worker.equals(id));
  }

  /// The worker did not get an attempt: it goes to others at once.
  synchronized void giveBack(DispatchId dispatch, String reason) {
    open.remove(dispatch);
    if (line != null) {
      line.session().handBack(dispatch, reason);
    }
    topUp();
  }

  synchronized boolean holds(DispatchId dispatch) {
    return open.containsKey(dispatch);
  }

  @GuardedBy("this")
  private boolean isOf(DispatchId dispatch, String jobId) {
    Attempt attempt = open.get(dispatch);
    return attempt != null && attempt.jobId.equals(jobId);
  }

  /// A report of the attempt's end waits for its commit. The first report counts; others that come
  /// meanwhile are settled with it.
  ///
  /// @param first settled when it is the first
  /// @param other the same report, settled when it is not
  /// @return whether it is the first
  synchronized boolean awaits(DispatchId dispatch, Delivery first, Delivery other) {
    Attempt attempt = open.get(dispatch);
    if (attempt == null) {
      other.ack();
      return false;
    }
    attempt.doubtedUntil = Instant.MAX;
    attempt.reports.add(attempt.reports.isEmpty() ? first : other);
    return attempt.reports.size() == 1;
  }

  /// The reports of an attempt could not be handled now: they come again.
  synchronized void postpone(DispatchId dispatch, Duration wait) {
    Attempt attempt = open.get(dispatch);
    if (attempt != null) {
      attempt.reports.forEach(report -> report.nak(wait));
      attempt.reports.clear();
    }
  }

  /// A sign that the attempt runs.
  synchronized void sign(DispatchId dispatch, Instant now) {
    seen = now;
    nowHeard();
    Attempt attempt = open.get(dispatch);
    if (attempt != null) {
      attempt.doubtedUntil = Instant.MAX;
    }
  }

  /// The job of an attempt that the desk knows.
  Optional<Job> job(DispatchId dispatch) {
    return session().flatMap(session -> session.jobOf(dispatch));
  }

  synchronized Optional<WorkerDesk.Session> session() {
    return Optional.ofNullable(line).map(Line::session);
  }

  synchronized HeardOf heard() {
    return heard;
  }

  synchronized boolean isRegistered() {
    return line != null;
  }

  synchronized WorkerFacts facts(WorkerPools pools) {
    return new WorkerFacts(
        "cap",
        heard.name(),
        heard.version(),
        heard.labels(),
        offer.declared().stream().sorted().toList(),
        heard.pool(),
        capacity(),
        load,
        "",
        Times.micros(since),
        !isActive(pools, heard.pool()));
  }

  @GuardedBy("this")
  private void alive() {
    nowHeard();
    if (line != null) {
      line.session().heartbeat();
    }
  }

  private void nowHeard() {
    long connects = ports.connects();
    if (heardAtConnects != connects) {
      heardAtConnects = connects;
      ports.wake();
    }
  }

  @GuardedBy("this")
  private int capacity() {
    if (heard.parallelMax() > 0) {
      return heard.parallelMax();
    }
    return beaten ? PARALLEL_UNSAID : 1;
  }

  @GuardedBy("this")
  private void topUp() {
    int room = capacity() - open.size() - promised;
    if (line != null && room > 0) {
      promised += room;
      line.session().credit(room);
    }
  }

  /// Overloaded as the contract says: 90 % of its slots with the jobs of others counted, or a busy
  /// machine.
  @GuardedBy("this")
  private void measure(WorkerPools pools) {
    boolean crowded = foreign > 0 && foreign + open.size() >= OVERLOADED_SHARE * capacity();
    boolean active = isActive(pools, heard.pool());
    pool = heard.pool();
    boolean before = takesMore;
    load = heard.machineLoad() + foreign;
    takesMore = active && !crowded && !heard.isHot();
    if (takesMore && !before) {
      ports.wake();
    }
  }

  private static boolean isActive(WorkerPools pools, String pool) {
    return pools.pool(pool).status() == WorkerPools.Status.ACTIVE;
  }

  /// One registration.
  private final class Line implements WorkerChannel {
    private final Offer offered;
    private WorkerDesk.@Nullable Session session;

    private Line(Offer offered) {
      this.offered = offered;
    }

    private WorkerDesk.Session session() {
      WorkerDesk.Session made = session;
      if (made == null) {
        throw new IllegalStateException("worker " + id + " is not registered yet");
      }
      return made;
    }

    @Override
    public Offer offer() {
      return offered;
    }

    @Override
    public boolean keepsAttempts() {
      return true;
    }

    @Override
    public boolean measuresLoad() {
      return true;
    }

    @Override
    public double load() {
      return load;
    }

    @Override
    public boolean takesMore() {
      return takesMore
          && ports.isConnected()
          && heardAtConnects == ports.connects()
          && isActive(ports.pools(), pool);
    }

    /// Attempts of a registration before this one, perhaps before this process.
    @Override
    public void registered(List<DispatchId> kept) {
      synchronized (CapWorker.this) {
        for (DispatchId dispatch : kept) {
          session()
              .jobOf(dispatch)
              .ifPresent(
                  job -> open.computeIfAbsent(dispatch, _ -> new Attempt(job.key().jobId())));
        }
      }
    }

    @Override
    public void assign(ExecutorSession.Assignment assignment) {
      synchronized (CapWorker.this) {
        if (line == this) {
          promised = Math.max(0, promised - 1);
        }
        open.put(assignment.dispatch(), new Attempt(assignment.job().key().jobId()));
      }
      ports.send(CapWorker.this, assignment);
    }

    @Override
    public void cancel(DispatchId dispatch, String reason) {
      String jobId = settle(dispatch);
      if (!jobId.isEmpty()) {
        ports.cancel(JobPackets.cancel(jobId, reason, CapDesk.SENDER, dispatch, id));
      }
    }

    @Override
    public void givenUp(DispatchId dispatch, JobState.Cancelled why) {
      String jobId = settle(dispatch);
      if (!jobId.isEmpty()) {
        String reason = why.reason().isEmpty() ? why.code() : why.reason();
        ports.cancel(JobPackets.cancel(jobId, reason, why.by(), dispatch, id));
      }
    }

    @Override
    public void acknowledge(DispatchId dispatch, boolean accepted) {
      ports.counted(accepted);
      settle(dispatch);
    }

    /// The reports are given back to the bus and come again.
    @Override
    public void refused(Problem problem) {
      synchronized (CapWorker.this) {
        for (Attempt attempt : open.values()) {
          attempt.reports.forEach(report -> report.nak(AGAIN));
          attempt.reports.clear();
        }
      }
    }

    /// Another registration of this id took over: ours, or a worker of another protocol.
    @Override
    public void replaced() {
      synchronized (CapWorker.this) {
        if (line == this) {
          line = null;
          topics = Set.of();
        }
      }
    }

    /// @return the job; empty when the attempt was not open
    private String settle(DispatchId dispatch) {
      synchronized (CapWorker.this) {
        Attempt attempt = open.remove(dispatch);
        topUp();
        if (attempt == null) {
          return "";
        }
        attempt.reports.forEach(Delivery::ack);
        return attempt.jobId;
      }
    }
  }
}
