package dev.reeve.gateway;

import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.Role;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds out who calls and for which tenant.
///
/// Without credentials there is one caller: the operator of this machine, on loopback, who may
/// select any tenant. Headers only select; they never prove anything.
final class IdentityStation {
  private static final int TRACE_ID_BYTES = 16;
  private static final String NO_TRACE = "0".repeat(2 * TRACE_ID_BYTES);
  private static final HexFormat HEX = HexFormat.of();

  /// Set on the transport inside this process, which vouches for the address of its caller.
  static final Attributes.Key<Boolean> LOCAL_TRANSPORT = Attributes.Key.create("reeve-local");

  /// The caller's address as text; believed on [#LOCAL_TRANSPORT] alone.
  static final Metadata.Key<String> PEER_ADDRESS =
      Metadata.Key.of("reeve-peer-address", Metadata.ASCII_STRING_MARSHALLER);

  /// The headers that select; a key is costly to make.
  private static final Map<String, Metadata.Key<String>> KEYS =
      Stream.of(
              "x-tenant-id",
              "x-eigen-tenant",
              "x-project-id",
              "x-eigen-project",
              "traceparent",
              "trace_id")
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(),
                  name -> Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));

  /// A caller, or why there is none.
  sealed interface Identified {
    record Known(Caller caller) implements Identified {}

    record Refused(Problem problem) implements Identified {}
  }

  Identified identify(Attributes transport, Metadata headers, ActionRegistry.Entry entry) {
    String address = address(transport, headers);
    if (!isLoopback(transport, headers)) {
      return isPublic(entry)
          ? new Identified.Known(anonymous(entry, traceId(headers), address))
          : new Identified.Refused(
              GatewayProblems.CREDENTIAL_REQUIRED.because(
                  "no credential (expected: one, because the caller is not on this machine)"));
    }
    Optional<Problem> wrong =
        wrongSelection(headers, "x-tenant-id", "x-eigen-tenant")
            .or(() -> wrongSelection(headers, "x-project-id", "x-eigen-project"));
    if (wrong.isPresent()) {
      return new Identified.Refused(wrong.get());
    }
    String tenant = first(headers, "x-tenant-id", "x-eigen-tenant");
    String project = first(headers, "x-project-id", "x-eigen-project");
    return new Identified.Known(
        Caller.localOperator(
            tenant.isEmpty() ? Caller.TENANT_DEFAULT : tenant,
            project,
            entry.dialect(),
            traceId(headers),
            address));
  }

  /// What is wrong with headers that select the same thing: each by itself, then all together.
  private static Optional<Problem> wrongSelection(Metadata headers, String... names) {
    String known = first(headers, names);
    for (String name : names) {
      String value = first(headers, name);
      if (!value.isEmpty() && !Ids.isGiven(value)) {
        return Optional.of(GatewayProblems.TENANT_INVALID.field(name, value, Ids.GIVEN_SHAPE));
      }
      if (!value.isEmpty() && !value.equals(known)) {
        return Optional.of(
            GatewayProblems.TENANT_INVALID.field(name, value, "as in " + names[0] + ", " + known));
      }
    }
    return Optional.empty();
  }

  private static boolean isPublic(ActionRegistry.Entry entry) {
    return entry.action().access() == RegisteredAction.Access.PUBLIC;
  }

  private static Caller anonymous(ActionRegistry.Entry entry, String traceId, String address) {
    return new Caller(
        "anonymous",
        Role.VIEWER,
        false,
        Caller.TENANT_DEFAULT,
        "",
        entry.dialect(),
        traceId,
        address);
  }

  /// The trace of a W3C `traceparent`, else a bare `trace_id`, else a new one.
  private static String traceId(Metadata headers) {
    String[] parts = first(headers, "traceparent").split("-", 5);
    if (parts.length >= 4 && !parts[0].equals("ff") && isTraceId(parts[1])) {
      return parts[1];
    }
    String bare = first(headers, "trace_id");
    return isTraceId(bare) ? bare : newTraceId();
  }

  private static boolean isTraceId(String text) {
    return text.length() == 2 * TRACE_ID_BYTES && isLowerHex(text) && !text.equals(NO_TRACE);
  }

  /// A trace id is no secret: it need only be new.
  private static String newTraceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1);
  }

  private static boolean isLowerHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static String first(Metadata headers, String... names) {
    for (String name : names) {
      String value = headers.get(Objects.requireNonNull(KEYS.get(name), name));
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /// Whether the caller sits at this machine.
  private static boolean isLoopback(Attributes transport, Metadata headers) {
    InetAddress address = peer(transport, headers);
    return address != null && address.isLoopbackAddress();
  }

  static String address(Attributes transport, Metadata headers) {
    InetAddress address = peer(transport, headers);
    return address == null ? "unknown" : address.getHostAddress();
  }

  /// The socket's other end; on our own transport the address that it vouches for.
  private static @Nullable InetAddress peer(Attributes transport, Metadata headers) {
    String vouched = headers.get(PEER_ADDRESS);
    return Boolean.TRUE.equals(transport.get(LOCAL_TRANSPORT)) && vouched != null
        ? InetAddress.ofLiteral(vouched)
        : inet(transport);
  }

  private static @Nullable InetAddress inet(Attributes transport) {
    SocketAddress remote = transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return remote instanceof InetSocketAddress socket ? socket.getAddress() : null;
  }
}
