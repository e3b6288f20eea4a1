package dev.reeve.server.route;

import dev.reeve.base.Problem;
import dev.reeve.routing.PolicyError;
import dev.reeve.routing.PolicyReading;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.RoutingProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      String id = name.substring(0, name.length() - SUFFIX.length());
      switch (RoutePolicyReader.read(id, text(file))) {
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

  /// Changes whenever a file does, or comes, or goes; costs a stat for each.
  public String stamp() throws IOException {
    StringBuilder stamp = new StringBuilder();
    for (Path file : files()) {
      stamp
          .append(file.getFileName())
          .append(':')
          .append(Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS))
          .append(':')
          .append(Files.size(file))
          .append(':')
          .append(Files.getAttribute(file, "unix:ino"))
          .append('\n');
    }
    return stamp.toString();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.filter(RoutePolicyFolder::isPolicy).sorted().toList();
      if (files.size() > FILES_MAX) {
        throw new IOException(folder + ": more than " + FILES_MAX + " policies");
      }
      return files;
    }
  }

  private static boolean isPolicy(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) && !name.startsWith(".") && name.length() > SUFFIX.length();
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
