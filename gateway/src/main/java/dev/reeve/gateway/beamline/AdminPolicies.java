package dev.reeve.gateway.beamline;

import dev.reeve.routing.AdminRoutePolicy;
import dev.reeve.wire.beamline.flow.v1.AdminPolicy;
import dev.reeve.wire.beamline.flow.v1.AdminProvider;
import dev.reeve.wire.beamline.flow.v1.AdminRule;

/// Policies in the short form, from the wire and to it.
final class AdminPolicies {
  private AdminPolicies() {}

  static AdminRoutePolicy decode(AdminPolicy policy) {
    return new AdminRoutePolicy(
        policy.getPolicyId(),
        policy.getProvidersList().stream()
            .map(provider -> new AdminRoutePolicy.Provider(provider.getId(), provider.getWeight()))
            .toList(),
        policy.getSticky(),
        policy.getRulesList().stream()
            .map(rule ->
                new AdminRoutePolicy.Rule(
                    rule.getMatch(), rule.getPreferList(), rule.getFallback()))
            .toList());
  }

  static AdminPolicy encode(AdminRoutePolicy policy) {
    AdminPolicy.Builder wire =
        AdminPolicy.newBuilder().setPolicyId(policy.policyId()).setSticky(policy.sticky());
    policy
        .providers()
        .forEach(provider ->
            wire.addProviders(
                AdminProvider.newBuilder().setId(provider.id()).setWeight(provider.weight())));
    policy
        .rules()
        .forEach(rule ->
            wire.addRules(
                AdminRule.newBuilder()
                    .setMatch(rule.match())
                    .addAllPrefer(rule.prefer())
                    .setFallback(rule.fallback())));
    return wire.build();
  }
}
