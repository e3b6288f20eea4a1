package dev.reeve.gateway.reeve;

import com.google.protobuf.MessageLite;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.Fingerprints;
import dev.reeve.service.ServiceProblems;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// Page tokens: a position, bound to the list it belongs to by a check over the request and the
/// tenant. Opaque to callers, and good for nothing but this list.
final class PageTokens {
  private static final int CHECK_BYTES = 12;
  private static final int TOKEN_BYTES = Long.BYTES + CHECK_BYTES;

  private PageTokens() {}

  /// @param list the request without its page fields
  static String write(String tenant, MessageLite list, long position) {
    byte[] check = check(tenant, list, position);
    ByteBuffer token = ByteBuffer.allocate(TOKEN_BYTES).putLong(position).put(check);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /// @param token from the request; empty for the first page
  /// @param first position of the first page
  static long read(String tenant, MessageLite list, String token, long first) {
    if (token.isEmpty()) {
      return first;
    }
    byte[] bytes = decoded(token);
    if (bytes.length != TOKEN_BYTES) {
      throw refused();
    }
    long position = ByteBuffer.wrap(bytes).getLong();
    byte[] check = Arrays.copyOfRange(bytes, Long.BYTES, TOKEN_BYTES);
    if (!Arrays.equals(check, check(tenant, list, position))) {
      throw refused();
    }
    return position;
  }

  private static byte[] decoded(String token) {
    try {
      return token.length() > 2 * TOKEN_BYTES ? new byte[0] : Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] check(String tenant, MessageLite list, long position) {
    byte[] owner = Bytes.utf8(tenant).unsafeArray();
    byte[] request = Fingerprints.of(list).unsafeArray();
    ByteBuffer all = ByteBuffer.allocate(owner.length + request.length + Long.BYTES);
    all.put(owner).put(request).putLong(position);
    return Arrays.copyOf(Sha256.of(Bytes.wrap(all.array())).unsafeArray(), CHECK_BYTES);
  }

  private static RuntimeException refused() {
    return ServiceProblems.PAGE_TOKEN_INVALID
        .because("page_token: not one of this list (expected: the token of the page before)")
        .withField("page_token", "expected: the token of the page before, same fields")
        .toException();
  }
}
