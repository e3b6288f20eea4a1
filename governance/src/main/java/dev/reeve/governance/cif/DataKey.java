package dev.reeve.governance.cif;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key by which personal data become hashes and tokens. A token is the encrypted text itself
/// (AES-256-GCM, the nonce a keyed hash of the text, so that equal texts have equal tokens); who
/// has the key reads it back. Immutable.
public final class DataKey {
  /// Bytes of a key.
  public static final int LENGTH = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HASH_BYTES_SHOWN = 16;
  private static final String TOKEN_PREFIX = "tok_";
  private static final String HASH_PREFIX = "hash_";

  private final byte[] encryptionKey;
  private final byte[] hashKey;

  /// @param key 32 secret bytes
  public DataKey(Bytes key) {
    Check.argument(key.size() == LENGTH, "key: %s bytes (expected: %s)", key.size(), LENGTH);
    this.encryptionKey = hmac(key.unsafeArray(), "reeve personal data: tokens");
    this.hashKey = hmac(key.unsafeArray(), "reeve personal data: hashes");
  }

  /// A hash of a text: the same for the same text, and nobody without the key can try texts.
  public String hash(String text) {
    byte[] hash = hmac(hashKey, text);
    return HASH_PREFIX + HexFormat.of().formatHex(hash, 0, HASH_BYTES_SHOWN);
  }

  /// A token for a text.
  public String tokenise(String text) {
    byte[] nonce = Arrays.copyOf(hmac(hashKey, "nonce " + text), NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] token = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, token, NONCE_BYTES, sealed.length);
      return TOKEN_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JDK", e);
    }
  }

  /// The text of a token; empty when it is none of this key.
  public Optional<String> read(String token) {
    if (!token.startsWith(TOKEN_PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.substring(TOKEN_PREFIX.length()));
      if (bytes.length <= NONCE_BYTES) {
        return Optional.empty();
      }
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES))
              .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JDK", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(encryptionKey, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
    }
  }
}
