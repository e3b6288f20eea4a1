package dev.reeve.job;

import java.util.Optional;

/// Identity of one attempt, `epoch.job_no.attempt` on the wire. A worker's report that carries any
/// other than the current one is fenced, so a late answer of an old attempt can never win.
///
/// @param epoch of the log when the attempt was made; rises with every takeover
/// @param jobNo the job
/// @param attempt from 1
public record DispatchId(long epoch, long jobNo, int attempt) {
  private static final int LENGTH_MAX = "9223372036854775807.".length() * 2 + "2147483647".length();

  @Override
  public String toString() {
    return epoch + "." + jobNo + "." + attempt;
  }

  /// Reads the wire form; empty when the text is not one. Only the exact form that [#toString]
  /// writes is one: no signs, no leading zeros, no foreign digits.
  public static Optional<DispatchId> parse(String text) {
    if (text.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", 4);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      long epoch = Long.parseLong(parts[0]);
      long jobNo = Long.parseLong(parts[1]);
      int attempt = Integer.parseInt(parts[2]);
      DispatchId id = new DispatchId(epoch, jobNo, attempt);
      boolean possible = epoch >= 0 && jobNo >= 1 && attempt >= 1;
      return possible && id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
