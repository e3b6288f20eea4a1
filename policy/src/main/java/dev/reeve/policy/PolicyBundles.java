package dev.reeve.policy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Loads several policy files as one policy, over a security floor.
///
/// Files are merged in order (see [PolicyMerge]). An empty file is left out; where nothing is left
/// there is no policy, and everything is denied. Pure; safe on any thread.
public final class PolicyBundles {
  /// Name of the floor in snapshot ids and messages.
  public static final String FLOOR_KEY = "secops/invariants";

  private PolicyBundles() {}

  /// The policy of all files, compiled, or all faults of all of them.
  ///
  /// @param files in the order in which they are merged
  /// @param floor rules whose restrictions nothing overrides
  public static PolicyLoad load(List<PolicySource> files, Optional<PolicySource> floor) {
    List<PolicyFault> faults = new ArrayList<>();
    List<PolicyFault> warnings = new ArrayList<>();
    List<PolicyDocument> documents = new ArrayList<>();
    List<PolicySource> read = new ArrayList<>();
    List<PolicySource> silent = new ArrayList<>();
    boolean several = files.size() + floor.stream().count() > 1;
    for (PolicySource source : files) {
      parsed(source, several, faults, warnings, silent)
          .ifPresent(document -> {
            documents.add(document);
            read.add(source);
          });
    }
    Optional<PolicyDocument> invariants =
        floor.flatMap(source -> parsed(source, several, faults, warnings, silent));
    if (!faults.isEmpty()) {
      return new PolicyLoad.Refused(faults);
    }
    if (documents.isEmpty() && invariants.isEmpty()) {
      return new PolicyLoad.Loaded(PolicySnapshot.none(), warnings, silent);
    }
    PolicyDocument merged = PolicyMerge.merge(documents, invariants);
    String id = id(read, documents, invariants.flatMap(_ -> floor));
    return new PolicyLoad.Loaded(PolicySnapshot.of(merged, id), warnings, silent);
  }

  private static Optional<PolicyDocument> parsed(
      PolicySource source,
      boolean several,
      List<PolicyFault> faults,
      List<PolicyFault> warnings,
      List<PolicySource> silent) {
    Optional<PolicyDocument> document = parse(source, several, faults, warnings);
    if (document.isEmpty() || document.get().saysNothing()) {
      silent.add(source);
    }
    return document;
  }

  private static Optional<PolicyDocument> parse(
      PolicySource source, boolean several, List<PolicyFault> faults, List<PolicyFault> warnings) {
    if (PolicyFile.isEmpty(source.file())) {
      return Optional.empty();
    }
    PolicyFile.Parsed parsed = PolicyFile.parse(source.file());
    String name = several ? source.name() : "";
    parsed.faults().forEach(fault -> faults.add(fault.in(name)));
    parsed.warnings().forEach(warning -> warnings.add(warning.in(name)));
    return parsed.document();
  }

  /// One file is named by itself; further ones add the hash of all their names and contents.
  private static String id(
      List<PolicySource> files, List<PolicyDocument> documents, Optional<PolicySource> floor) {
    Map<String, Bytes> bundles = new TreeMap<>();
    for (int i = 1; i < files.size(); i++) {
      bundles.put("file/" + i, files.get(i).file());
    }
    floor.ifPresent(source -> bundles.put(FLOOR_KEY, source.file()));
    String first =
        files.isEmpty() ? "" : PolicyFile.snapshotId(documents.getFirst(), files.getFirst().file());
    if (bundles.isEmpty()) {
      return first;
    }
    Bytes all = Bytes.EMPTY;
    for (Map.Entry<String, Bytes> bundle : bundles.entrySet()) {
      all = concat(all, bundle.getKey().getBytes(StandardCharsets.UTF_8));
      all = concat(all, new byte[1]);
      all = concat(all, bundle.getValue().toArray());
    }
    String rest = "cfg:" + Sha256.of(all).hex();
    return first.isEmpty() ? rest : first + "|" + rest;
  }

  private static Bytes concat(Bytes head, byte[] tail) {
    byte[] both = Arrays.copyOf(head.toArray(), head.size() + tail.length);
    System.arraycopy(tail, 0, both, head.size(), tail.length);
    return Bytes.wrap(both);
  }
}
