package dev.reeve.gateway.reeve;

import dev.reeve.engine.ExecutorView;
import dev.reeve.engine.WriterView;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.WorkerFacts;
import dev.reeve.service.WorkerPools;
import dev.reeve.wire.reeve.v1.ListPoolsRequest;
import dev.reeve.wire.reeve.v1.ListPoolsResponse;
import dev.reeve.wire.reeve.v1.ListTopicsRequest;
import dev.reeve.wire.reeve.v1.ListTopicsResponse;
import dev.reeve.wire.reeve.v1.Pool;
import dev.reeve.wire.reeve.v1.PoolServiceGrpc;
import dev.reeve.wire.reeve.v1.PoolStatus;
import dev.reeve.wire.reeve.v1.Topic;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// `reeve.v1.PoolService`. Never blocks.
final class PoolHandlers extends PoolServiceGrpc.PoolServiceImplBase {
  private static final String TOPIC_PREFIX = "job.";

  private final WriterLook look;
  private final ReevePorts ports;
  private final Replies replies;

  PoolHandlers(GatewayServices services, ReevePorts ports, Replies replies) {
    look = new WriterLook(services.writer());
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
    return Pool.newBuilder()
        .setName(name)
        .setStatus(status(known.status()))
        .addAllRequires(known.requires().stream().sorted().toList())
        .setDescription(known.description())
        .addAllTopics(pools.topicsOf(name))
        .setWorkers(own.size())
        .setRunning(own.stream().mapToInt(ExecutorView::attempts).sum())
        .setCredit(own.stream().mapToInt(ExecutorView::credit).sum());
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

  private static PoolStatus status(WorkerPools.Status status) {
    return switch (status) {
      case ACTIVE -> PoolStatus.POOL_STATUS_ACTIVE;
      case DRAINING -> PoolStatus.POOL_STATUS_DRAINING;
      case INACTIVE -> PoolStatus.POOL_STATUS_INACTIVE;
    };
  }
}
