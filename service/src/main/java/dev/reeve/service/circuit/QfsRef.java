package dev.reeve.service.circuit;

import dev.reeve.base.Ids;
import dev.reeve.service.ServiceProblems;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// A reference to a file of a job: `qfs://jobs/JOB/PATH`, also `circuitfs://jobs/JOB/PATH`. It says
/// nothing of a tenant: whoever uses it reaches their own jobs alone.
///
/// @param jobId of the job
/// @param path within the job, for example `compiled/circuit.aqo.json`; empty for the job itself
public record QfsRef(String jobId, String path) {
  private static final List<String> ROOTS = List.of("qfs://jobs/", "circuitfs://jobs/");
  private static final int LENGTH_MAX = 512;
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
  private static final String SHAPE =
      "qfs://jobs/JOB/PATH, names of letters, digits, `.`, `_` and `-`, without `..`";

  public QfsRef {
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(path, "path");
  }

  /// Whether a text is meant as a reference.
  public static boolean isMeant(String text) {
    return text.startsWith("qfs://") || text.startsWith("circuitfs://");
  }

  /// The reference that is written so.
  ///
  /// @param field where it stood, for the message
  /// @throws dev.reeve.base.ProblemException `QFS_REF_INVALID`
  public static QfsRef read(String field, String text) {
    String rest =
        ROOTS.stream()
            .filter(text::startsWith)
            .findFirst()
            .map(root -> text.substring(root.length()))
            .orElse("");
    int slash = rest.indexOf('/');
    String jobId = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    boolean whole = slash < 0 || PATH.matcher(path).matches();
    if (text.length() > LENGTH_MAX || !Ids.isGiven(jobId) || !whole || path.contains("..")) {
      throw ServiceProblems.QFS_REF_INVALID.field(field, text, SHAPE).toException();
    }
    return new QfsRef(jobId, path);
  }

  /// The reference of a file of a job.
  public static String of(String jobId, String path) {
    return "qfs://jobs/" + jobId + "/" + path;
  }

  @Override
  public String toString() {
    return path.isEmpty() ? "qfs://jobs/" + jobId : of(jobId, path);
  }
}
