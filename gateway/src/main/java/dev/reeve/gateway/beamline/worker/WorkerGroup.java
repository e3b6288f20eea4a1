package dev.reeve.gateway.beamline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Problem;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.Offer;
import dev.reeve.gateway.WorkerFacts;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import dev.reeve.service.Futures;
import dev.reeve.service.Times;
import dev.reeve.service.WorkerChannel;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The workers that listen on one subject, as one executor: they share what is sent there, so
/// nobody knows beforehand which of them takes it. Its credit is what all of them take at once;
/// each sign of life of one of them renews its lease. Safe on any thread; never blocks.
final class WorkerGroup {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
  private static final int PARALLEL_MAX = 100_000;
  private static final String FAMILY = "beamline";
  private static final int NAMES_SHOWN_MAX = 16;

  private final GroupTools tools;
  private final String subject;
  private final FirstSigns signs = new FirstSigns();

  @GuardedBy("this")
  private final Membership members;

  @GuardedBy("this")
  private final Map<DispatchId, HandedJob> open = new LinkedHashMap<>();

  @GuardedBy("this")
  private Set<String> topics = Set.of();

  @GuardedBy("this")
  private Offer offer = Offer.ANYTHING;

  @GuardedBy("this")
  private @Nullable Link link;

  /// Credit that was granted and not used.
  @GuardedBy("this")
  private int promised;

  @GuardedBy("this")
  private int capacity;

  private final long connectedAtMicros;

  /// Read by the writer.
  private volatile boolean hasRoom;

  WorkerGroup(GroupTools tools, String subject, Set<String> ownTopics) {
    this.tools = tools;
    this.subject = subject;
    members = new Membership(ownTopics, tools.settings().concurrency());
    connectedAtMicros = Times.micros(tools.clock().instant());
  }

  String subject() {
    return subject;
  }

  /// A member gave a sign.
  synchronized void seen(WorkerBeat beat) {
    members.seen(beat, tools.nanos());
    settle();
    Link connected = link;
    if (connected != null) {
      connected.session().heartbeat();
    }
  }

  /// A member listens elsewhere now.
  synchronized void left(String workerId) {
    if (members.leaves(workerId)) {
      lose(workerId);
      settle();
    }
  }

  /// Looks at the time: who is silent, what is late, what the broker does not have.
  synchronized void look() {
    long now = tools.nanos();
    for (String gone : members.expire(now, tools.silentNanosMax())) {
      tools.metrics().workersGone.increment();
      lose(gone);
    }
    settle();
    List.copyOf(open.values()).forEach(handed -> look(handed, now));
    if (members.isEmpty() && open.isEmpty()) {
      disconnect();
    }
  }

  @GuardedBy("this")
  private void look(HandedJob handed, long now) {
    Link connected = link;
    if (connected == null || handed.result != null) {
      return;
    }
    if (now - handed.endsNanos > 0) {
      tools.metrics().resultsMissed.increment();
      if (handed.published) {
        tools.tellCancelled(handed, "TIMEOUT");
        connected
            .session()
            .ended(
                handed.dispatch,
                JobCommand.Ending.TIMED_OUT,
                "TIMEOUT",
                "no result came in time",
                true,
                0);
      } else {
        handBack(connected, handed, "NOT_PUBLISHED");
      }
    } else if (!handed.published && !handed.publishing) {
      publish(handed);
    }
  }

  /// What a worker had that is gone goes to others at once.
  @GuardedBy("this")
  private void lose(String workerId) {
    Link connected = link;
    for (HandedJob handed : List.copyOf(open.values())) {
      boolean lost = handed.workerId.equals(workerId) && handed.result == null;
      if (lost && connected != null) {
        handBack(connected, handed, "WORKER_GONE");
      }
    }
  }

  @GuardedBy("this")
  private void handBack(Link connected, HandedJob handed, String reason) {
    open.remove(handed.dispatch);
    tools.holders().remove(handed.dispatch, this);
    tools.tellCancelled(handed, reason);
    connected.session().handBack(handed.dispatch, reason);
    settle();
  }

  /// Registers when what the members take has changed, and grants what they have room for.
  @GuardedBy("this")
  private void settle() {
    capacity = members.capacity();
    Set<String> now = members.topics();
    Offer offered = members.offer();
    Link connected = link;
    boolean changed = connected == null || !now.equals(topics) || !offered.equals(offer);
    if (!members.isEmpty() && !now.isEmpty() && changed) {
      register(now, offered);
    } else if (!members.isEmpty() && now.isEmpty()) {
      disconnect();
    }
    grant();
  }

  @GuardedBy("this")
  private void register(Set<String> now, Offer offered) {
    topics = now;
    offer = offered;
    promised = 0;
    Link fresh = new Link(offered);
    link = fresh;
    fresh.opened =
        tools.desk().register(tools.workerId(subject), now, PARALLEL_MAX, List.of(), fresh);
  }

  @GuardedBy("this")
  private void disconnect() {
    Link connected = link;
    if (connected != null) {
      link = null;
      connected.session().disconnected(false);
    }
  }

