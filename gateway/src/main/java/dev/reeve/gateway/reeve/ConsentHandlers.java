package dev.reeve.gateway.reeve;

import dev.reeve.base.Ids;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Replies;
import dev.reeve.governance.cdi.ConsentRegister;
import dev.reeve.governance.cdi.ConsentSignal.Kind;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.Caller;
import dev.reeve.service.ConsentPurposes;
import dev.reeve.service.SignalConsent;
import dev.reeve.service.Times;
import dev.reeve.wire.reeve.v1.ConsentKind;
import dev.reeve.wire.reeve.v1.ConsentScope;
import dev.reeve.wire.reeve.v1.ConsentServiceGrpc;
import dev.reeve.wire.reeve.v1.ConsentSignal;
import dev.reeve.wire.reeve.v1.GetConsentRequest;
import dev.reeve.wire.reeve.v1.GetConsentResponse;
import dev.reeve.wire.reeve.v1.SignalConsentRequest;
import dev.reeve.wire.reeve.v1.SignalConsentResponse;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.Optional;

/// `reeve.v1.ConsentService`. Every method may block.
final class ConsentHandlers extends ConsentServiceGrpc.ConsentServiceImplBase {
  private static final int NAME_LENGTH_MAX = 256;
  private static final int EVIDENCE_LENGTH_MAX = 1_024;

  private final SignalConsent consent;
  private final CallGovernance gate;
  private final InstantSource clock;
  private final Replies replies;

  ConsentHandlers(
      SignalConsent consent, CallGovernance gate, InstantSource clock, Replies replies) {
    this.consent = consent;
    this.gate = gate;
    this.clock = clock;
    this.replies = replies;
  }

  @Override
  public void signalConsent(
      SignalConsentRequest request, StreamObserver<SignalConsentResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          check(request);
          return consent.signal(scope.caller(), wish(scope.caller(), request));
        },
        outcome -> {
          SignalConsentResponse.Builder out =
              SignalConsentResponse.newBuilder().setSignal(encode(outcome.said()));
          outcome.lifted().forEach(said -> out.addLifted(encode(said)));
          return out.build();
        });
  }

  private ConsentPurposes purposes() {
    return consent.purposes();
  }

  private void check(SignalConsentRequest request) {
    ConsentScope scope = request.getScope();
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(
            kind(request.getKind()).isPresent(), "kind", request.getKind(), "stop, pause or resume")
        .line("source", request.getSource(), NAME_LENGTH_MAX)
        .require(
            scope.getTenant().isEmpty() || Ids.isTenant(scope.getTenant()),
            "scope.tenant",
            scope.getTenant(),
            Ids.TENANT_SHAPE)
        .line("scope.principal", scope.getPrincipal(), NAME_LENGTH_MAX)
        .require(
            request.getKind() == ConsentKind.CONSENT_KIND_RESUME
                || purposes().isKnown(scope.getPurpose()),
            "scope.purpose",
            scope.getPurpose(),
            purposes().expected(scope.getPurpose()))
        .text("evidence", request.getEvidence(), EVIDENCE_LENGTH_MAX)
        .require(
            !request.hasExpiresAt() || mayExpire(request),
            "expires_at",
            request.getExpiresAt(),
            "a time to come, with stop or pause")
        .throwIfAny();
  }

  private boolean mayExpire(SignalConsentRequest request) {
    return ProtoTimes.isTime(request.getExpiresAt())
        && request.getKind() != ConsentKind.CONSENT_KIND_RESUME
        && ProtoTimes.micros(request.getExpiresAt()) > Times.micros(clock.instant());
  }

  private SignalConsent.Wish wish(Caller caller, SignalConsentRequest request) {
    ConsentScope scope = request.getScope();
    return new SignalConsent.Wish(
        kind(request.getKind()).orElseThrow(),
        request.getSource(),
        new dev.reeve.governance.cdi.ConsentScope(
            scope.getTenant(), scope.getPrincipal(), scope.getPurpose()),
        request.hasExpiresAt() ? ProtoTimes.micros(request.getExpiresAt()) : 0,
        gate.kept(caller, request.getEvidence()));
  }

  private static Optional<Kind> kind(ConsentKind kind) {
    return switch (kind) {
      case CONSENT_KIND_STOP -> Optional.of(Kind.STOP);
      case CONSENT_KIND_PAUSE -> Optional.of(Kind.PAUSE);
      case CONSENT_KIND_RESUME -> Optional.of(Kind.RESUME);
      case CONSENT_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  @Override
  public void getConsent(GetConsentRequest request, StreamObserver<GetConsentResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          GetConsentResponse.Builder out = GetConsentResponse.newBuilder();
          consent.standing(scope.caller()).forEach(said -> out.addSignals(encode(said)));
          return out.build();
        });
  }

  private static ConsentSignal.Builder encode(ConsentRegister.Said said) {
    dev.reeve.governance.cdi.ConsentSignal signal = said.signal();
    ConsentSignal.Builder out =
        ConsentSignal.newBuilder()
            .setKind(
                switch (signal.kind()) {
                  case STOP -> ConsentKind.CONSENT_KIND_STOP;
                  case PAUSE -> ConsentKind.CONSENT_KIND_PAUSE;
                  case RESUME -> ConsentKind.CONSENT_KIND_RESUME;
                })
            .setSource(signal.source())
            .setScope(
                ConsentScope.newBuilder()
                    .setTenant(signal.scope().tenant())
                    .setPrincipal(signal.scope().principal())
                    .setPurpose(signal.scope().purpose()))
            .setSaidBy(said.by())
            .setEvidence(said.evidence())
            .setSaidAt(ProtoTimes.timestamp(signal.atMicros()));
    if (signal.expiresAtMicros() > 0) {
      out.setExpiresAt(ProtoTimes.timestamp(signal.expiresAtMicros()));
    }
    return out;
  }
}
