package dev.reeve.gateway.reeve;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.reeve.engine.ExecutorView;
import dev.reeve.engine.WriterView;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.WorkerFacts;
import dev.reeve.service.KeepPools;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.WorkerPools;
import dev.reeve.wire.reeve.v1.ListPoolsRequest;
import dev.reeve.wire.reeve.v1.ListPoolsResponse;
import dev.reeve.wire.reeve.v1.ListTopicsRequest;
import dev.reeve.wire.reeve.v1.ListTopicsResponse;
import dev.reeve.wire.reeve.v1.Pool;
import dev.reeve.wire.reeve.v1.PoolServiceGrpc;
import dev.reeve.wire.reeve.v1.PoolStatus;
import dev.reeve.wire.reeve.v1.SetPoolStatusRequest;
import dev.reeve.wire.reeve.v1.SetPoolStatusResponse;
import dev.reeve.wire.reeve.v1.Topic;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// `reeve.v1.PoolService`. Only what changes a pool blocks.
final class PoolHandlers extends PoolServiceGrpc.PoolServiceImplBase {
  private static final int NAME_LENGTH_MAX = 256;
  private static final String TOPIC_PREFIX = "job.";

  private static final Duration DRAIN_TIME = Duration.ofMinutes(5);
  private static final int REASON_LENGTH_MAX = 512;

  private final WriterLook look;
  private final ReevePorts ports;
  private final InstantSource clock;
  private final Replies replies;

  PoolHandlers(GatewayServices services, ReevePorts ports, Replies replies) {
    look = new WriterLook(services.writer());
    clock = services.clock();
    this.ports = ports;
    this.replies = replies;
  }

  @Override
  public void listPools(ListPoolsRequest request, StreamObserver<ListPoolsResponse> observer) {
    replies.reply(observer, () -> look.at(this::pools), Function.identity());
  }

