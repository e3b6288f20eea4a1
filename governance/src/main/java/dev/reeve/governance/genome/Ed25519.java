package dev.reeve.governance.genome;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/// Ed25519 (RFC 8032) with keys in their usual clothes: SubjectPublicKeyInfo in base64, PKCS #8 in
/// PEM.
final class Ed25519 {
  private static final String NAME = "Ed25519";
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  static KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform of ours has Ed25519", e);
    }
  }

  /// The key of a base64 text; empty when it is none of this algorithm.
  static Optional<PublicKey> publicKey(String base64) {
    try {
      PublicKey key =
          KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(decode(base64)));
      return key instanceof EdECPublicKey ? Optional.of(key) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// @throws IllegalArgumentException when the text is no unencrypted PKCS #8 PEM of this algorithm
  static PrivateKey privateKey(String pem) {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no PEM with a PRIVATE KEY (PKCS #8, not encrypted)");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
      return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("no private key of Ed25519", e);
    }
  }

  static String pem(PrivateKey key) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return BEGIN + "\n" + body + "\n" + END + "\n";
  }

  static String base64(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /// A short name for a key: 16 hex digits of the SHA-256 of its encoding.
  static String keyId(PublicKey key) {
    return Sha256.of(key.getEncoded()).hex().substring(0, 16);
  }

  static String sign(PrivateKey key, Bytes content) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(key);
      signature.update(content.unsafeArray());
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  static boolean verify(PublicKey key, Bytes content, String base64) {
    try {
      byte[] bytes = decode(base64);
      if (bytes.length != SIGNATURE_BYTES) {
        return false;
      }
      Signature signature = Signature.getInstance(NAME);
      signature.initVerify(key);
      signature.update(content.unsafeArray());
      return signature.verify(bytes);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /// Base64 of either alphabet, with or without padding: some tools leave it out.
  private static byte[] decode(String base64) {
    String plain = base64.strip().replace('-', '+').replace('_', '/');
    return Base64.getDecoder().decode(plain);
  }
}
