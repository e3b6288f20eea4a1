package dev.reeve.gateway.beamline;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.routing.ExtensionCall;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.ExtensionReply;
import dev.reeve.routing.ExtensionReply.Failure;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls extensions over the bus, at `beamline.ext.{pre|validate|post}.{id}.v1`. A timeout is tried
/// again after a wait that doubles; nobody listening is not. Blocks; safe on any thread.
public final class BusExtensions implements ExtensionCaller {
  private static final String SUBJECT = "beamline.ext.";
  private static final int TIMEOUT_MS = 5_000;
  private static final int TIMEOUT_MS_MAX = 300_000;
  private static final int RETRIES_MAX = 10;
  private static final int BACKOFF_MS = 100;
  private static final int PAYLOAD_BYTES_MAX = 1024 * 1024;

  private final Bus bus;
  private final ExtensionStatistics statistics;

  /// Extensions that answer on this bus; each call is counted.
  public BusExtensions(Bus bus, ExtensionStatistics statistics) {
    this.bus = bus;
    this.statistics = statistics;
  }

  @Override
  public ExtensionReply call(ExtensionCall call) {
    String payload = RouteJson.text(call.payload());
    String metadata = RouteJson.text(call.metadata());
    if (payload.length() > PAYLOAD_BYTES_MAX
        || metadata.length() > ExtensionReplies.METADATA_BYTES_MAX) {
      return failed(
          call,
          Failure.ERROR,
          "payload or metadata too large (expected: at most 1 MiB and 64 KiB)");
    }
    BusMessage request =
        BusMessage.of(
            SUBJECT + call.type().subjectPart() + "." + call.id() + ".v1",
            Bytes.utf8(request(call, payload, metadata)));
    long endNanos =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(Math.min(call.remainingMs(), Integer.MAX_VALUE));
    int retries = Math.clamp(call.retry().orElse(0), 0, RETRIES_MAX);
    ExtensionReply reply = once(call, request, endNanos);
    for (int attempt = 1; attempt <= retries && isTimeout(reply); attempt++) {
      long waitMs = (long) BACKOFF_MS << (attempt - 1);
      if (remainingMs(endNanos) <= waitMs || !waited(waitMs)) {
        return reply;
      }
      reply = once(call, request, endNanos);
    }
    return reply;
  }

  private static String request(ExtensionCall call, String payload, String metadata) {
    Map<String, Object> ids = new LinkedHashMap<>();
    ids.put("trace_id", call.traceId());
    ids.put("tenant_id", call.tenantId());
    String head = RouteJson.text(ids);
    return head.substring(0, head.length() - 1)
        + ",\"payload\":"
        + payload
        + ",\"metadata\":"
        + metadata
        + ",\"config\":"
        + RouteJson.text(call.config())
        + "}";
  }

  private ExtensionReply once(ExtensionCall call, BusMessage request, long endNanos) {
    long timeoutMs =
        Math.min(
            remainingMs(endNanos),
            Math.clamp(call.timeoutMs().orElse(TIMEOUT_MS), 1, TIMEOUT_MS_MAX));
    long began = System.nanoTime();
    ExtensionReply reply = ask(call, request, Math.max(1, timeoutMs));
    statistics.add(call.id(), reply instanceof ExtensionReply.Answered, System.nanoTime() - began);
    return reply;
  }

  private ExtensionReply ask(ExtensionCall call, BusMessage request, long timeoutMs) {
    try {
      BusMessage answer =
          bus.request(request, Duration.ofMillis(timeoutMs))
              .get(timeoutMs + TIMEOUT_MS, TimeUnit.MILLISECONDS);
      return ExtensionReplies.read(call.type(), call.id(), answer.bytes());
    } catch (ExecutionException e) {
      return e.getCause() instanceof ProblemException refused
          ? failed(call, failure(refused.problem()), refused.problem().message())
          : failed(call, Failure.ERROR, "the call failed");
    } catch (ProblemException e) {
      return failed(call, failure(e.problem()), e.problem().message());
    } catch (TimeoutException e) {
      return failed(call, Failure.TIMEOUT, "no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(call, Failure.UNAVAILABLE, "the server stops");
    }
  }

  private static Failure failure(Problem problem) {
    if (problem.code().equals(BusProblems.BUS_REQUEST_TIMEOUT)) {
      return Failure.TIMEOUT;
    }
    return problem.code().equals(BusProblems.BUS_SUBJECT_INVALID)
        ? Failure.NOT_FOUND
        : Failure.UNAVAILABLE;
  }

  private static boolean isTimeout(ExtensionReply reply) {
    return reply instanceof ExtensionReply.Failed failed && failed.failure() == Failure.TIMEOUT;
  }

  private static long remainingMs(long endNanos) {
    return TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
  }

  private static boolean waited(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ExtensionReply failed(ExtensionCall call, Failure failure, String why) {
    return new ExtensionReply.Failed(failure, "extension " + call.id() + ": " + why);
  }
}
