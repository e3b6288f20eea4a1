package dev.reeve.gateway;

import dev.reeve.service.provider.ProviderProblems;
import io.grpc.Context;
import java.util.Map;
import java.util.TreeMap;

/// How many provider services a call has passed, carried in their metadata: services that call each
/// other in a ring end at a limit.
public final class ProviderHops {
  private static final String NAME = "provider_hops";
  private static final int MAX = 8;
  private static final Context.Key<Integer> HOPS = Context.keyWithDefault(NAME, 0);

  private ProviderHops() {}

  /// The context in which a call that came in calls others.
  ///
  /// @throws dev.reeve.base.ProblemException `PROVIDER_REFUSED` when it came too far
  public static Context entered(Map<String, String> metadata) {
    String text = metadata.getOrDefault(NAME, "0");
    int hops = text.matches("\\d{1,3}") ? Integer.parseInt(text) : MAX;
    if (hops >= MAX) {
      throw ProviderProblems.PROVIDER_REFUSED
          .field(NAME, text, "fewer than " + MAX + ": do providers call each other in a ring?")
          .toException();
    }
    return Context.current().withValue(HOPS, hops);
  }

  /// What a call that goes out from here says.
  public static Map<String, String> leaving() {
    return Map.of(NAME, Integer.toString(HOPS.get() + 1));
  }

  /// The metadata that the caller itself gave.
  public static Map<String, String> without(Map<String, String> metadata) {
    if (!metadata.containsKey(NAME)) {
      return metadata;
    }
    Map<String, String> rest = new TreeMap<>(metadata);
    rest.remove(NAME);
    return rest;
  }
}
