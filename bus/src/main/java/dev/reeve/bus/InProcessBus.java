package dev.reeve.bus;

import dev.reeve.base.ProblemException;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.Delivery;
import dev.reeve.service.bus.PublishReceipt;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.SubscriptionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The bus of a server without a broker: the same subjects, groups, streams and consumers, all in
/// memory. Streams end with the process; nothing of ours is only in them.
public final class InProcessBus implements Bus {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final BusLimits limits;
  private final BusMeter meter;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("bus-", 0).factory());
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("bus-timer").daemon(true).factory());
  private final Listeners listeners = new Listeners();
  private final Map<String, InProcessStream> streams = new ConcurrentHashMap<>();
  private final List<InProcessConsumer.Member> awaitingStream = new ArrayList<>();
  private final Map<String, CompletableFuture<BusMessage>> requests = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public InProcessBus(BusLimits limits) {
    this.limits = limits;
    this.meter = new BusMeter(limits);
    meter.connects.set(1);
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void publish(BusMessage message) {
    check(message);
    meter.published.increment();
    deliver(message);
    for (InProcessStream stream : streams.values()) {
      if (stream.keeps(message.subject())) {
        stream.append(message);
        return;
      }
    }
  }

  private void check(BusMessage message) {
    if (closed) {
      throw closedProblem();
    }
    try {
      Outgoing.check(message, limits.messageSizeMax());
    } catch (ProblemException e) {
      meter.publishFailures.increment();
      throw e;
    }
  }

  private static ProblemException closedProblem() {
    return BusProblems.BUS_CLOSED.because("the bus was closed").toException();
  }

  /// @return whether anybody listens
  private boolean deliver(BusMessage message) {
    CompletableFuture<BusMessage> request = requests.remove(message.subject());
    if (request != null) {
      CompletableFuture<BusMessage> _ = request.completeAsync(() -> message, threads);
      return true;
    }
    return listeners.deliver(message);
  }

  @Override
  public CompletableFuture<PublishReceipt> publishDurably(BusMessage message, String messageId) {
    try {
      BusMessage named = Outgoing.named(message, messageId);
      check(named);
      for (InProcessStream stream : streams.values()) {
        if (stream.keeps(named.subject())) {
          PublishReceipt receipt = stream.append(named);
          meter.published.increment();
          if (!receipt.duplicate()) {
            deliver(named);
          }
          return CompletableFuture.supplyAsync(() -> receipt, threads);
        }
      }
      meter.publishFailures.increment();
      return failed(Outgoing.noStream(message.subject()));
    } catch (ProblemException e) {
      return failed(e);
    }
  }

  private <T> CompletableFuture<T> failed(ProblemException problem) {
    CompletableFuture<T> future = new CompletableFuture<>();
    fail(future, problem);
    return future;
  }

  private void fail(CompletableFuture<?> future, ProblemException problem) {
    if (closed) {
      future.completeExceptionally(problem);
    } else {
      threads.execute(() -> future.completeExceptionally(problem));
    }
  }

  @Override
  public CompletableFuture<BusMessage> request(BusMessage message, Duration timeout) {
    CompletableFuture<BusMessage> answer = new CompletableFuture<>();
    String inbox = newInbox();
    try {
      BusMessage asking = message.withReplyTo(inbox);
      check(asking);
      meter.requestBegins();
      requests.put(inbox, answer);
      CompletableFuture<BusMessage> _ =
          answer.whenComplete((_, _) -> {
            requests.remove(inbox);
            meter.requestEnded();
          });
      meter.published.increment();
      if (!deliver(asking)) {
        fail(answer, Outgoing.noResponders(message.subject()));
      }
      var timing =
          timer.schedule(
              () -> fail(answer, Outgoing.timeout(message.subject(), timeout)),
              timeout.toNanos(),
              TimeUnit.NANOSECONDS);
      CompletableFuture<BusMessage> _ = answer.whenComplete((_, _) -> timing.cancel(false));
      return answer;
    } catch (ProblemException e) {
      return failed(e);
    }
  }

  @Override
  public String newInbox() {
    return "_INBOX." + UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public BusSubscription subscribe(SubscriptionSpec spec, Consumer<BusMessage> handler) {
    if (closed) {
      throw closedProblem();
    }
    return listeners.add(
        spec,
        new Mailbox<>(spec.pattern(), spec.pendingMax(), BusMessage::size, handler, threads, meter),
        meter);
  }

  @Override
  public BusSubscription consume(ConsumerSpec spec, Consumer<Delivery> handler) {
    if (closed) {
      throw closedProblem();
    }
    InProcessConsumer.Member member = new InProcessConsumer.Member(spec, handler, threads, meter);
    synchronized (awaitingStream) {
      if (!join(member)) {
        awaitingStream.add(member);
      }
    }
    return member;
  }

  private boolean join(InProcessConsumer.Member member) {
    InProcessStream stream = streams.get(member.spec().stream());
    if (stream == null) {
      String pattern = member.spec().pattern();
      stream =
          streams.values().stream()
              .filter(known -> known.overlaps(pattern))
              .findFirst()
              .orElse(null);
    }
    if (stream != null) {
      stream.join(member);
    }
    return stream != null;
  }

  @Override
  public CompletableFuture<Void> ensureStream(StreamSpec spec) {
    if (closed) {
      return failed(closedProblem());
    }
    synchronized (awaitingStream) {
      List<String> free =
          spec.patterns().stream()
              .filter(pattern -> !isKeptByAnother(spec.name(), pattern))
              .toList();
      if (!free.isEmpty() || streams.containsKey(spec.name())) {
        streams
            .computeIfAbsent(
                spec.name(), _ -> new InProcessStream(spec, limits.streamSizeMax(), timer))
            .keep(free);
      }
      awaitingStream.removeIf(member -> member.isClosed() || join(member));
    }
    return CompletableFuture.runAsync(() -> {}, threads);
  }

  @Override
  public CompletableFuture<Optional<BusMessage>> newest(String stream, String subject) {
    InProcessStream known = streams.get(stream);
    return known == null
        ? failed(closed ? closedProblem() : Outgoing.noStream(subject))
        : CompletableFuture.supplyAsync(() -> known.newest(subject), threads);
  }

  private boolean isKeptByAnother(String name, String pattern) {
    return streams.values().stream()
        .anyMatch(stream -> !stream.name().equals(name) && stream.overlaps(pattern));
  }

  @Override
  public int messageSizeMax() {
    return limits.messageSizeMax();
  }

  @Override
  public BusHealth health() {
    return meter.health(
        closed ? BusHealth.State.CLOSED : BusHealth.State.CONNECTED, "in-process", "", all());
  }

  private Collection<BusMeter.Listening> all() {
    List<BusMeter.Listening> all = new ArrayList<>(listeners.all());
    streams.values().forEach(stream -> all.addAll(stream.members()));
    return all;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    all().forEach(BusSubscription::close);
    timer.shutdownNow();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    requests.values().forEach(answer -> answer.completeExceptionally(closedProblem()));
  }
}
