package dev.reeve.gateway;

import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.Role;
import io.grpc.Attributes;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/// Finds out who calls and for which tenant.
///
/// Without keys there is one caller: the operator of this machine, on loopback, who may select any
/// tenant. With keys, a caller is whom the key names; one that is marked as the operator's may do
/// what the operator may. Other headers only select; they never prove anything.
final class IdentityStation {
  private static final int TRACE_ID_BYTES = 16;
  private static final String NO_TRACE = "0".repeat(2 * TRACE_ID_BYTES);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  /// Set on the transport inside this process, which vouches for the address of its caller.
  static final Attributes.Key<Boolean> LOCAL_TRANSPORT = Attributes.Key.create("reeve-local");

  /// The caller's address as text; believed on [#LOCAL_TRANSPORT] alone.
  static final Metadata.Key<String> PEER_ADDRESS =
      Metadata.Key.of("reeve-peer-address", Metadata.ASCII_STRING_MARSHALLER);

  /// The principal that a message of the bus is from; believed on [#LOCAL_TRANSPORT] alone.
  static final Metadata.Key<String> BUS_PRINCIPAL =
      Metadata.Key.of("reeve-bus-principal", Metadata.ASCII_STRING_MARSHALLER);

  private static final Selector TENANT =
      new Selector("x-tenant-id", "x-eigen-tenant", Ids::isTenant, Ids.TENANT_SHAPE);
  private static final Selector PROJECT =
      new Selector("x-project-id", "x-eigen-project", Ids::isGiven, Ids.GIVEN_SHAPE);
  private static final Metadata.Key<String> TRACEPARENT = key("traceparent");
  private static final Metadata.Key<String> TRACE_ID = key("trace_id");

  /// A caller, or why there is none.
  sealed interface Identified {
    /// @param key the one that was shown; empty for whoever needs none
    record Known(Caller caller, Optional<CallerKey> key) implements Identified {}

    record Refused(Problem problem) implements Identified {}
  }

  private final Credentials credentials;
  private final InstantSource clock;

