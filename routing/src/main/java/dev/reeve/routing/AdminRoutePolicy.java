package dev.reeve.routing;

import java.util.List;

/// A policy in the short form of the administration API. Much of a policy has no place in it.
///
/// @param sticky whether sessions are pinned, by `session_id` for an hour
public record AdminRoutePolicy(
    String policyId, List<Provider> providers, boolean sticky, List<Rule> rules) {

  /// One provider.
  ///
  /// @param weight 0 to 1
  public record Provider(String id, double weight) {}

  /// One preference.
  ///
  /// @param match `key:v1|v2`, joined by `&`; empty matches all
  /// @param prefer providers in order of preference
  /// @param fallback when none of them is available; may be empty
  public record Rule(String match, List<String> prefer, String fallback) {
    public Rule {
      prefer = List.copyOf(prefer);
    }
  }

  public AdminRoutePolicy {
    providers = List.copyOf(providers);
    rules = List.copyOf(rules);
  }
}