  @Override
  public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> observer) {
    replies.reply(observer, () -> look.at(this::topics), Function.identity());
  }

  @Override
  public void setPoolStatus(
      SetPoolStatusRequest request, StreamObserver<SetPoolStatusResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          check(request);
          String name = request.getName();
          boolean known =
              ports.pools().get().knows(name)
                  || look.at(view -> connected(view).stream().map(this::poolOf).toList())
                      .join()
                      .contains(name);
          if (!known) {
            throw ServiceProblems.POOL_NOT_FOUND
                .field("name", name, "a pool that `reeve pools` lists")
                .toException();
          }
          Duration time =
              request.hasDrainTimeout()
                  ? Duration.ofSeconds(request.getDrainTimeout().getSeconds())
                  : DRAIN_TIME;
          ports
              .pools()
              .set(scope.caller(), name, status(request.getStatus()), time, request.getReason());
          Pool.Builder now =
              look.at(view -> pool(name, ports.pools().get(), connected(view))).join();
          return SetPoolStatusResponse.newBuilder().setPool(now).build();
        });
  }

  private static void check(SetPoolStatusRequest request) {
    long seconds = request.getDrainTimeout().getSeconds();
    boolean timed = !request.hasDrainTimeout() || isDrainTime(seconds);
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(
            FieldChecks.isLine(request.getName(), NAME_LENGTH_MAX) && !request.getName().isBlank(),
            "name",
            request.getName(),
            "the name of a pool")
        .require(
            request.getStatus() != PoolStatus.POOL_STATUS_UNSPECIFIED
                && request.getStatus() != PoolStatus.UNRECOGNIZED,
            "status",
            request.getStatus().name(),
            "active, draining or inactive")
        .require(timed, "drain_timeout", seconds + " s", "1 second to 7 days")
        .require(
            FieldChecks.isLine(request.getReason(), REASON_LENGTH_MAX),
            "reason",
            request.getReason(),
            "one line of at most 512 characters")
        .throwIfAny();
  }

  private static boolean isDrainTime(long seconds) {
    return seconds >= 1 && seconds <= KeepPools.DRAIN_TIME_MAX.toSeconds();
  }

  private ListPoolsResponse pools(WriterView view) {
    WorkerPools pools = ports.pools().get();
    Set<String> names = new TreeSet<>(pools.pools().keySet());
    pools.topics().values().forEach(names::addAll);
    List<ExecutorView> connected = connected(view);
    connected.forEach(worker -> names.add(poolOf(worker)));
    names.remove("");
    ListPoolsResponse.Builder out = ListPoolsResponse.newBuilder();
    for (String name : names) {
      out.addPools(pool(name, pools, connected));
    }
    return out.build();
  }

  private Pool.Builder pool(String name, WorkerPools pools, List<ExecutorView> connected) {
    WorkerPools.Pool known = pools.pool(name);
    List<ExecutorView> own =
        connected.stream().filter(worker -> poolOf(worker).equals(name)).toList();
    int running = own.stream().mapToInt(ExecutorView::attempts).sum();
    Pool.Builder out = Pool.newBuilder();
    known
        .order()
        .ifPresent(order -> {
          out.setChangedBy(order.by()).setReason(order.reason());
          if (order.status() == WorkerPools.Status.DRAINING) {
            out.setDrainStartedAt(Timestamps.fromMillis(order.at().toEpochMilli()))
                .setDrainTimeout(Durations.fromSeconds(order.drainTime().toSeconds()));
          }
        });
    return out.setName(name)
        .setStatus(status(isDrained(known, running) ? WorkerPools.Status.INACTIVE : known.status()))
        .addAllRequires(known.requires().stream().sorted().toList())
        .setDescription(known.description())
        .addAllTopics(pools.topicsOf(name))
        .setWorkers(own.size())
        .setRunning(running)
        .setCredit(own.stream().mapToInt(ExecutorView::credit).sum());
  }

  /// Whether a drain that somebody asked for is over.
  private boolean isDrained(WorkerPools.Pool pool, int running) {
    return pool.status() == WorkerPools.Status.DRAINING
        && pool.order()
            .filter(order ->
                running == 0 || clock.instant().isAfter(order.at().plus(order.drainTime())))
            .isPresent();
  }

  private ListTopicsResponse topics(WriterView view) {
    WorkerPools pools = ports.pools().get();
    List<ExecutorView> connected = connected(view);
    Set<String> names = new TreeSet<>(pools.topics().keySet());
    connected.forEach(worker -> names.addAll(worker.routes()));
    names.addAll(view.waitingRoutes());
    ListTopicsResponse.Builder out = ListTopicsResponse.newBuilder();
    for (String name : names) {
      if (name.startsWith(TOPIC_PREFIX)) {
        List<ExecutorView> serving =
            connected.stream().filter(worker -> worker.routes().contains(name)).toList();
        out.addTopics(
            Topic.newBuilder()
                .setName(name)
                .addAllPools(pools.topics().getOrDefault(name, List.of()))
                .setWorkers(serving.size())
                .setCredit(serving.stream().mapToInt(ExecutorView::credit).sum())
                .setWaiting(view.queued(name)));
      }
    }
    return out.build();
  }

  private static List<ExecutorView> connected(WriterView view) {
    return new ArrayList<>(view.executors().stream().filter(ExecutorView::connected).toList());
  }

  private String poolOf(ExecutorView worker) {
    return ports.facts(worker.workerId()).map(WorkerFacts::pool).orElse("");
  }

  private static WorkerPools.Status status(PoolStatus status) {
    return switch (status) {
      case POOL_STATUS_DRAINING -> WorkerPools.Status.DRAINING;
      case POOL_STATUS_INACTIVE -> WorkerPools.Status.INACTIVE;
      case POOL_STATUS_ACTIVE, POOL_STATUS_UNSPECIFIED, UNRECOGNIZED -> WorkerPools.Status.ACTIVE;
    };
  }

  private static PoolStatus status(WorkerPools.Status status) {
    return switch (status) {
      case ACTIVE -> PoolStatus.POOL_STATUS_ACTIVE;
      case DRAINING -> PoolStatus.POOL_STATUS_DRAINING;
      case INACTIVE -> PoolStatus.POOL_STATUS_INACTIVE;
    };
  }
}
