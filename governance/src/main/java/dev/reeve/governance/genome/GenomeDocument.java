package dev.reeve.governance.genome;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A genome in the making: any JSON object, whose members are set one by one and which is signed at
/// the end. Immutable: each step gives a new document.
public final class GenomeDocument {
  private final Json.JsonObject json;

  private GenomeDocument(Json.JsonObject json) {
    this.json = json;
  }

  /// Nothing but the name of the format.
  public static GenomeDocument empty() {
    return new GenomeDocument(object())
        .with("schema_version", new Json.JsonText(GenomeReader.SCHEMA_VERSION));
  }

  /// Reads a template or a finished genome.
  ///
  /// @throws IllegalArgumentException when it is no JSON object
  public static GenomeDocument read(Bytes bytes) {
    if (JsonReader.read(bytes) instanceof Json.JsonObject object) {
      return new GenomeDocument(object);
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  /// Whether a member is there.
  public boolean has(String member) {
    return json.members().containsKey(member);
  }

  /// With a text as a member.
  public GenomeDocument withText(String member, String value) {
    return with(member, new Json.JsonText(value));
  }

  /// With a whole number as a member.
  public GenomeDocument withNumber(String member, long value) {
    return with(member, new Json.JsonNumber(value));
  }

  /// With a list of texts as a member.
  public GenomeDocument withTexts(String member, List<String> values) {
    return with(member, texts(values));
  }

  /// With these signers.
  public GenomeDocument withAuthority(Genome.Authority authority) {
    return with(
        "authority",
        object(
            Map.entry("signers", array(authority.signers().stream().map(Signers::json).toList())),
            Map.entry("threshold", new Json.JsonNumber(authority.threshold()))));
  }

  /// With these claims.
  public GenomeDocument withInvariants(List<Genome.Invariant> invariants) {
    return with("invariants", array(invariants.stream().map(GenomeDocument::json).toList()));
  }

  /// With what may be done.
  public GenomeDocument withCapabilities(List<Genome.Capability> capabilities) {
    return with("capabilities", array(capabilities.stream().map(GenomeDocument::json).toList()));
  }

  /// With this build manifest.
  public GenomeDocument withFiles(List<Genome.ManifestFile> files) {
    return with(
        "build_manifest",
        object(Map.entry("files", array(files.stream().map(GenomeDocument::json).toList()))));
  }

  /// Without signatures: the content is about to change.
  public GenomeDocument unsigned() {
    return new GenomeDocument(GenomeReader.unsigned(json));
  }

  /// The document with one more signature; an earlier one of the same signer is replaced. Made in
  /// the form `signatures`, whatever was there.
  public GenomeDocument signedBy(SigningKey key, String signerKeyId) {
    Bytes canonical = Bytes.utf8(JsonWriter.canonical(GenomeReader.unsigned(json)));
    List<Json> signatures = new ArrayList<>();
    for (Json signature : signatures()) {
      if (!signerKeyId.equals(signerOf(signature))) {
        signatures.add(signature);
      }
    }
    signatures.add(
        object(
            Map.entry("alg", new Json.JsonText(GenomeReader.ALGORITHM)),
            Map.entry("signer_key_id", new Json.JsonText(signerKeyId)),
            Map.entry("sig_base64", new Json.JsonText(key.sign(canonical)))));
    return unsigned().with("signatures", array(signatures));
  }

  /// How it reads as a genome now.
  public GenomeReading reading() {
    return GenomeReader.read(json);
  }

  /// Indented JSON for a file.
  public String text() {
    return JsonWriter.pretty(json);
  }

  private List<Json> signatures() {
    List<Json> signatures = new ArrayList<>();
    if (json.members().get("signature") instanceof Json.JsonObject one) {
      signatures.add(one);
    }
    if (json.members().get("signatures") instanceof Json.JsonArray several) {
      signatures.addAll(several.elements());
    }
    return signatures;
  }

  private static String signerOf(Json signature) {
    return signature instanceof Json.JsonObject object
            && object.members().get("signer_key_id") instanceof Json.JsonText text
        ? text.value()
        : "";
  }

  private GenomeDocument with(String member, Json value) {
    Map<String, Json> members = new LinkedHashMap<>(json.members());
    members.put(member, value);
    return new GenomeDocument(new Json.JsonObject(members));
  }

  private static Json json(Genome.Invariant invariant) {
    return object(
        Map.entry("id", new Json.JsonText(invariant.id())),
        Map.entry("severity", new Json.JsonText(invariant.severity())),
        Map.entry("testable_claim", new Json.JsonText(invariant.testableClaim())),
        Map.entry("enforcement_hook", new Json.JsonText(invariant.enforcementHook())));
  }

  private static Json json(Genome.Capability capability) {
    return object(
        Map.entry("cap_id", new Json.JsonText(capability.capId())),
        Map.entry("risk_class", new Json.JsonText(capability.riskClass())),
        Map.entry("allow_actions", texts(capability.allowActions())),
        Map.entry("deny_actions", texts(capability.denyActions())));
  }

  private static Json json(Genome.ManifestFile file) {
    return object(
        Map.entry("path", new Json.JsonText(file.path())),
        Map.entry("sha256", new Json.JsonText(file.sha256())));
  }

  private static Json texts(List<String> values) {
    return array(values.stream().map(Json.JsonText::new).toList());
  }

  private static Json array(List<? extends Json> elements) {
    return new Json.JsonArray(List.copyOf(elements));
  }

  @SafeVarargs
  static Json.JsonObject object(Map.Entry<String, ? extends Json>... members) {
    Map<String, Json> map = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends Json> member : members) {
      map.put(member.getKey(), member.getValue());
    }
    return new Json.JsonObject(map);
  }
}
