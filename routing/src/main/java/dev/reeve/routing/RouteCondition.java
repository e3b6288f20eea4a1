package dev.reeve.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `when` of a policy. Pure; an operand that the request does not have makes it false.
sealed interface RouteCondition {
  /// All of them; none at all is true.
  record All(List<RouteCondition> parts) implements RouteCondition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// The value of a bare name is one of these.
  record Member(String name, List<Object> values) implements RouteCondition {
    public Member {
      values = List.copyOf(values);
    }
  }

  /// Two operands by an operator.
  record Compare(Operator operator, Operand left, Operand right) implements RouteCondition {}

  /// Holds for every request.
  static RouteCondition always() {
    return new All(List.of());
  }

  enum Operator {
    EQUAL("=="),
    UNEQUAL("!="),
    ABOVE(">"),
    BELOW("<"),
    AT_LEAST(">="),
    AT_MOST("<="),
    IN("in");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }

    boolean holds(Object left, Object right) {
      return switch (this) {
        case EQUAL -> JsonValues.equal(left, right);
        case UNEQUAL -> !JsonValues.equal(left, right);
        case IN ->
            right instanceof List<?> list
                && list.stream().anyMatch(one -> JsonValues.equal(left, one));
        case ABOVE, BELOW, AT_LEAST, AT_MOST -> ordered(JsonValues.compare(left, right));
      };
    }

    private boolean ordered(int order) {
      if (order == Integer.MIN_VALUE) {
        return false;
      }
      return switch (this) {
        case ABOVE -> order > 0;
        case BELOW -> order < 0;
        case AT_LEAST -> order >= 0;
        case AT_MOST -> order <= 0;
        case EQUAL, UNEQUAL, IN -> false;
      };
    }
  }

  default boolean holds(RouteFacts facts) {
    return switch (this) {
      case All(List<RouteCondition> parts) -> {
        for (RouteCondition part : parts) {
          if (!part.holds(facts)) {
            yield false;
          }
        }
        yield true;
      }
      case Member(String name, List<Object> values) -> isMember(facts.named(name), values);
      case Compare(Operator operator, Operand left, Operand right) -> {
        Object one = left.in(facts);
        Object other = right.in(facts);
        yield one != null && other != null && operator.holds(one, other);
      }
    };
  }

  private static boolean isMember(@Nullable Object value, List<Object> values) {
    if (value == null) {
      return false;
    }
    for (Object one : values) {
      if (JsonValues.equal(value, one) || isOfClass(value, one)) {
        return true;
      }
    }
    return false;
  }

  /// `5xx` and `4xx` stand for each HTTP status of their hundred.
  private static boolean isOfClass(Object value, Object named) {
    double status = "5xx".equals(named) || "4xx".equals(named) ? JsonValues.number(value) : 0;
    return status >= 400 && status < 600 && named.toString().charAt(0) - '0' == (int) status / 100;
  }
}
