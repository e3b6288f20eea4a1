package dev.reeve.gateway.reeve;

import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Replies;
import dev.reeve.governance.boot.BootProblems;
import dev.reeve.governance.boot.HeartbeatReport;
import dev.reeve.governance.genome.Genome;
import dev.reeve.ledger.Receipt;
import dev.reeve.service.Caller;
import dev.reeve.service.Times;
import dev.reeve.wire.reeve.v1.GetGenomeRequest;
import dev.reeve.wire.reeve.v1.GetGenomeResponse;
import dev.reeve.wire.reeve.v1.GetPostureRequest;
import dev.reeve.wire.reeve.v1.GetPostureResponse;
import dev.reeve.wire.reeve.v1.GovernanceServiceGrpc;
import dev.reeve.wire.reeve.v1.HeartbeatCheck;
import dev.reeve.wire.reeve.v1.Posture;
import dev.reeve.wire.reeve.v1.PostureState;
import dev.reeve.wire.reeve.v1.SetPostureRequest;
import dev.reeve.wire.reeve.v1.SetPostureResponse;
import dev.reeve.wire.reeve.v1.UnlockPostureRequest;
import dev.reeve.wire.reeve.v1.UnlockPostureResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `reeve.v1.GovernanceService`. What moves the posture has its receipt before it happens.
final class GovernanceHandlers extends GovernanceServiceGrpc.GovernanceServiceImplBase {
  private static final int REASON_CHARS_MAX = 500;

  private final GatewayServices services;
  private final GovernanceDesk desk;
  private final Replies replies;

  GovernanceHandlers(GatewayServices services, ReevePorts ports, Replies replies) {
    this.services = services;
    this.desk = ports.governance();
    this.replies = replies;
  }

  @Override
  public void getGenome(GetGenomeRequest request, StreamObserver<GetGenomeResponse> observer) {
    boolean whole = CallScope.current().caller().localOperator();
    replies.send(
        observer,
        () -> {
          GetGenomeResponse.Builder out =
              GetGenomeResponse.newBuilder().addAllTroubles(whole ? desk.troubles() : List.of());
          desk.genome().ifPresent(genome -> fill(out, genome));
          return out.build();
        });
  }

  @Override
  public void getPosture(GetPostureRequest request, StreamObserver<GetPostureResponse> observer) {
    boolean whole = CallScope.current().caller().localOperator();
    replies.send(
        observer,
        () -> {
          GetPostureResponse.Builder out = GetPostureResponse.newBuilder().setState(state(whole));
          desk.heartbeat()
              .ifPresent(report -> {
                out.setCheckedAt(ProtoTimes.timestamp(Times.micros(report.at())));
                report.checks().forEach(check -> out.addChecks(encode(check, whole)));
              });
          return out.build();
        });
  }

  @Override
  public void setPosture(SetPostureRequest request, StreamObserver<SetPostureResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          dev.reeve.governance.boot.Posture wanted = wanted(request.getPosture());
          String why = why(scope.caller(), request.getReason());
          boolean locked = desk.posture().isLocked();
          if (locked && wanted != dev.reeve.governance.boot.Posture.FAIL_CLOSED) {
            throw BootProblems.POSTURE_LOCKED
                .because("posture: locked (expected: unlock it first)")
                .toException();
          }
          return move(scope, wanted, why);
        },
        _ -> SetPostureResponse.newBuilder().setState(state(true)).build());
  }

  @Override
  public void unlockPosture(
      UnlockPostureRequest request, StreamObserver<UnlockPostureResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          String why = why(scope.caller(), request.getReason());
          return desk.posture().isLocked()
              ? move(scope, dev.reeve.governance.boot.Posture.NORMAL, why)
              : CompletableFuture.completedFuture(false);
        },
        _ -> UnlockPostureResponse.newBuilder().setState(state(true)).build());
  }

  /// Writes the receipt, then takes the posture. Without a receipt nothing moves.
  private CompletableFuture<Boolean> move(
      CallScope scope, dev.reeve.governance.boot.Posture wanted, String why) {
    Caller caller = scope.caller();
    Receipt receipt =
        Receipt.of(scope.action().id(), "allow")
            .withSubject(caller.tenant(), "", caller.principal())
            .withRule(wanted.name(), why, "");
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    services
        .writer()
        .offer(
            new LogCommand.Note(
                List.of(receipt),
                new Answer<>() {
                  @Override
                  public void done(Boolean outcome) {
                    written.complete(outcome);
                  }

                  @Override
                  public void refused(Problem problem) {
                    written.completeExceptionally(problem.toException());
                  }
                }));
    return written.thenApplyAsync(
        outcome -> {
          desk.take(wanted, why);
          return outcome;
        },
        services.blocking());
  }

  private String why(Caller caller, String reason) {
    boolean holds = !reason.isBlank() && FieldChecks.isLine(reason, REASON_CHARS_MAX);
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(holds, "reason", reason, "1 to " + REASON_CHARS_MAX + " characters in a line")
        .throwIfAny();
    return caller.principal() + ": " + services.gate().kept(caller, reason);
  }

  private static dev.reeve.governance.boot.Posture wanted(Posture posture) {
    return switch (posture) {
      case POSTURE_NORMAL -> dev.reeve.governance.boot.Posture.NORMAL;
      case POSTURE_DEFENSIVE -> dev.reeve.governance.boot.Posture.DEFENSIVE;
      case POSTURE_FAIL_CLOSED -> dev.reeve.governance.boot.Posture.FAIL_CLOSED;
      case POSTURE_UNSPECIFIED, UNRECOGNIZED ->
          throw GatewayProblems.REQUEST_INVALID
              .field("posture", posture.name(), "NORMAL, DEFENSIVE or FAIL_CLOSED")
              .toException();
    };
  }

  /// @param whole with the words of who set it, or what exactly is wrong
  private PostureState state(boolean whole) {
    dev.reeve.governance.boot.PostureState state = desk.posture();
    return PostureState.newBuilder()
        .setPosture(
            switch (state.posture()) {
              case NORMAL -> Posture.POSTURE_NORMAL;
              case DEFENSIVE -> Posture.POSTURE_DEFENSIVE;
              case FAIL_CLOSED -> Posture.POSTURE_FAIL_CLOSED;
            })
        .setTrigger(state.trigger().name())
        .setDetail(whole ? state.detail() : "")
        .setSince(ProtoTimes.timestamp(Times.micros(state.since())))
        .setLocked(state.isLocked())
        .build();
  }

  /// @param whole with what exactly is wrong, which may name files of the server
  private static HeartbeatCheck encode(HeartbeatReport.Check check, boolean whole) {
    return HeartbeatCheck.newBuilder()
        .setName(check.name())
        .setOk(check.ok())
        .setCode(check.code())
        .setDetail(whole ? check.detail() : "")
        .build();
  }

  private static void fill(GetGenomeResponse.Builder out, Genome genome) {
    out.setGenomeId(genome.id())
        .setName(genome.name())
        .setVersion(genome.version())
        .setSequence(genome.sequence())
        .addAllParents(genome.parents())
        .addAllSignerKeyIds(
            genome.authority().signers().stream().map(Genome.Signer::keyId).toList())
        .setThreshold(genome.authority().threshold());
    genome.expiresAt().ifPresent(end -> out.setExpiresAt(ProtoTimes.timestamp(Times.micros(end))));
  }
}
