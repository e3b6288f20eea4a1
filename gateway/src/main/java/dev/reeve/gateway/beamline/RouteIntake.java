package dev.reeve.gateway.beamline;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Takes in routing requests as JSON, in any of the three forms, and checks them in the order of
/// the contract: size and JSON, members, version, ids, payload, tenant, idempotency key. Never
/// throws for what a caller sent. Safe on any thread.
public final class RouteIntake {
  /// Largest request.
  public static final int BYTES_MAX = 1024 * 1024;

  private static final int INLINE_PAYLOAD_BYTES_MIN = 10;
  private static final String VERSION = "1";

  private final Predicate<String> tenants;
  private final boolean strict;
  private final IdempotencyKeys keys;
  private final RouterFigures figures = new RouterFigures();

  /// @param tenants which are served
  /// @param strict whether every form must keep the formats of ids; [RouteForm#ROUTER] always does
  /// @param nanos a clock that only goes on
  public RouteIntake(Predicate<String> tenants, boolean strict, LongSupplier nanos) {
    this.tenants = tenants;
    this.strict = strict;
    keys = new IdempotencyKeys(nanos, figures);
  }

  /// What is counted of requests; who else counts of them does so there.
  public RouterFigures figures() {
    return figures;
  }

  /// Takes in one request, and its idempotency key.
  ///
  /// @param headers of the message that it came in; their case counts
  public RouteCall read(Bytes bytes, Map<String, String> headers) {
    return read(bytes, headers, this::checkKey);
  }

  /// Takes in one request of somebody who is not known yet, and leaves its idempotency key to
  /// [#takeKey].
  ///
  /// @param headers of the message that it came in; their case counts
  RouteCall readWithoutKey(Bytes bytes, Map<String, String> headers) {
    return read(bytes, headers, (_, _) -> {});
  }

  /// Takes the idempotency key of a request whose caller may use it.
  ///
  /// @return why it cannot be taken
  Optional<RouteFailure> takeKey(RouteCall.Accepted accepted) {
    try {
      checkKey(accepted.address().form(), accepted.request());
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(RouteFailures.of(e.problem()));
    }
  }

  /// The ids that a request names in its members, as its headers would: `tenant_id` and `trace_id`.
  /// Those of one that cannot be read are not known.
  public static Map<String, String> ids(Bytes bytes) {
    try {
      return RouteForms.ids(RouteMembers.of("", RouteJson.parse(bytes, BYTES_MAX)));
    } catch (ProblemException e) {
      return Map.of();
    }
  }

  private RouteCall read(
      Bytes bytes, Map<String, String> headers, BiConsumer<RouteForm, RouteRequest> key) {
    RouteHeaders given = RouteHeaders.of(headers);
    RouteCall.Address address = RouteCall.Address.NONE;
    try {
      RouteMembers all = RouteMembers.of("", RouteJson.parse(bytes, BYTES_MAX));
      address = RouteForms.address(all, given);
      return accepted(address, all, given, key);
    } catch (ProblemException e) {
      return new RouteCall.Refused(address, RouteFailures.of(e.problem()));
    }
  }

  private RouteCall accepted(
      RouteCall.Address address,
      RouteMembers all,
      RouteHeaders given,
      BiConsumer<RouteForm, RouteRequest> key) {
    RouteForm form = address.form();
    RouteRequest request = RouteForms.request(form, all, given).build();
    checkVersion(all, given);
    Message message = request.getMessage();
    CorrelationRules.check(
        message, request.getIdempotencyKey(), strict || form == RouteForm.ROUTER);
    checkPayload(form, message);
    checkTenant(message.getTenantId());
    key.accept(form, request);
    return new RouteCall.Accepted(address, request, RouteForms.push(form, all));
  }

  private static void checkVersion(RouteMembers all, RouteHeaders given) {
    String own = all.value("version").map(RouteMembers::asText).orElse(VERSION);
    String version = RouteHeaders.over(given.version(), own);
    if (!version.equals(VERSION)) {
      throw BeamlineProblems.VERSION_UNSUPPORTED
          .field("version", version, VERSION)
          .with("field", "version")
          .toException();
    }
  }

  private static void checkPayload(RouteForm form, Message message) {
    ByteString payload = message.getPayload();
    boolean byReference = message.getMetadataMap().containsKey(RouteForms.PAYLOAD_REF);
    if (form == RouteForm.ROUTER && !byReference && payload.size() < INLINE_PAYLOAD_BYTES_MIN) {
      throw BeamlineProblems.PAYLOAD_TOO_SMALL
          .because(
              "task.payload: "
                  + payload.size()
                  + " bytes (expected: at least "
                  + INLINE_PAYLOAD_BYTES_MIN
                  + ", or payload_ref)")
          .with("field", "task.payload")
          .toException();
    }
  }

  private void checkTenant(String tenant) {
    if (!tenants.test(tenant)) {
      throw GatewayProblems.TENANT_FORBIDDEN
          .field("tenant_id", tenant, "a tenant that is served here")
          .with("field", "tenant_id")
          .toException();
    }
  }

  /// The other forms use one key for many decisions about the same thing. A dry run is told, and
  /// takes nothing.
  private void checkKey(RouteForm form, RouteRequest request) {
    Message message = request.getMessage();
    String key = request.getIdempotencyKey();
    if (form != RouteForm.ROUTER || key.isEmpty()) {
      return;
    }
    Bytes whole = task(message);
    boolean fits =
        request.getDryRun()
            ? keys.fits(message.getTenantId(), key, whole)
            : keys.take(message.getTenantId(), key, whole);
    if (!fits) {
      throw BeamlineProblems.IDEMPOTENCY_VIOLATION
          .field("idempotency_key", key, "the same task as before, or another key")
          .with("field", "idempotency_key")
          .toException();
    }
  }

  /// Stands for a task, whatever its ids.
  static Bytes task(Message message) {
    String reference = message.getMetadataOrDefault(RouteForms.PAYLOAD_REF, "");
    String task = message.getMessageType() + "\n" + reference + "\n";
    return Sha256.of(Bytes.wrap(utf8(task).concat(message.getPayload()).toByteArray()));
  }

  /// Takes in a key that was used before a restart.
  void restore(KeptDecisions.Kept kept, long ageNanos) {
    keys.restore(kept.key(), kept.task(), ageNanos);
  }

  private static ByteString utf8(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
