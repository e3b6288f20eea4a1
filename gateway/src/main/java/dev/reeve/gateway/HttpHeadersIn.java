package dev.reeve.gateway;

import com.linecorp.armeria.common.RequestHeaders;
import io.grpc.Metadata;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Turns HTTP request headers into what a governed call takes: metadata and a time limit.
///
/// What belongs to HTTP itself stays behind, and so does every `grpc-` header and every `-bin` one;
/// the address of the caller is added by us.
public final class HttpHeadersIn {
  private static final Set<String> OF_HTTP =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "last-event-id",
          "origin",
          "proxy-connection",
          "reeve-bus-principal",
          "reeve-peer-address",
          "referer",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  private HttpHeadersIn() {}

  /// The metadata of a call.
  public static Metadata metadata(RequestHeaders headers, String peerAddress) {
    Metadata metadata = new Metadata();
    for (Map.Entry<AsciiString, String> header : headers) {
      String name = header.getKey().toString();
      if (isForwarded(name) && isPrintableAscii(header.getValue())) {
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), header.getValue());
      }
    }
    metadata.put(IdentityStation.PEER_ADDRESS, peerAddress);
    return metadata;
  }

  /// The header `grpc-timeout`: at most eight digits and a unit of `H M S m u n`.
  ///
  /// @return nanoseconds; `Long.MAX_VALUE` when there is no header
  public static long timeoutNanos(RequestHeaders headers) {
    String value = headers.get("grpc-timeout", "");
    if (value.isEmpty()) {
      return Long.MAX_VALUE;
    }
    String digits = value.substring(0, value.length() - 1);
    boolean wellFormed =
        !digits.isEmpty()
            && digits.length() <= 8
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!wellFormed) {
      throw badTimeout(value);
    }
    TimeUnit unit =
        switch (value.charAt(value.length() - 1)) {
          case 'H' -> TimeUnit.HOURS;
          case 'M' -> TimeUnit.MINUTES;
          case 'S' -> TimeUnit.SECONDS;
          case 'm' -> TimeUnit.MILLISECONDS;
          case 'u' -> TimeUnit.MICROSECONDS;
          case 'n' -> TimeUnit.NANOSECONDS;
          default -> throw badTimeout(value);
        };
    return unit.toNanos(Long.parseLong(digits));
  }

  private static RuntimeException badTimeout(String value) {
    return GatewayProblems.HEADER_INVALID
        .field("grpc-timeout", value, "at most 8 digits and one of H M S m u n, such as 10S")
        .toException();
  }

  private static boolean isForwarded(String name) {
    return !OF_HTTP.contains(name)
        && !name.startsWith(":")
        && !name.startsWith("grpc-")
        && !name.endsWith("-bin")
        && name.chars().allMatch(HttpHeadersIn::isKeyCharacter);
  }

  private static boolean isKeyCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  }

  private static boolean isPrintableAscii(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
