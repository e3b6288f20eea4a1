package dev.reeve.providers;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests to services of AWS: Signature Version 4, in the header `authorization`, of
/// requests without a query. Safe on any thread.
final class AwsSignature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String END = "aws4_request";
  private static final String MAC = "HmacSHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = 8;

  private final String region;
  private final String service;

  /// @param service as signatures name it, such as `bedrock`
  AwsSignature(String region, String service) {
    this.region = region;
    this.service = service;
  }

  /// The headers that a request needs besides those that it has.
  ///
  /// @param path as it is sent
  /// @param sent headers that are signed, by name in lower case; `host` among them
  Map<String, String> headers(
      AwsCredentials credentials,
      String method,
      String path,
      Map<String, String> sent,
      Bytes body,
      Instant now) {
    String time = TIME.format(now);
    Map<String, String> added = new LinkedHashMap<>();
    added.put("x-amz-date", time);
    if (!credentials.sessionToken().isEmpty()) {
      added.put("x-amz-security-token", credentials.sessionToken());
    }
    Map<String, String> signed = new TreeMap<>(sent);
    signed.putAll(added);
    String names = String.join(";", signed.keySet());
    String scope = String.join("/", time.substring(0, DATE_LENGTH), region, service, END);
    String request = canonical(method, path, signed, names, body);
    String toSign = String.join("\n", ALGORITHM, time, scope, Sha256.of(Bytes.utf8(request)).hex());
    added.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                ALGORITHM,
                credentials.accessKeyId(),
                scope,
                names,
                HexFormat.of()
                    .formatHex(mac(key(credentials, time.substring(0, DATE_LENGTH)), toSign))));
    return added;
  }

  private static String canonical(
      String method, String path, Map<String, String> signed, String names, Bytes body) {
    StringBuilder out = new StringBuilder(512).append(method).append('\n');
    encode(path, out);
    out.append("\n\n");
    signed.forEach((name, value) -> out.append(name).append(':').append(value).append('\n'));
    return out.append('\n').append(names).append('\n').append(Sha256.of(body).hex()).toString();
  }

  /// What a path has encoded already is encoded once more.
  private static void encode(String path, StringBuilder out) {
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/".indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
      }
    }
  }

  private byte[] key(AwsCredentials credentials, String date) {
    byte[] key = ("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {date, region, service, END}) {
      key = mac(key, part);
    }
    return key;
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
