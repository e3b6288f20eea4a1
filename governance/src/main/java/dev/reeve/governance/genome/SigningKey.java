package dev.reeve.governance.genome;

import dev.reeve.base.Bytes;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;

/// A private key of Ed25519. Never shown: its text form is for a file that only its owner reads.
public final class SigningKey {
  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /// A new key and its public half.
  ///
  /// @param key the private half
  /// @param signer the public half under the name that is derived from it
  public record Pair(SigningKey key, Genome.Signer signer) {}

  /// Makes a key.
  public static Pair generate(SecureRandom random) {
    KeyPair pair = Ed25519.generate(random);
    return new Pair(
        new SigningKey(pair.getPrivate()),
        new Genome.Signer(Ed25519.keyId(pair.getPublic()), Ed25519.base64(pair.getPublic())));
  }

  /// Reads PKCS #8 in PEM, as `openssl genpkey -algorithm ed25519` writes it.
  ///
  /// @throws IllegalArgumentException saying what it is not
  public static SigningKey read(String pem) {
    return new SigningKey(Ed25519.privateKey(pem));
  }

  /// PKCS #8 in PEM.
  public String pem() {
    return Ed25519.pem(key);
  }

  /// Base64 of the signature.
  String sign(Bytes content) {
    return Ed25519.sign(key, content);
  }

  /// Whether a signer is this key.
  public boolean is(Genome.Signer signer) {
    Bytes probe = Bytes.utf8("which key is this");
    String signature = sign(probe);
    return Ed25519.publicKey(signer.publicKey())
        .filter(known -> Ed25519.verify(known, probe, signature))
        .isPresent();
  }

  @Override
  public String toString() {
    return "SigningKey";
  }
}
