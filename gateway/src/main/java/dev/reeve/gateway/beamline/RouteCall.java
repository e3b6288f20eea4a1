package dev.reeve.gateway.beamline;

import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import java.util.Optional;

/// A routing request that came as JSON and passed the intake, or did not.
public sealed interface RouteCall {
  /// How it is answered.
  Address address();

  /// It passed.
  ///
  /// @param push how the chosen provider is given the work at once; empty when it is not
  record Accepted(Address address, RouteRequest request, Optional<Push> push)
      implements RouteCall {}

  /// Work that the chosen provider shall be given at once.
  ///
  /// @param subject where workers listen; empty for the usual place
  /// @param payloadRef where the payload is; may be empty
  /// @param payload as JSON; empty for none
  /// @param options as a JSON object; empty for none
  /// @param metadata as a JSON object; empty for none
  record Push(String subject, String payloadRef, String payload, String options, String metadata) {}

  /// It did not.
  record Refused(Address address, RouteFailure failure) implements RouteCall {}

  /// What of a request its answer needs.
  ///
  /// @param requestId of the caller; empty when there is none
  /// @param traceId of the caller; empty when there is none
  record Address(RouteForm form, String requestId, String traceId) {
    /// Of a request that cannot be read.
    static final Address NONE = new Address(RouteForm.SEED, "", "");
  }
}
