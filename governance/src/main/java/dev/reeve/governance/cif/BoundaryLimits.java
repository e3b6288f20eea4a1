package dev.reeve.governance.cif;

import dev.reeve.base.Check;

/// How large a payload may be.
///
/// @param requestChars characters of a request as compact JSON
/// @param responseChars characters of a response, by estimate and as compact JSON
/// @param depth levels of nesting
/// @param stringChars characters of one string
/// @param arrayItems elements of one array, members of one object
public record BoundaryLimits(
    long requestChars, long responseChars, int depth, long stringChars, int arrayItems) {
  public BoundaryLimits {
    Check.argument(requestChars > 0, "requestChars: %s (expected: > 0)", requestChars);
    Check.argument(responseChars > 0, "responseChars: %s (expected: > 0)", responseChars);
    Check.argument(depth > 0, "depth: %s (expected: > 0)", depth);
    Check.argument(stringChars > 0, "stringChars: %s (expected: > 0)", stringChars);
    Check.argument(arrayItems > 0, "arrayItems: %s (expected: > 0)", arrayItems);
  }

  /// The same with other sizes of whole payloads.
  public BoundaryLimits withSizes(long request, long response) {
    return new BoundaryLimits(request, response, depth, stringChars, arrayItems);
  }
}
