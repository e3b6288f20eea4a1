package dev.reeve.quantum.jobspec;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.quantum.aqo.AqoValue;
import java.util.Map;
import java.util.TreeMap;

/// A specification in the form that two files have in common when they mean the same.
///
/// @param json canonical, with the digests of its package
/// @param digest of the canonical JSON without the package, lower-case hex
/// @param sourceDigest of the program
public record NormalizedJobSpec(String json, String digest, String sourceDigest) {
  static NormalizedJobSpec of(Map<String, AqoValue> members, Bytes source) {
    String digest = Sha256.of(Bytes.utf8(AqoValue.Members.of(members).canonical())).hex();
    String sourceDigest = Sha256.of(source).hex();
    Map<String, AqoValue> whole = new TreeMap<>(members);
    whole.put(
        "package",
        AqoValue.Members.ofTexts(
            Map.of(
                "source_sha256", sourceDigest,
                "canonical_digest", "sha256:" + digest,
                "normalized_json_sha256", digest)));
    return new NormalizedJobSpec(AqoValue.Members.of(whole).canonical(), digest, sourceDigest);
  }
}
