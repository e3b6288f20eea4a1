package dev.reeve.governance.genome;

import dev.reeve.base.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A genome that was read: well-formed, and not yet known to be signed by anybody.
///
/// @param id lower-case hex SHA-256 of the canonical form
/// @param canonical the bytes that are signed
/// @param name what it is called
/// @param version its version, for people and metadata
/// @param createdAt when it was made, as written
/// @param parents ids of the genomes it comes from
/// @param authority who may sign
/// @param invariants what it claims to hold
/// @param capabilities what may be done
/// @param files the build it belongs to
/// @param signatures as written, good or bad
/// @param sequence counts the genomes of an installation; 0 when not given
/// @param expiresAt when it ceases to hold
/// @param revokedKeys public keys, in base64, whose signatures count no more
public record Genome(
    String id,
    Bytes canonical,
    String name,
    String version,
    String createdAt,
    List<String> parents,
    Authority authority,
    List<Invariant> invariants,
    List<Capability> capabilities,
    List<ManifestFile> files,
    List<Signature> signatures,
    long sequence,
    Optional<Instant> expiresAt,
    List<String> revokedKeys) {
  public Genome {
    parents = List.copyOf(parents);
    invariants = List.copyOf(invariants);
    capabilities = List.copyOf(capabilities);
    files = List.copyOf(files);
    signatures = List.copyOf(signatures);
    revokedKeys = List.copyOf(revokedKeys);
  }

  /// Who may sign, and how many of them it takes.
  public record Authority(List<Signer> signers, int threshold) {
    public Authority {
      signers = List.copyOf(signers);
    }
  }

  /// @param publicKey base64 of the SubjectPublicKeyInfo in DER
  public record Signer(String keyId, String publicKey) {}

  /// @param severity `CRITICAL`, `HIGH` or `MEDIUM`
  public record Invariant(
      String id, String severity, String testableClaim, String enforcementHook) {}

  /// @param riskClass `A` to `D`
  public record Capability(
      String capId, String riskClass, List<String> allowActions, List<String> denyActions) {
    public Capability {
      allowActions = List.copyOf(allowActions);
      denyActions = List.copyOf(denyActions);
    }
  }

  /// @param sha256 hex of the SHA-256 of the file's bytes
  public record ManifestFile(String path, String sha256) {}

  /// @param signature base64
  public record Signature(String signerKeyId, String signature) {}
}
