package dev.reeve.gateway.reeve;

import dev.reeve.engine.port.BlobStore;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Topics;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Progress;
import dev.reeve.job.RetryPolicy;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.Times;
import dev.reeve.wire.reeve.v1.DispatchComplete;
import dev.reeve.wire.reeve.v1.DispatchFail;
import dev.reeve.wire.reeve.v1.DispatchProgress;
import dev.reeve.wire.reeve.v1.WorkerHeartbeat;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks what workers send. Whatever is out of bounds ends the connection with `WORKER_PROTOCOL`.
final class WorkerDecoder {
  static final int PARALLEL_MAX = 10_000;
  private static final int TOPICS_MAX = 256;
  private static final int SHOWN_LENGTH_MAX = 128;
  private static final int MESSAGE_LENGTH_MAX = 1024;

  private WorkerDecoder() {}

  static List<DispatchId> registration(WorkerRegistration message) {
    FieldChecks fields = fields();
    int topics = message.getTopicsCount();
    fields
        .givenId("register.worker_id", message.getWorkerId())
        .require(
            topics >= 1 && topics <= TOPICS_MAX,
            "register.topics",
            topics + " topics",
            "1 to " + TOPICS_MAX);
    for (int i = 0; i < Math.min(topics, TOPICS_MAX); i++) {
      String topic = message.getTopics(i);
      fields.require(Topics.isTopic(topic), "register.topics[" + i + "]", topic, Topics.SHAPE);
    }
    int parallel = message.getMaxParallel();
    fields
        .require(
            parallel >= 1 && parallel <= PARALLEL_MAX,
            "register.max_parallel",
            parallel,
            "1 to " + PARALLEL_MAX)
        .map(
            "register.labels",
            message.getLabelsMap(),
            SubmitDecoder.ENTRIES_MAX,
            SubmitDecoder.KEY_LENGTH_MAX,
            SubmitDecoder.VALUE_LENGTH_MAX)
        .lines(
            "register.capabilities",
            message.getCapabilitiesList(),
            SubmitDecoder.ENTRIES_MAX,
            SubmitDecoder.KEY_LENGTH_MAX)
        .line("register.name", message.getName(), SHOWN_LENGTH_MAX)
        .line("register.version", message.getVersion(), SHOWN_LENGTH_MAX);
    List<DispatchId> resumed =
        dispatches(fields, "register.resume_dispatch_ids", message.getResumeDispatchIdsList());
    fields.throwIfAny();
    return resumed;
  }

  static int credit(int add) {
    fields()
        .require(add >= 1 && add <= PARALLEL_MAX, "credit.add", add, "1 to " + PARALLEL_MAX)
        .throwIfAny();
    return add;
  }

  static List<DispatchId> heartbeat(WorkerHeartbeat message) {
    FieldChecks fields = fields();
    List<DispatchId> open =
        dispatches(fields, "heartbeat.dispatch_ids", message.getDispatchIdsList());
    fields.throwIfAny();
    return open;
  }

  static DispatchId dispatch(String path, String id) {
    Optional<DispatchId> dispatch = DispatchId.parse(id);
    return dispatch.orElseThrow(() ->
        ServiceProblems.WORKER_PROTOCOL
            .field(path, id, "the dispatch_id of an assignment")
            .toException());
  }

  static Progress progress(DispatchProgress message) {
    double fraction = message.getFraction();
    fields()
        .require(fraction >= 0 && fraction <= 1, "progress.fraction", fraction, "0 to 1")
        .text("progress.stage", message.getStage(), MESSAGE_LENGTH_MAX)
        .text("progress.message", message.getMessage(), MESSAGE_LENGTH_MAX)
        .throwIfAny();
    return new Progress(
        message.getStage(), (int) Math.round(fraction * Progress.WHOLE), message.getMessage());
  }

  static void complete(DispatchComplete message) {
    fields()
        .require(
            message.getResult().size() <= BlobStore.SIZE_MAX,
            "complete.result",
            message.getResult().size() + " bytes",
            "at most 64 MiB")
        .throwIfAny();
  }

  /// @return wait that the worker asks for, in microseconds; 0 for the job's own
  static long fail(DispatchFail message) {
    boolean held =
        ProtoTimes.isLength(message.getRetryAfter())
            && Times.micros(ProtoTimes.length(message.getRetryAfter()))
                <= RetryPolicy.DELAY_MAX_MICROS;
    fields()
        .text("fail.message", message.getMessage(), MESSAGE_LENGTH_MAX)
        .require(
            held, "fail.retry_after", message.getRetryAfter().getSeconds() + " s", "0 to one day")
        .throwIfAny();
    return Times.micros(ProtoTimes.length(message.getRetryAfter()));
  }

  private static List<DispatchId> dispatches(FieldChecks fields, String path, List<String> ids) {
    fields.require(ids.size() <= PARALLEL_MAX, path, ids.size() + " ids", "at most 10000");
    List<DispatchId> dispatches = new ArrayList<>();
    int i = 0;
    for (String id : ids.subList(0, Math.min(ids.size(), PARALLEL_MAX))) {
      Optional<DispatchId> dispatch = DispatchId.parse(id);
      dispatch.ifPresent(dispatches::add);
      fields.require(
          dispatch.isPresent(), path + "[" + i++ + "]", id, "the dispatch_id of an assignment");
    }
    return dispatches;
  }

  private static FieldChecks fields() {
    return new FieldChecks(ServiceProblems.WORKER_PROTOCOL);
  }
}
