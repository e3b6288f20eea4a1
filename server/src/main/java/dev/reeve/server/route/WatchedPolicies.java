package dev.reeve.server.route;

import dev.reeve.routing.PolicyError;
import dev.reeve.routing.PolicyReading;
import dev.reeve.routing.RoutePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a folder of routing policies holds while files in it are being written: a file that became
/// a policy counts at once; that one is none, or is gone, counts when two looks in a row found it
/// so, because files are written in pieces and replaced by removing them first.
///
/// For one thread at a time.
public final class WatchedPolicies {
  private static final int LOOKS = 2;

  /// A file as it was read last.
  ///
  /// @param looks how many looks in a row found it so
  private record Known(String stamp, PolicyReading reading, int looks) {}

  private final RoutePolicyFolder folder;
  private final Map<String, Known> files = new TreeMap<>();

  /// Those that were there and are not, by how many looks in a row missed them.
  private final Map<String, Integer> missed = new HashMap<>();

  public WatchedPolicies(Path folder) {
    this.folder = new RoutePolicyFolder(folder);
  }

  /// Looks at every file; costs a stat for each.
  ///
  /// @return whether anything is not as it was
  /// @throws IOException when the folder cannot be read; then all is as it was
  public boolean look() throws IOException {
    Set<String> names = new HashSet<>(folder.names());
    boolean changed = false;
    for (String name : names) {
      changed |= look(name);
    }
    for (String name : List.copyOf(files.keySet())) {
      if (!names.contains(name)) {
        changed |= miss(name);
      }
    }
    return changed;
  }

  private boolean look(String name) {
    missed.remove(name);
    Known before = files.get(name);
    if (before == null || !before.stamp().equals(stamp(name))) {
      read(name, 1);
      return true;
    }
    if (before.looks() < LOOKS) {
      files.put(name, new Known(before.stamp(), before.reading(), before.looks() + 1));
      return before.reading() instanceof PolicyReading.Invalid;
    }
    return false;
  }

  private boolean miss(String name) {
    if (missed.merge(name, 1, Integer::sum) < LOOKS) {
      return false;
    }
    missed.remove(name);
    files.remove(name);
    return true;
  }

  /// Reads files of which it was heard that they changed, whatever their stamps say.
  ///
  /// @return whether there is a policy among them
  public boolean heard(Set<String> names) {
    boolean changed = false;
    for (String name : names) {
      if (RoutePolicyFolder.isPolicy(name) && !stamp(name).isEmpty()) {
        missed.remove(name);
        changed |= read(name, 0).reading() instanceof PolicyReading.Valid;
      }
    }
    return changed;
  }

  /// The stamp is taken first, so that a change while it is read is seen by the next look.
  private Known read(String name, int looks) {
    String stamp = stamp(name);
    Known known = new Known(stamp, reading(name), looks);
    files.put(name, known);
    return known;
  }

  private PolicyReading reading(String name) {
    try {
      return folder.read(name);
    } catch (IOException e) {
      return new PolicyReading.Invalid(
          List.of(new PolicyError("", e.getClass().getSimpleName() + ": " + e.getMessage())));
    }
  }

  /// Empty when there is no such file, or it cannot be looked at.
  private String stamp(String name) {
    try {
      return folder.stamp(name);
    } catch (IOException e) {
      return "";
    }
  }

  /// The policies there are, by file name.
  public List<RoutePolicy> policies() {
    List<RoutePolicy> policies = new ArrayList<>();
    for (Known known : files.values()) {
      switch (known.reading()) {
        case PolicyReading.Valid(RoutePolicy policy) -> policies.add(policy);
        case PolicyReading.Invalid(List<PolicyError> _) -> {}
      }
    }
    return policies;
  }

  /// The policies whose files say nothing that can be used: what was in force for them stays.
  public Set<String> unusable() {
    Set<String> ids = new HashSet<>();
    files.forEach((name, known) -> {
      if (known.reading() instanceof PolicyReading.Invalid) {
        ids.add(RoutePolicyFolder.id(name));
      }
    });
    return ids;
  }

  /// What is wrong with them, a line for each file; empty when all are well.
  public String trouble() {
    List<String> lines = new ArrayList<>();
    files.forEach((name, known) -> {
      if (known.looks() >= LOOKS
          && known.reading() instanceof PolicyReading.Invalid(List<PolicyError> errors)) {
        lines.add(name + " " + errors.getFirst());
      }
    });
    return lines.isEmpty() ? "" : folder + ": " + String.join("; ", lines);
  }
}
