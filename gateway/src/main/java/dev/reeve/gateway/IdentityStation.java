package dev.reeve.gateway;

import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.service.Caller;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Finds out who calls and for which tenant.
///
/// Without credentials there is one caller: the operator of this machine, on loopback, who may
/// select any tenant. Headers only select; they never prove anything.
final class IdentityStation {
  private static final int PROJECT_LENGTH_MAX = 128;
  private static final int TRACE_ID_BYTES = 16;
  private static final HexFormat HEX = HexFormat.of();

  private final SecureRandom random = new SecureRandom();

  /// A caller, or why there is none.
  sealed interface Identified {
    record Known(Caller caller) implements Identified {}

    record Refused(Problem problem) implements Identified {}
  }

  Identified identify(Attributes transport, Metadata headers, String dialect) {
    String address = address(transport);
    if (!isLoopback(transport)) {
      return new Identified.Refused(
          GatewayProblems.CREDENTIAL_REQUIRED.because(
              "no credential (expected: one, because the caller is not on this machine)"));
    }
    String tenant = first(headers, "x-tenant-id", "x-eigen-tenant");
    if (!tenant.isEmpty() && !Ids.isGiven(tenant)) {
      return new Identified.Refused(
          GatewayProblems.TENANT_INVALID.field("x-tenant-id", tenant, Ids.GIVEN_SHAPE));
    }
    String project = first(headers, "x-project-id", "x-eigen-project");
    if (project.length() > PROJECT_LENGTH_MAX || (!project.isEmpty() && !Ids.isGiven(project))) {
      return new Identified.Refused(
          GatewayProblems.TENANT_INVALID.field("x-project-id", project, Ids.GIVEN_SHAPE));
    }
    return new Identified.Known(
        Caller.localOperator(
            tenant.isEmpty() ? Caller.TENANT_DEFAULT : tenant,
            project,
            dialect,
            traceId(first(headers, "traceparent", "trace_id")),
            address));
  }

  /// The trace of a W3C `traceparent`, or a new one.
  private String traceId(String traceparent) {
    String[] parts = traceparent.split("-", 5);
    boolean wellFormed =
        parts.length >= 4 && parts[1].length() == 2 * TRACE_ID_BYTES && isLowerHex(parts[1]);
    if (wellFormed) {
      return parts[1];
    }
    byte[] bytes = new byte[TRACE_ID_BYTES];
    random.nextBytes(bytes);
    return HEX.formatHex(bytes);
  }

  private static boolean isLowerHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static String first(Metadata headers, String... names) {
    for (String name : names) {
      String value = headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static boolean isLoopback(Attributes transport) {
    InetAddress address = inet(transport);
    return address == null
        ? Boolean.TRUE.equals(transport.get(LOCAL_TRANSPORT))
        : address.isLoopbackAddress();
  }

  /// Set on transports inside this process, which vouch for their caller themselves.
  static final Attributes.Key<Boolean> LOCAL_TRANSPORT = Attributes.Key.create("reeve-local");

  private static String address(Attributes transport) {
    InetAddress address = inet(transport);
    return address == null ? "local" : address.getHostAddress();
  }

  private static @Nullable InetAddress inet(Attributes transport) {
    SocketAddress remote = transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return remote instanceof InetSocketAddress socket ? socket.getAddress() : null;
  }
}