  @GuardedBy("this")
  private void grant() {
    Link connected = link;
    boolean hadRoom = hasRoom;
    hasRoom = open.size() < capacity;
    int more = capacity - open.size() - promised;
    if (connected != null && connected.registered && more > 0) {
      promised += more;
      connected.session().credit(more);
    } else if (hasRoom && !hadRoom) {
      tools.wake().run();
    }
  }

  /// A worker answered an assignment.
  ///
  /// @return whether the attempt is still in this group's hands
  synchronized boolean acked(DispatchId dispatch, WorkerAck ack) {
    HandedJob handed = open.get(dispatch);
    Link connected = link;
    if (handed == null || connected == null || handed.result != null) {
      return false;
    }
    switch (ack.status()) {
      case ACCEPTED -> {
        handed.workerId = ack.workerId();
        handed.published = true;
        WorkerDesk.Session session = connected.session();
        signs.add(dispatch, () -> session.started(dispatch));
      }
      case REJECTED -> refuse(connected, handed, "WORKER_REJECTED", ack.message());
      case ERROR -> refuse(connected, handed, "WORKER_ERROR", ack.message());
    }
    return true;
  }

  private static void refuse(Link connected, HandedJob handed, String code, String message) {
    String said = message.isEmpty() ? "the worker did not take it" : message;
    connected.session().failed(handed.dispatch, code, said, true, 0);
  }

  /// A result came. Its delivery is settled once the job has it.
  ///
  /// @return whether the attempt is still in this group's hands
  boolean ended(DispatchId dispatch, WorkerResult result, Delivery delivery) {
    WorkerDesk.Session session;
    synchronized (this) {
      HandedJob handed = open.get(dispatch);
      Link connected = link;
      if (handed == null || connected == null || !connected.session().holds(dispatch)) {
        return false;
      }
      if (handed.result != null) {
        again(handed, delivery);
        return true;
      }
      handed.result = result;
      handed.delivery = delivery;
      session = connected.session();
    }
    boolean hadBegun = signs.take(dispatch);
    switch (Attempt.of(result)) {
      case Attempt.Completed done -> session.completed(dispatch, done.contentType(), done.bytes());
      case Attempt.Failed failed -> {
        if (hadBegun) {
          session.started(dispatch);
        }
        session.ended(
            dispatch, failed.ending(), failed.code(), failed.message(), failed.retryable(), 0);
      }
    }
    return true;
  }

  /// While a result is being taken in, it may come again or another may come.
  private static void again(HandedJob handed, Delivery delivery) {
    Delivery first = handed.delivery;
    if (first != null && first.sequence() == delivery.sequence()) {
      handed.delivery = delivery;
    } else {
      delivery.nak(TRY_AGAIN);
    }
  }

  /// The tenant of an attempt in this group's hands.
  synchronized String tenantOf(DispatchId dispatch) {
    HandedJob handed = open.get(dispatch);
    return handed == null ? "" : handed.tenant;
  }

  /// Its live members.
  synchronized List<LiveWorker> workers() {
    Map<String, Integer> running = new HashMap<>();
    for (HandedJob handed : open.values()) {
      running.merge(handed.workerId, 1, Integer::sum);
    }
    return members.all(subject, running, tools.nanos());
  }

  /// What a listing shows of it: the members by name, and how busy they say they are together.
  synchronized WorkerFacts facts() {
    List<LiveWorker> live = workers();
    String names =
        live.stream()
            .map(LiveWorker::workerId)
            .limit(NAMES_SHOWN_MAX)
            .collect(Collectors.joining(", "));
    return new WorkerFacts(
        FAMILY,
        names,
        live.size() + (live.size() == 1 ? " worker" : " workers"),
        offer.labels(),
        List.of(),
        subject,
        capacity,
        live.stream().mapToDouble(LiveWorker::load).sum(),
        "",
        connectedAtMicros,
        false);
  }

  /// Whether members give signs, and nobody says which topics they take.
  synchronized boolean isWithoutTopics() {
    return !members.isEmpty() && members.topics().isEmpty();
  }

  /// Time since the last sign of a member.
  synchronized long silentMillis() {
    return TimeUnit.NANOSECONDS.toMillis(members.silentNanos(tools.nanos()));
  }

  synchronized int inHand() {
    return open.size();
  }

  synchronized boolean isForgettable() {
    return members.isEmpty() && open.isEmpty() && link == null;
  }

  synchronized int size() {
    return members.size();
  }

  /// The server stops: the workers go on, and their results wait on the bus.
  synchronized void close() {
    disconnect();
  }

  private synchronized void assign(ExecutorSession.Assignment given) {
    long deadlineMs = tools.assignments().deadlineMs(given.job());
    HandedJob handed =
        new HandedJob(
            given.dispatch(),
            tools.ids().of(given.dispatch()),
            given.job().key().jobId(),
            given.job().key().tenant(),
            tools.endOf(deadlineMs),
            tools.assignments().message(given, deadlineMs, subject),
            false);
    open.put(given.dispatch(), handed);
    tools.holders().put(given.dispatch(), this);
    promised = Math.max(0, promised - 1);
    hasRoom = open.size() < capacity;
    publish(handed);
  }

