package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// A key of a log with its private half. Safe on any thread; signing takes some tenths of a
/// millisecond.
public final class LogSigner {
  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----\n";
  private static final String PEM_END = "\n-----END PRIVATE KEY-----\n";

  private final LogKey key;
  private final PrivateKey privateKey;

  private LogSigner(LogKey key, PrivateKey privateKey) {
    this.key = key;
    this.privateKey = privateKey;
  }

  /// A new key for a new log, which is named after it.
  public static LogSigner forNewLog(SecureRandom random) {
    KeyPair pair = generate(random);
    Bytes raw = LogKey.rawKey(pair.getPublic());
    return new LogSigner(new LogKey(LogKey.originOf(raw), raw), pair.getPrivate());
  }

  /// A new key for a log that has one.
  public static LogSigner forLog(String origin, SecureRandom random) {
    KeyPair pair = generate(random);
    return new LogSigner(new LogKey(origin, LogKey.rawKey(pair.getPublic())), pair.getPrivate());
  }

  /// The key of what [#pem()] wrote.
  ///
  /// @param key its public half
  /// @throws CanonicalFormatException when it is no private key, or that of another public one
  public static LogSigner read(String pem, LogKey key) {
    if (!pem.startsWith(PEM_BEGIN) || !pem.endsWith(PEM_END)) {
      throw new CanonicalFormatException("private key: no PEM (expected: PKCS #8, Ed25519)");
    }
    String body = pem.substring(PEM_BEGIN.length(), pem.length() - PEM_END.length());
    LogSigner signer;
    try {
      byte[] encoded = Base64.getDecoder().decode(body);
      signer =
          new LogSigner(
              key,
              KeyFactory.getInstance(LogKey.ALGORITHM)
                  .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CanonicalFormatException("private key: not readable (expected: Ed25519)", e);
    }
    Bytes probe = Bytes.utf8("reeve key probe");
    if (!key.signed(probe, signer.sign(probe))) {
      throw new CanonicalFormatException("private key: not that of " + key.text());
    }
    return signer;
  }

  /// The private half in PEM, PKCS #8.
  public String pem() {
    return PEM_BEGIN + Base64.getEncoder().encodeToString(privateKey.getEncoded()) + PEM_END;
  }

  /// The public half.
  public LogKey key() {
    return key;
  }

  /// The signature over a message, 64 bytes.
  public Bytes sign(Bytes message) {
    try {
      Signature signer = Signature.getInstance(LogKey.ALGORITHM);
      signer.initSign(privateKey);
      signer.update(message.unsafeArray());
      return Bytes.wrap(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with Ed25519", e);
    }
  }

  /// Signs what the log says of itself now.
  public TreeHead sign(Checkpoint checkpoint) {
    Bytes text = Bytes.wrap(checkpoint.text().getBytes(StandardCharsets.UTF_8));
    return new TreeHead(checkpoint, key.id(), sign(text));
  }

  private static KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(LogKey.ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }
}
