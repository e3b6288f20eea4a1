package dev.reeve.service.circuit;

import dev.reeve.service.ServiceProblems;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Who asks for a compile and how, as its digest counts it. What is not said is empty; the sandbox
/// is strict then. Credentials are taken out.
///
/// @param values every key, in order
public record EigenContext(SortedMap<String, String> values) {
  private static final String SANDBOX = "sandbox_profile";
  private static final List<String> KEYS =
      List.of(
          "deadline",
          "project_id",
          "request_id",
          "retry_policy",
          SANDBOX,
          "security_context",
          "tenant_id",
          "trace_id",
          "traceparent");
  private static final Set<String> SANDBOXES = Set.of("default", "restricted", "strict");
  private static final String REDACTED = "[REDACTED]";
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)\\b(?:(?:proxy-)?authorization|x-(?:api-key|auth-token|access-token)|(?:set-)?cookie)"
              + "\\s*:\\s*.+|\\bbearer\\s+[a-z0-9._~+/=-]{8,}");

  /// A caller who says nothing.
  public static final EigenContext NONE = of(Map.of());

  public EigenContext {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /// The context of these values; other keys are let be.
  ///
  /// @throws dev.reeve.base.ProblemException `COMPILE_OPTION_INVALID` for an unknown sandbox
  public static EigenContext of(Map<String, String> given) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String key : KEYS) {
      values.put(key, given.getOrDefault(key, ""));
    }
    String asked = given.getOrDefault(SANDBOX, "");
    String sandbox = asked.isEmpty() ? "strict" : asked;
    if (!SANDBOXES.contains(sandbox)) {
      throw ServiceProblems.COMPILE_OPTION_INVALID
          .field("request_context.sandbox_profile", sandbox, "default, restricted or strict")
          .toException();
    }
    values.put(SANDBOX, sandbox);
    values.computeIfPresent(
        "security_context", (_, text) -> CREDENTIALS.matcher(text).replaceAll(REDACTED));
    return new EigenContext(values);
  }
}
