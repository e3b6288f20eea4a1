package dev.reeve.governance.genome;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a document of the format `genome.v0.1`, with all problems at once. Members it does not
/// know are allowed and signed over like all others.
public final class GenomeReader {
  /// Largest document in bytes.
  public static final int SIZE_MAX = 4 * 1024 * 1024;

  static final String SCHEMA_VERSION = "genome.v0.1";
  static final String ALGORITHM = "ed25519";

  private static final List<String> SEVERITIES = List.of("CRITICAL", "HIGH", "MEDIUM");
  private static final List<String> RISK_CLASSES = List.of("A", "B", "C", "D");
  private static final int SIGNERS_MAX = 64;
  private static final int SIGNATURES_MAX = 256;

  private final List<String> problems = new ArrayList<>();
  private final Members root;
  private final Bytes canonical;

  private GenomeReader(Json.JsonObject document) {
    this.root = Members.root(document, problems);
    this.canonical = Bytes.utf8(JsonWriter.canonical(unsigned(document)));
  }

  /// Reads a document; never throws for what is in it.
  public static GenomeReading read(Bytes bytes) {
    if (bytes.size() > SIZE_MAX) {
      return new GenomeReading.Refused("", List.of("larger than " + SIZE_MAX + " bytes"));
    }
    try {
      return read(JsonReader.read(bytes));
    } catch (IllegalArgumentException e) {
      return new GenomeReading.Refused("", List.of(String.valueOf(e.getMessage())));
    }
  }

  static GenomeReading read(Json value) {
    if (!(value instanceof Json.JsonObject object)) {
      return new GenomeReading.Refused("", List.of("not a JSON object"));
    }
    GenomeReader reader = new GenomeReader(object);
    Genome genome = reader.genome();
    return reader.problems.isEmpty()
        ? new GenomeReading.Read(genome)
        : new GenomeReading.Refused(genome.id(), reader.problems);
  }

  /// What is signed: everything but the signatures.
  static Json.JsonObject unsigned(Json.JsonObject document) {
    Map<String, Json> members = new LinkedHashMap<>(document.members());
    members.remove("signature");
    members.remove("signatures");
    return new Json.JsonObject(members);
  }

  private Genome genome() {
    root.oneOf("schema_version", List.of(SCHEMA_VERSION));
    return new Genome(
        Sha256.of(canonical).hex(),
        canonical,
        root.text("name"),
        root.text("version"),
        root.text("created_at"),
        root.texts("parents"),
        authority(root.object("authority")),
        root.objects("invariants", GenomeReader::invariant),
        root.objects("capabilities", GenomeReader::capability),
        root.object("build_manifest").objects("files", GenomeReader::file),
        signatures(),
        root.has("sequence") ? root.whole("sequence") : 0,
        expiry(),
        root.has("revoked_keys") ? root.texts("revoked_keys") : List.of());
  }

  private static Genome.Authority authority(Members authority) {
    List<Genome.Signer> signers = authority.objects("signers", GenomeReader::signer);
    if (signers.isEmpty() || signers.size() > SIGNERS_MAX) {
      authority.wrong("signers", signers.size() + " signers", "1 to " + SIGNERS_MAX);
    }
    Set<String> ids = new HashSet<>();
    for (Genome.Signer signer : signers) {
      if (!ids.add(signer.keyId())) {
        authority.wrong("signers", "one key_id twice", "every key_id once");
      }
    }
    return new Genome.Authority(signers, authority.count("threshold", Math.max(1, signers.size())));
  }

  private static Genome.Signer signer(Members signer) {
    signer.oneOf("alg", List.of(ALGORITHM));
    return new Genome.Signer(signer.text("key_id"), signer.text("public_key"));
  }

  private static Genome.Invariant invariant(Members invariant) {
    return new Genome.Invariant(
        invariant.text("id"),
        invariant.oneOf("severity", SEVERITIES),
        invariant.anyText("testable_claim"),
        invariant.anyText("enforcement_hook"));
  }

  private static Genome.Capability capability(Members capability) {
    return new Genome.Capability(
        capability.text("cap_id"),
        capability.oneOf("risk_class", RISK_CLASSES),
        capability.texts("allow_actions"),
        capability.texts("deny_actions"));
  }

  private static Genome.ManifestFile file(Members file) {
    return new Genome.ManifestFile(file.text("path"), file.text("sha256"));
  }

  private List<Genome.Signature> signatures() {
    List<Genome.Signature> signatures = new ArrayList<>();
    if (root.has("signature")) {
      signatures.add(signature(root.object("signature")));
    }
    if (root.has("signatures")) {
      signatures.addAll(root.objects("signatures", GenomeReader::signature));
    }
    if (signatures.size() > SIGNATURES_MAX) {
      root.wrong("signatures", signatures.size() + " of them", "at most " + SIGNATURES_MAX);
    }
    return signatures;
  }

  private static Genome.Signature signature(Members signature) {
    signature.oneOf("alg", List.of(ALGORITHM));
    return new Genome.Signature(signature.text("signer_key_id"), signature.text("sig_base64"));
  }

  private Optional<Instant> expiry() {
    if (!root.has("expires_at")) {
      return Optional.empty();
    }
    String text = root.text("expires_at");
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      root.wrong("expires_at", "no time", "RFC 3339, such as 2027-01-31T00:00:00Z");
      return Optional.empty();
    }
  }
}
