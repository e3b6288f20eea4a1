package dev.reeve.governance.cdi;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and recognises capability tokens, by a key that lives as long as the process. Tokens of
/// one mint are numbered in the second half of their ids. Thread-safe, without locks.
public final class TokenMint {
  /// How long a token may be spent.
  public static final Duration TTL = Duration.ofSeconds(60);

  private static final int KEY_BYTES = 32;
  private static final int HALF_DIGITS = 16;
  private static final String ALGORITHM = "HmacSHA256";

  /// Ready to sign; never used itself, only copied: to copy costs less than to begin anew.
  private final Mac prototype;

  private final String bootKeyId;
  private final String series;
  private final AtomicLong issued = new AtomicLong();

  /// @param random draws the key, so a secure one
  public TokenMint(RandomGenerator random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    bootKeyId = Sha256.of(key).hex().substring(0, HALF_DIGITS);
    series = HexFormat.of().toHexDigits(random.nextLong());
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(key, ALGORITHM));
      prototype.update(new byte[0]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
    }
  }

  /// First 16 hex digits of the hash of the key.
  public String bootKeyId() {
    return bootKeyId;
  }

  /// A signed token for one action of one actor in one call.
  public CapabilityToken mint(
      String actionId, String actor, CapabilityToken.Context context, long nowMicros) {
    CapabilityToken token = hold(actionId, actor, context, nowMicros);
    return token.signed(sign(token));
  }

  /// A token that is spent where it was made and never leaves the process, so it is not signed: to
  /// sign it and to look at the signature would cost more than all else.
  public CapabilityToken hold(
      String actionId, String actor, CapabilityToken.Context context, long nowMicros) {
    return new CapabilityToken(
        series + HexFormat.of().toHexDigits(issued.incrementAndGet()),
        actionId,
        actor,
        context,
        nowMicros,
        nowMicros + TTL.toNanos() / 1_000,
        1,
        0,
        bootKeyId,
        Bytes.EMPTY);
  }

  /// Whether nothing of the token was changed since it was made.
  boolean isGenuine(CapabilityToken token) {
    try {
      return MessageDigest.isEqual(sign(token).unsafeArray(), token.signature().unsafeArray());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// The number of a genuine token: from 1 on, in the order in which they were made.
  static long number(CapabilityToken token) {
    return HexFormat.fromHexDigitsToLong(token.tokenId(), HALF_DIGITS, 2 * HALF_DIGITS);
  }

  private Bytes sign(CapabilityToken token) {
    try {
      Mac mac = (Mac) prototype.clone();
      return Bytes.wrap(mac.doFinal(token.signedBytes().unsafeArray()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("HMAC-SHA-256 of the JDK can be copied", e);
    }
  }
}
