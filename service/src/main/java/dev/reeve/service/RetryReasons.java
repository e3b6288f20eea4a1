package dev.reeve.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which failures of a run its job wants to be tried again after, by `retry.retryable_reasons` and
/// `retry.non_retryable_reasons` of its metadata: codes with commas between, in any case, with or
/// without `EIGEN_EXECUTION_`. Attempts stay bounded by the job's retry policy.
///
/// @param only those after which it is tried again, and no others; empty when not said
/// @param never those after which it never is
public record RetryReasons(Set<String> only, Set<String> never) {
  private static final String ONLY = "retry.retryable_reasons";
  private static final String NEVER = "retry.non_retryable_reasons";
  private static final String PREFIX = "EIGEN_EXECUTION_";
  private static final Pattern LIST =
      Pattern.compile("\\s*\\w{1,64}(\\s*,\\s*\\w{1,64}){0,31}\\s*");

  public RetryReasons {
    only = Set.copyOf(only);
    never = Set.copyOf(never);
  }

  /// What the metadata of a job says. What is no list says nothing: see [#mistakes].
  public static RetryReasons of(Map<String, String> metadata) {
    return new RetryReasons(
        codes(metadata.getOrDefault(ONLY, "")), codes(metadata.getOrDefault(NEVER, "")));
  }

  /// The keys whose value is no list, with what was expected.
  public static Map<String, String> mistakes(Map<String, String> metadata) {
    Map<String, String> mistakes = new TreeMap<>();
    for (String key : new String[] {ONLY, NEVER}) {
      String value = metadata.getOrDefault(key, "");
      if (!value.isEmpty() && !LIST.matcher(value).matches()) {
        mistakes.put(key, "1 to 32 codes of letters, digits and _, with commas between");
      }
    }
    return mistakes;
  }

  /// Whether a run that failed may be tried again.
  ///
  /// @param retryable what holds when the job says nothing about it
  public boolean mayTryAgain(String code, boolean retryable) {
    String plain = plain(code);
    return !never.contains(plain) && (only.isEmpty() ? retryable : only.contains(plain));
  }

  private static Set<String> codes(String list) {
    return LIST.matcher(list).matches()
        ? Arrays.stream(list.split(",", -1)).map(RetryReasons::plain).collect(Collectors.toSet())
        : Set.of();
  }

  private static String plain(String code) {
    String upper = code.strip().toUpperCase(Locale.ROOT);
    return upper.startsWith(PREFIX) ? upper.substring(PREFIX.length()) : upper;
  }
}
