package dev.reeve.server;

import dev.reeve.base.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Ed25519 signatures over policy files, each in a file beside its own with `.sig` after its name:
/// 64 bytes, or their base64 or hex, also with `ed25519:` before it.
///
/// @param mode what a file without a good signature is worth
/// @param key of whoever signs; empty when signatures are not looked at
/// @param given a signature that is not beside its file
public record PolicySignatures(Mode mode, Optional<PublicKey> key, Optional<Given> given) {
  /// A signature that is not beside its file.
  ///
  /// @param of the signed file
  /// @param text the signature itself; empty when it is in a file
  /// @param file where it is; empty when it is the text
  public record Given(Path of, String text, Optional<Path> file) {}

  /// What a file without a good signature is worth.
  public enum Mode {
    /// As much as any other.
    OFF,
    /// As much, with a warning.
    WARN,
    /// Nothing.
    ENFORCE
  }

  /// Signatures beside their files alone.
  public PolicySignatures(Mode mode, Optional<PublicKey> key) {
    this(mode, key, Optional.empty());
  }

  static final String SUFFIX = ".sig";

  /// Signatures are not looked at.
  public static final PolicySignatures NOT_ASKED = new PolicySignatures(Mode.OFF, Optional.empty());

  private static final String PREFIX = "ed25519:";
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  /// What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo.
  private static final byte[] KEY_INFO = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String PEM_END = "-----END PUBLIC KEY-----";

  /// Reads a public key: 32 bytes in base64 or hex, or PEM.
  ///
  /// @return empty when it is none
  static Optional<PublicKey> key(String text) {
    String plain = text.replace(PEM_BEGIN, "").replace(PEM_END, "").replaceAll("\\s", "");
    return decode(plain).flatMap(bytes -> key(bytes));
  }

  private static Optional<PublicKey> key(byte[] bytes) {
    byte[] info = bytes;
    if (bytes.length == KEY_BYTES) {
      info = new byte[KEY_INFO.length + KEY_BYTES];
      System.arraycopy(KEY_INFO, 0, info, 0, KEY_INFO.length);
      System.arraycopy(bytes, 0, info, KEY_INFO.length, KEY_BYTES);
    }
    try {
      return Optional.of(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /// Whether the file has a good signature, beside it or given otherwise.
  boolean verifies(Path file, Bytes content) throws IOException {
    return verifies(file, content, beside(file));
  }

  /// The same of what may become the content of the file.
  ///
  /// @param beside the signature that would be beside it; not asked for when one is given
  boolean verifies(Path file, Bytes content, Optional<Bytes> beside) throws IOException {
    if (key.isEmpty()) {
      return false;
    }
    Optional<byte[]> signature =
        given(file).or(() -> beside).flatMap(bytes -> signature(bytes.toArray()));
    return signature.isPresent() && verifies(key.get(), signature.get(), content);
  }

  private Optional<Bytes> given(Path file) throws IOException {
    Optional<Given> one = given.filter(given -> given.of().equals(file));
    if (one.isPresent() && !one.get().text().isEmpty()) {
      return Optional.of(Bytes.utf8(one.get().text()));
    }
    return one.isPresent() && one.get().file().isPresent() ? beside(file) : Optional.empty();
  }

  private Optional<Bytes> beside(Path file) throws IOException {
    Path where = fileFor(file);
    return Files.exists(where)
        ? Optional.of(Bytes.wrap(Files.readAllBytes(where)))
        : Optional.empty();
  }

  /// Where the signature of a file is, unless it is given as text.
  Path fileFor(Path file) {
    return given
        .filter(one -> one.of().equals(file))
        .flatMap(Given::file)
        .orElseGet(() -> file.resolveSibling(file.getFileName() + SUFFIX));
  }

  private static boolean verifies(PublicKey key, byte[] signature, Bytes content) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(content.toArray());
      return ed25519.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<byte[]> signature(byte[] file) {
    if (file.length == SIGNATURE_BYTES) {
      return Optional.of(file);
    }
    String text = new String(file, StandardCharsets.UTF_8).strip();
    return decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text)
        .filter(bytes -> bytes.length == SIGNATURE_BYTES);
  }

  private static Optional<byte[]> decode(String text) {
    try {
      boolean hex = text.matches("([0-9a-fA-F]{2}){32,64}");
      return Optional.of(hex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
