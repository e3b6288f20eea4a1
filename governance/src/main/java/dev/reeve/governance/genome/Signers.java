package dev.reeve.governance.genome;

import dev.reeve.base.Bytes;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The public half of a key as a file: the object that goes into `authority.signers`, or a PEM.
public final class Signers {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private Signers() {}

  /// One JSON object with `key_id`, `alg` and `public_key`.
  public static String text(Genome.Signer signer) {
    return JsonWriter.pretty(json(signer));
  }

  /// Reads what [#text] writes, or PEM as `openssl pkey -pubout` writes it; a PEM has no name, so
  /// it gets the one that is derived from the key.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  public static Genome.Signer read(String text) {
    Genome.Signer signer = text.contains(BEGIN) ? ofPem(text) : ofJson(text);
    if (Ed25519.publicKey(signer.publicKey()).isEmpty()) {
      throw new IllegalArgumentException("public_key is no Ed25519 key (SubjectPublicKeyInfo)");
    }
    return signer;
  }

  private static Genome.Signer ofJson(String text) {
    if (!(JsonReader.read(Bytes.utf8(text)) instanceof Json.JsonObject object)) {
      throw new IllegalArgumentException("neither a signer's JSON object nor a PEM");
    }
    List<String> problems = new ArrayList<>();
    Members members = Members.root(object, problems);
    Genome.Signer signer = new Genome.Signer(members.text("key_id"), members.text("public_key"));
    members.oneOf("alg", List.of(GenomeReader.ALGORITHM));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return signer;
  }

  private static Genome.Signer ofPem(String pem) {
    int begin = pem.indexOf(BEGIN) + BEGIN.length();
    int end = Math.max(begin, pem.indexOf(END));
    PublicKey key =
        Ed25519.publicKey(pem.substring(begin, end).replaceAll("\\s", ""))
            .orElseThrow(() -> new IllegalArgumentException("no public key of Ed25519"));
    return new Genome.Signer(Ed25519.keyId(key), Ed25519.base64(key));
  }

  static Json.JsonObject json(Genome.Signer signer) {
    return GenomeDocument.object(
        Map.entry("key_id", new Json.JsonText(signer.keyId())),
        Map.entry("alg", new Json.JsonText(GenomeReader.ALGORITHM)),
        Map.entry("public_key", new Json.JsonText(signer.publicKey())));
  }
}