  IdentityStation(Credentials credentials, InstantSource clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  Identified identify(
      Attributes transport, Peer peer, Metadata headers, ActionRegistry.Entry entry) {
    boolean onBus = isOnBus(transport, headers);
    return switch (onBus ? Credentials.NO_KEY : credentials.look(peer, headers, clock)) {
      case Credentials.Look.Refused refused when refused.keyless() && isPublic(entry) ->
          new Identified.Known(
              anonymous(entry, traceId(headers), peer.address()), Optional.empty());
      case Credentials.Look.Refused refused -> new Identified.Refused(refused.problem());
      case Credentials.Look.Passed passed -> selected(onBus, peer, headers, entry, passed.key());
    };
  }

  /// Whether a key that was shown before would still be taken for the same.
  boolean stillHolds(CallerKey key) {
    return credentials.stillHold(key, clock.instant());
  }

  /// With the tenant and project that headers select.
  private static Identified selected(
      boolean onBus,
      Peer peer,
      Metadata headers,
      ActionRegistry.Entry entry,
      Optional<CallerKey> key) {
    String tenant = text(headers, TENANT.key());
    String otherTenant = text(headers, TENANT.otherKey());
    String project = text(headers, PROJECT.key());
    String otherProject = text(headers, PROJECT.otherKey());
    Optional<Problem> wrong =
        TENANT.wrong(tenant, otherTenant).or(() -> PROJECT.wrong(project, otherProject));
    if (wrong.isPresent()) {
      return new Identified.Refused(wrong.get());
    }
    String selected = tenant.isEmpty() ? otherTenant : tenant;
    String selectedProject = project.isEmpty() ? otherProject : project;
    if (key.isPresent()) {
      return keyed(key.get(), selected, selectedProject, peer, headers, entry);
    }
    String chosen = selected.isEmpty() ? Caller.TENANT_DEFAULT : selected;
    return new Identified.Known(
        onBus
            ? Caller.onBus(chosen, entry.dialect(), traceId(headers))
            : Caller.localOperator(
                    chosen, selectedProject, entry.dialect(), traceId(headers), peer.address())
                .withClientId(text(headers, CallScope.CLIENT_ID)),
        Optional.empty());
  }

  private static Identified keyed(
      CallerKey key,
      String tenant,
      String project,
      Peer peer,
      Metadata headers,
      ActionRegistry.Entry entry) {
    String chosen = tenant.isEmpty() ? key.tenants().getFirst() : tenant;
    if (!key.isOperators() && !key.tenants().contains(chosen)) {
      return new Identified.Refused(
          GatewayProblems.TENANT_FORBIDDEN.field(TENANT.name(), tenant, "one of the key"));
    }
    Caller caller =
        new Caller(
            key.principal(),
            key.role(),
            key.isOperators(),
            chosen,
            project,
            entry.dialect(),
            traceId(headers),
            peer.address(),
            "",
            key.tenants());
    return new Identified.Known(
        caller.withClientId(text(headers, CallScope.CLIENT_ID)), Optional.of(key));
  }

  private static boolean isOnBus(Attributes transport, Metadata headers) {
    return Boolean.TRUE.equals(transport.get(LOCAL_TRANSPORT))
        && headers.containsKey(BUS_PRINCIPAL);
  }

  /// Two headers that select the same thing: ours, and the one of another dialect.
  private record Selector(
      String name,
      String otherName,
      Predicate<String> fits,
      String shape,
      Metadata.Key<String> key,
      Metadata.Key<String> otherKey) {
    private Selector(String name, String otherName, Predicate<String> fits, String shape) {
      this(name, otherName, fits, shape, IdentityStation.key(name), IdentityStation.key(otherName));
    }

    /// What is wrong with their values: each by itself, then both together.
    private Optional<Problem> wrong(String value, String other) {
      return misshapen(name, value)
          .or(() -> misshapen(otherName, other))
          .or(() ->
              value.isEmpty() || other.isEmpty() || value.equals(other)
                  ? Optional.empty()
                  : Optional.of(
                      GatewayProblems.TENANT_INVALID.field(
                          otherName, other, "as in " + name + ", " + value)));
    }

    private Optional<Problem> misshapen(String name, String value) {
      return value.isEmpty() || fits.test(value)
          ? Optional.empty()
          : Optional.of(GatewayProblems.TENANT_INVALID.field(name, value, shape));
    }
  }

  private static boolean isPublic(ActionRegistry.Entry entry) {
    return entry.action().access() == RegisteredAction.Access.PUBLIC;
  }

  private static Caller anonymous(ActionRegistry.Entry entry, String traceId, String address) {
    return new Caller(
        Caller.ANONYMOUS,
        Role.VIEWER,
        false,
        Caller.TENANT_DEFAULT,
        "",
        entry.dialect(),
        traceId,
        address,
        "");
  }

  /// The trace of a W3C `traceparent`, else a bare `trace_id`, else a new one.
  private static String traceId(Metadata headers) {
    String parent = text(headers, TRACEPARENT);
    if (!parent.isEmpty()) {
      String[] parts = parent.split("-", 5);
      if (parts.length >= 4 && !parts[0].equals("ff") && isTraceId(parts[1])) {
        return parts[1];
      }
    }
    String bare = text(headers, TRACE_ID);
    return isTraceId(bare) ? bare : newTraceId();
  }

  private static boolean isTraceId(String text) {
    return text.length() == 2 * TRACE_ID_BYTES && isLowerHex(text) && !text.equals(NO_TRACE);
  }

  /// A trace id is no secret: it need only be new.
  private static String newTraceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] digits = new byte[2 * TRACE_ID_BYTES];
    hex(random.nextLong(), digits, 0);
    hex(random.nextLong() | 1, digits, TRACE_ID_BYTES);
    return new String(digits, StandardCharsets.ISO_8859_1);
  }

  private static void hex(long value, byte[] digits, int at) {
    for (int i = 0; i < TRACE_ID_BYTES; i++) {
      digits[at + i] = HEX[(int) (value >>> (4 * i)) & 15];
    }
  }

  private static boolean isLowerHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /// A key is costly to make.
  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static String text(Metadata headers, Metadata.Key<String> key) {
    String value = headers.get(key);
    return value == null ? "" : value;
  }
}