  @GuardedBy("this")
  private void publish(HandedJob handed) {
    BusMessage message = handed.message().orElse(null);
    if (message == null) {
      return;
    }
    handed.publishing = true;
    Futures.then(
        tools.bus().publishDurably(message, handed.assignmentId),
        _ -> {
          tools.metrics().assignmentsPublished.increment();
          published(handed);
        },
        problem -> notPublished(handed, problem));
  }

  private synchronized void published(HandedJob handed) {
    handed.published = true;
    handed.publishing = false;
  }

  private synchronized void notPublished(HandedJob handed, Problem problem) {
    handed.publishing = false;
    Link connected = link;
    boolean tooLarge = problem.code().equals(BusProblems.BUS_MESSAGE_TOO_LARGE);
    if (tooLarge && connected != null && open.containsKey(handed.dispatch)) {
      tools.metrics().assignmentsFailed.increment();
      connected
          .session()
          .failed(handed.dispatch, "ASSIGNMENT_TOO_LARGE", problem.message(), false, 0);
    } else {
      // Tried again at the next look, under the same message id.
      tools.metrics().assignmentsRetried.increment();
    }
  }

  private synchronized void kept(Link from, List<DispatchId> dispatches) {
    if (from != link) {
      return;
    }
    for (DispatchId dispatch : dispatches) {
      from.session()
          .jobOf(dispatch)
          .ifPresent(job -> open.computeIfAbsent(dispatch, _ -> kept(dispatch, job)));
      tools.holders().put(dispatch, this);
    }
    from.registered = true;
    grant();
  }

  /// An attempt of before a restart. Without a first sign nobody knows whether its assignment ever
  /// went out: then it goes to others when no sign comes within the lease.
  private HandedJob kept(DispatchId dispatch, Job job) {
    boolean begun = job.state() instanceof JobState.Executing executing && executing.started();
    long ends =
        begun
            ? tools.endOf(tools.assignments().deadlineMs(job))
            : tools.nanos() + tools.silentNanosMax();
    return new HandedJob(
        dispatch,
        tools.ids().of(dispatch),
        job.key().jobId(),
        job.key().tenant(),
        ends,
        null,
        begun);
  }

  /// The attempt is over for us, and no report of ours ended it.
  private void cancelled(DispatchId dispatch, String reason) {
    HandedJob handed;
    synchronized (this) {
      handed = open.remove(dispatch);
      tools.holders().remove(dispatch, this);
      grant();
    }
    if (handed != null) {
      tools.tellCancelled(handed, reason);
      Delivery delivery = handed.delivery;
      if (delivery != null) {
        tools.metrics().resultsLate.increment();
        delivery.ack();
      }
    }
  }

  private void acknowledged(DispatchId dispatch, boolean accepted) {
    HandedJob handed;
    synchronized (this) {
      handed = open.remove(dispatch);
      tools.holders().remove(dispatch, this);
      grant();
    }
    if (handed != null) {
      tools.settle(handed, accepted);
    }
  }

  /// A registration or some report could not be taken now: both are made again.
  private void refused(Link from) {
    List<Delivery> again = new ArrayList<>();
    synchronized (this) {
      if (link == from && !from.registered) {
        link = null;
      }
      for (HandedJob handed : open.values()) {
        Delivery delivery = handed.delivery;
        if (delivery != null) {
          again.add(delivery);
        }
        handed.delivery = null;
        handed.result = null;
      }
    }
    Consumer<Delivery> giveBack = delivery -> delivery.nak(TRY_AGAIN);
    again.forEach(giveBack);
  }

  /// One registration. What it says after another has taken its place counts for attempts alone.
  private final class Link implements WorkerChannel {
    private final Offer offered;
    private WorkerDesk.@Nullable Session opened;
    private boolean registered;

    private Link(Offer offered) {
      this.offered = offered;
    }

    private WorkerDesk.Session session() {
      WorkerDesk.Session session = opened;
      if (session == null) {
        throw new IllegalStateException("the group is locked until it has its session");
      }
      return session;
    }

    @Override
    public void registered(List<DispatchId> dispatches) {
      kept(this, dispatches);
    }

    @Override
    public void assign(ExecutorSession.Assignment assignment) {
      WorkerGroup.this.assign(assignment);
    }

    @Override
    public boolean takesMore() {
      return hasRoom;
    }

    @Override
    public Offer offer() {
      return offered;
    }

    /// Nobody is asked what it has in hand: the results will tell.
    @Override
    public boolean keepsAttempts() {
      return true;
    }

    @Override
    public void cancel(DispatchId dispatch, String reason) {
      cancelled(dispatch, reason);
    }

    @Override
    public void acknowledge(DispatchId dispatch, boolean accepted) {
      acknowledged(dispatch, accepted);
    }

    @Override
    public void refused(Problem problem) {
      WorkerGroup.this.refused(this);
    }

    @Override
    public void replaced() {
      // By our own next registration: what is open went over to it.
    }
  }
}
