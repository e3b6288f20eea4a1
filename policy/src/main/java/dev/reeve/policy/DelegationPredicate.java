package dev.reeve.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;

/// One of three sentences about the delegation behind a request. Never true of a direct call.
///
/// @param text as it was written
/// @param subject what it is about
/// @param operator how a depth is compared; empty for the other subjects
/// @param operand what it is compared with
public record DelegationPredicate(String text, Subject subject, String operator, String operand)
    implements MatchTerm {
  /// What a predicate is about.
  public enum Subject {
    DEPTH,
    ISSUER,
    SCOPE
  }

  private static final Pattern DEPTH =
      Pattern.compile("delegation\\.depth\\s*(<=|>=|==|!=|<|>)\\s*([0-9]{1,6})");
  private static final Pattern ISSUER =
      Pattern.compile("delegation\\.issuer\\s*==\\s*(?:'([^']+)'|\"([^\"]+)\")");
  private static final Pattern SCOPE =
      Pattern.compile("delegation\\.scope\\.contains\\(\\s*(?:'([^']+)'|\"([^\"]+)\")\\s*\\)");

  /// The predicate that a text says; empty when it is none of the three.
  public static Optional<DelegationPredicate> parse(String text) {
    String stripped = text.strip();
    Matcher depth = DEPTH.matcher(stripped);
    if (depth.matches()) {
      return Optional.of(
          new DelegationPredicate(text, Subject.DEPTH, depth.group(1), depth.group(2)));
    }
    return quoted(text, Subject.ISSUER, ISSUER.matcher(stripped))
        .or(() -> quoted(text, Subject.SCOPE, SCOPE.matcher(stripped)));
  }

  private static Optional<DelegationPredicate> quoted(
      String text, Subject subject, Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String single = matcher.group(1);
    return Optional.of(
        new DelegationPredicate(text, subject, "", single == null ? matcher.group(2) : single));
  }

  @Override
  public boolean fits(PolicyInput input) {
    return input.facts().delegation().filter(this::holds).isPresent();
  }

  private boolean holds(DelegationFacts delegation) {
    return switch (subject) {
      case ISSUER -> delegation.issuer().equals(operand);
      case SCOPE -> delegation.scope().contains(operand);
      case DEPTH -> {
        int compared = Integer.compare(delegation.depth(), Integer.parseInt(operand));
        yield switch (operator) {
          case "<" -> compared < 0;
          case "<=" -> compared <= 0;
          case ">" -> compared > 0;
          case ">=" -> compared >= 0;
          case "!=" -> compared != 0;
          default -> compared == 0;
        };
      }
    };
  }

  @Override
  public String key() {
    return "predicate";
  }
}
