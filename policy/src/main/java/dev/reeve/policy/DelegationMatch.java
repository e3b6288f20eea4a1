package dev.reeve.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a rule asks of the delegation behind a request. A direct call fails everything but
/// `forbidDelegated`.
///
/// @param maxDepth most hand-overs
/// @param issuers everybody who handed over is one of these; empty asks nothing
/// @param requireIssuer who handed over first; empty asks nothing
/// @param requiredScope all of this was handed over
/// @param forbidDelegated the call is direct
/// @param delegationRequired the call is not direct
public record DelegationMatch(
    OptionalInt maxDepth,
    List<String> issuers,
    String requireIssuer,
    List<String> requiredScope,
    boolean forbidDelegated,
    boolean delegationRequired)
    implements MatchTerm {
  public DelegationMatch {
    issuers = List.copyOf(issuers);
    requiredScope = List.copyOf(requiredScope);
  }

  @Override
  public boolean fits(PolicyInput input) {
    Optional<DelegationFacts> delegation = input.facts().delegation();
    if (delegation.isEmpty()) {
      return !delegationRequired
          && maxDepth.isEmpty()
          && issuers.isEmpty()
          && requireIssuer.isEmpty()
          && requiredScope.isEmpty();
    }
    return !forbidDelegated && fits(delegation.get());
  }

  private boolean fits(DelegationFacts delegation) {
    return (maxDepth.isEmpty() || delegation.depth() <= maxDepth.getAsInt())
        && (issuers.isEmpty() || knowsEverybody(delegation))
        && (requireIssuer.isEmpty() || Names.isIn(requireIssuer, List.of(delegation.root())))
        && requiredScope.stream().allMatch(one -> Names.isIn(one, delegation.scope()));
  }

  private boolean knowsEverybody(DelegationFacts delegation) {
    boolean chain =
        delegation.issuerChain().stream().allMatch(issuer -> Names.isIn(issuer, issuers));
    boolean issuerKnown =
        delegation.issuer().isEmpty()
            ? !delegation.issuerChain().isEmpty()
            : Names.isIn(delegation.issuer(), issuers);
    return chain && issuerKnown;
  }

  @Override
  public String key() {
    return "delegation";
  }
}
