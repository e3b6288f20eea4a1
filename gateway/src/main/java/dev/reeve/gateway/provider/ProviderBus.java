package dev.reeve.gateway.provider;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.ProviderStatuses;
import dev.reeve.gateway.beamline.BeamlineProblems;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.Subjects;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.wire.beamline.provider.v1.ProviderGrpc;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import dev.reeve.wire.beamline.provider.v1.ProviderResponse;
import dev.reeve.wire.beamline.provider.v1.StreamChunk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The providers on the bus: `beamline.provider.v1.invoke`, its `.stream`, and a subject for each.
/// Each message becomes a call that passes the same chain as the calls of every port. What is asked
/// without an inbox is not done: nobody would hear of it. Handlers never wait.
public final class ProviderBus implements AutoCloseable {
  /// Asks any provider.
  public static final String INVOKE = "beamline.provider.v1.invoke";

  /// What is added to a subject for a stream.
  public static final String STREAM = ".stream";

  private static final Logger log = LoggerFactory.getLogger(ProviderBus.class);
  private static final String GROUP = "provider-group";
  private static final int IN_FLIGHT_MAX = 1_024;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

  private final Bus bus;
  private final BusCalls calls;
  private final InstantSource clock;
  private final Semaphore free = new Semaphore(IN_FLIGHT_MAX);
  private final List<BusSubscription> subscriptions = new ArrayList<>();

  private ProviderBus(Bus bus, BusCalls calls, InstantSource clock) {
    this.bus = bus;
    this.calls = calls;
    this.clock = clock;
  }

  /// Listens from now on.
  ///
  /// @param providers names of those that have a subject of their own
  /// @param others subjects at which we ask others, and so do not answer
  public static ProviderBus start(
      Bus bus, BusCalls calls, List<String> providers, Set<String> others, InstantSource clock) {
    ProviderBus all = new ProviderBus(bus, calls, clock);
    if (!others.contains(INVOKE)) {
      all.listen(INVOKE, all::invoke);
      all.listen(INVOKE + STREAM, all::stream);
    }
    for (String provider : providers) {
      String subject = DirectJson.subject(provider);
      if (Subjects.isSubject(subject) && !others.contains(subject)) {
        all.listen(subject, message -> all.invokeDirectly(message, provider));
      }
    }
    return all;
  }

  private void listen(String subject, Consumer<BusMessage> handler) {
    subscriptions.add(
        bus.subscribe(
            SubscriptionSpec.shared(subject, GROUP),
            message -> {
              if (message.wantsReply()) {
                handler.accept(message);
              }
            }));
  }

  private void invoke(BusMessage message) {
    ask(message, ProviderJson::request, ProviderJson::text);
  }

  private void invokeDirectly(BusMessage message, String provider) {
    ask(
        message,
        bytes -> DirectJson.request(bytes, provider),
        response -> DirectJson.text(response, provider));
  }

  private void ask(
      BusMessage message,
      Function<Bytes, ProviderRequest> read,
      Function<ProviderResponse, String> write) {
    ProviderRequest request;
    try {
      request = named(read.apply(message.bytes()), message);
      enter();
    } catch (ProblemException e) {
      answer(message, write.apply(refused("", e.problem())));
      return;
    }
    calls.call(
        ProviderGrpc.getInvokeMethod(),
        request,
        sender(request),
        timeout(request),
        new BusCalls.Outcome<>() {
          @Override
          public void done(ProviderResponse response) {
            free.release();
            if (!answer(message, write.apply(response))) {
              answer(message, write.apply(refused(request.getMessageId(), tooLarge())));
            }
          }

          @Override
          public void failed(com.google.rpc.Status status) {
            free.release();
            answer(message, write.apply(failed(request.getMessageId(), status)));
          }

          private ProviderResponse failed(String id, com.google.rpc.Status status) {
            return ProviderResponse.newBuilder()
                .setRequestId(id)
                .setStatus(statusOf(status))
                .setErrorCode(ProviderStatuses.info(status).getReason())
                .setErrorMessage(status.getMessage())
                .putAllMetadata(errorClass(status))
                .setTimestampMs(clock.millis())
                .build();
          }
        });
  }

