package dev.reeve.server.route;

import dev.reeve.base.Problem;
import dev.reeve.routing.PolicyError;
import dev.reeve.routing.PolicyReading;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.RoutingProblems;
import dev.reeve.server.files.FileStamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A folder with a JSON file for each routing policy, `ID.json`. Files whose names begin with a dot
/// are left out, and so is everything that is not JSON.
public final class RoutePolicyFolder {
  private static final String SUFFIX = ".json";
  private static final int FILE_BYTES_MAX = 1024 * 1024;
  private static final int FILES_MAX = 1_000;

  private final Path folder;

  public RoutePolicyFolder(Path folder) {
    this.folder = folder;
  }

  /// All policies, by file name.
  ///
  /// @throws IOException naming the file that cannot be read
  /// @throws dev.reeve.base.ProblemException `ROUTE_POLICY_INVALID` with what is wrong in any of
  ///   them
  public List<RoutePolicy> read() throws IOException {
    List<RoutePolicy> policies = new ArrayList<>();
    List<PolicyError> errors = new ArrayList<>();
    for (String name : names()) {
      switch (read(name)) {
        case PolicyReading.Valid(RoutePolicy policy) -> policies.add(policy);
        case PolicyReading.Invalid(List<PolicyError> wrong) ->
            wrong.forEach(
                error -> errors.add(new PolicyError(name + " " + error.path(), error.message())));
      }
    }
    if (!errors.isEmpty()) {
      throw invalid(errors).toException();
    }
    return policies;
  }

  private Problem invalid(List<PolicyError> errors) {
    StringBuilder all = new StringBuilder(folder + ":");
    errors.forEach(error -> all.append("\n  ").append(error));
    return RoutingProblems.ROUTE_POLICY_INVALID.because(all.toString());
  }

  /// The names of its policy files, sorted.
  List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<String> names =
          all.map(file -> String.valueOf(file.getFileName()))
              .filter(RoutePolicyFolder::isPolicy)
              .sorted()
              .toList();
      if (names.size() > FILES_MAX) {
        throw new IOException(folder + ": more than " + FILES_MAX + " policies");
      }
      return names;
    }
  }

  /// Whether a file of this name is a policy.
  static boolean isPolicy(String name) {
    return name.endsWith(SUFFIX) && !name.startsWith(".") && name.length() > SUFFIX.length();
  }

  /// The policy that a file of this name is.
  static String id(String name) {
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /// Changes when the file does; see [FileStamp].
  String stamp(String name) throws IOException {
    return FileStamp.of(folder.resolve(name));
  }

  PolicyReading read(String name) throws IOException {
    return RoutePolicyReader.read(id(name), text(folder.resolve(name)));
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new IOException(file + ": larger than 1 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
