package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/// A public Ed25519 key of a log, as signed notes name keys (c2sp.org/signed-note).
///
/// @param name name of the key; that of its log
/// @param publicKey its 32 bytes
public record LogKey(String name, Bytes publicKey) {
  static final String ALGORITHM = "Ed25519";

  /// Bytes of a key id.
  static final int ID_LENGTH = 4;

  static final int SIGNATURE_LENGTH = 64;
  private static final int KEY_LENGTH = 32;
  private static final byte NOTE_ALGORITHM = 1;
  private static final String ORIGIN_PREFIX = "reeve/";
  private static final int ORIGIN_HEX_LENGTH = 32;

  /// What comes before the 32 bytes in an X.509 encoded key (RFC 8410).
  private static final Bytes X509_PREFIX = Bytes.hex("302a300506032b6570032100");

  public LogKey {
    Check.argument(
        publicKey.size() == KEY_LENGTH, "key: %s bytes (expected: 32)", publicKey.size());
    Check.argument(
        !name.isEmpty() && name.chars().noneMatch(c -> c <= ' ' || c == '+' || c > '~'),
        "key name: %s (expected: printable ASCII without blank and plus)",
        name);
  }

  /// Name of the log that begins with this key: nobody can make another key for the same name.
  public static String originOf(Bytes firstPublicKey) {
    return ORIGIN_PREFIX + Sha256.of(firstPublicKey).hex().substring(0, ORIGIN_HEX_LENGTH);
  }

  /// The first four bytes of SHA-256(name || 0x0A || 0x01 || key).
  public Bytes id() {
    byte[] named = (name + "\n").getBytes(StandardCharsets.UTF_8);
    return first(Sha256.ofAll(named, typed()), ID_LENGTH);
  }

  /// The text form of verifiers, `NAME+ID+KEY`.
  public String text() {
    return name + "+" + id().hex() + "+" + Base64.getEncoder().encodeToString(typed());
  }

  /// Reads what [#text()] wrote and nothing else.
  ///
  /// @throws CanonicalFormatException when it is anything else
  public static LogKey read(String text) {
    String[] parts = text.split("\\+", 3);
    try {
      byte[] typed = Base64.getDecoder().decode(parts.length == 3 ? parts[2] : "");
      if (typed.length == KEY_LENGTH + 1) {
        LogKey key = new LogKey(parts[0], Bytes.wrap(Arrays.copyOfRange(typed, 1, typed.length)));
        if (key.text().equals(text)) {
          return key;
        }
      }
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException("key: " + e.getMessage(), e);
    }
    throw new CanonicalFormatException("key: " + text + " (expected: NAME+ID+KEY)");
  }

  /// Whether this key signed this message.
  public boolean signed(Bytes message, Bytes signature) {
    if (signature.size() != SIGNATURE_LENGTH) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(publicKeyObject());
      verifier.update(message.unsafeArray());
      return verifier.verify(signature.unsafeArray());
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      // Not every 32 bytes are a point of the curve.
      return false;
    }
  }

  private PublicKey publicKeyObject() throws GeneralSecurityException {
    byte[] encoded = Arrays.copyOf(X509_PREFIX.unsafeArray(), X509_PREFIX.size() + KEY_LENGTH);
    System.arraycopy(publicKey.unsafeArray(), 0, encoded, X509_PREFIX.size(), KEY_LENGTH);
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
  }

  static Bytes rawKey(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return Bytes.wrap(Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length));
  }

  private byte[] typed() {
    byte[] typed = new byte[KEY_LENGTH + 1];
    typed[0] = NOTE_ALGORITHM;
    System.arraycopy(publicKey.unsafeArray(), 0, typed, 1, KEY_LENGTH);
    return typed;
  }

  private static Bytes first(Bytes bytes, int length) {
    return Bytes.wrap(Arrays.copyOf(bytes.unsafeArray(), length));
  }
}