  private void stream(BusMessage message) {
    ProviderRequest request;
    try {
      request = named(ProviderJson.request(message.bytes()), message);
      enter();
    } catch (ProblemException e) {
      answer(message, ProviderJson.text(last("", "error", e.problem().reason(), Map.of())));
      return;
    }
    calls.stream(
        ProviderGrpc.getInvokeStreamMethod(),
        request,
        sender(request),
        TIMEOUT_MAX,
        new BusCalls.StreamOutcome<>() {
          private boolean broken;

          @Override
          public boolean next(StreamChunk chunk) {
            broken = !answer(message, ProviderJson.text(chunk));
            return !broken;
          }

          @Override
          public void done() {
            free.release();
          }

          @Override
          public void failed(com.google.rpc.Status status) {
            free.release();
            answer(
                message,
                ProviderJson.text(
                    broken
                        ? last(request.getMessageId(), "error", tooLarge().reason(), Map.of())
                        : last(
                            request.getMessageId(),
                            statusOf(status),
                            ProviderStatuses.info(status).getReason(),
                            errorClass(status))));
          }
        });
  }

  private void enter() {
    if (!free.tryAcquire()) {
      throw BusProblems.BUS_BUSY
          .because("providers: " + IN_FLIGHT_MAX + " calls are under way (expected: fewer)")
          .toException();
    }
  }

  /// What headers say holds against the message. Nobody is known by the bus alone, so one of the
  /// two names the tenant.
  private static ProviderRequest named(ProviderRequest request, BusMessage message) {
    String tenant = message.headers().getOrDefault("tenant_id", request.getTenantId());
    String trace = message.headers().getOrDefault("trace_id", "");
    if (tenant.isEmpty()) {
      throw BeamlineProblems.MISSING_TENANT_ID
          .because("tenant_id: missing (expected: a tenant)")
          .withField("tenant_id", "expected: a tenant")
          .toException();
    }
    return request.toBuilder()
        .setTenantId(tenant)
        .setTraceId(trace.isEmpty() ? request.getTraceId() : trace)
        .build();
  }

  private static BusCalls.Sender sender(ProviderRequest request) {
    return new BusCalls.Sender(request.getTenantId(), request.getTraceId());
  }

  private static Duration timeout(ProviderRequest request) {
    String text = request.getMetadataOrDefault("timeout_ms", "");
    if (!text.matches("[1-9]\\d{0,8}")) {
      return TIMEOUT;
    }
    Duration asked = Duration.ofMillis(Long.parseLong(text));
    return asked.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : asked;
  }

  private ProviderResponse refused(String id, Problem problem) {
    return ProviderResponse.newBuilder()
        .setRequestId(id)
        .setStatus("error")
        .setErrorCode(problem.reason())
        .setErrorMessage(problem.message())
        .setTimestampMs(clock.millis())
        .build();
  }

  private Problem tooLarge() {
    return BusProblems.BUS_MESSAGE_TOO_LARGE.because(
        "answer: too large (expected: at most " + bus.messageSizeMax() + " bytes)");
  }

  private static StreamChunk last(
      String id, String status, String code, Map<String, String> metadata) {
    return StreamChunk.newBuilder()
        .setRequestId(id)
        .setDone(true)
        .putAllMetadata(metadata)
        .putMetadata("status", status)
        .putMetadata("error_code", code)
        .build();
  }

  private static String statusOf(com.google.rpc.Status status) {
    return ProviderStatuses.errorClass(status) == ProviderErrorClass.TIMEOUT ? "timeout" : "error";
  }

  private static Map<String, String> errorClass(com.google.rpc.Status status) {
    return Map.of("error_class", ProviderStatuses.errorClass(status).status());
  }

  /// @return whether it went out
  private boolean answer(BusMessage message, String text) {
    Bytes bytes = Bytes.utf8(text);
    if (bytes.size() > bus.messageSizeMax()) {
      return false;
    }
    try {
      bus.publish(message.reply(bytes));
      return true;
    } catch (ProblemException e) {
      log.warn("an answer could not be sent reason={}", e.problem().reason());
      return false;
    }
  }

  /// Listens no more; calls under way are answered. Idempotent.
  @Override
  public void close() {
    subscriptions.forEach(BusSubscription::close);
  }
}
