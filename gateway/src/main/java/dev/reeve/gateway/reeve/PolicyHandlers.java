package dev.reeve.gateway.reeve;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.engine.Answer;
import dev.reeve.gateway.BacktestEncoder;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.PolicyCheckEncoder;
import dev.reeve.gateway.PolicyQuestions;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Replies;
import dev.reeve.policy.PolicyBundles;
import dev.reeve.policy.PolicyDocument;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.PolicySource;
import dev.reeve.policy.SimulatedDecision;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.service.Caller;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.OutputCounts;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.SafetyKernel;
import dev.reeve.service.ShadowPolicies;
import dev.reeve.service.Times;
import dev.reeve.service.UnknownScanners;
import dev.reeve.wire.reeve.v1.BacktestPolicyRequest;
import dev.reeve.wire.reeve.v1.BacktestPolicyResponse;
import dev.reeve.wire.reeve.v1.GetOutputStatsRequest;
import dev.reeve.wire.reeve.v1.GetOutputStatsResponse;
import dev.reeve.wire.reeve.v1.GetPolicyRequest;
import dev.reeve.wire.reeve.v1.GetPolicyResponse;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotRequest;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotResponse;
import dev.reeve.wire.reeve.v1.ListPolicySnapshotsRequest;
import dev.reeve.wire.reeve.v1.ListPolicySnapshotsResponse;
import dev.reeve.wire.reeve.v1.PolicyFile;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.ShadowPolicy;
import dev.reeve.wire.reeve.v1.SimulatePolicyRequest;
import dev.reeve.wire.reeve.v1.SimulatePolicyResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `reeve.v1.PolicyService`. Simulations and backtests may block.
final class PolicyHandlers extends PolicyServiceGrpc.PolicyServiceImplBase {
  private static final int FLIPS_DEFAULT = 100;
  private static final int FLIPS_MAX = 1_000;

  private final GatewayServices services;
  private final ReevePorts ports;
  private final Replies replies;
  private final Timestamp since;

  PolicyHandlers(GatewayServices services, ReevePorts ports, Replies replies) {
    this.services = services;
    this.ports = ports;
    this.replies = replies;
    since = ProtoTimes.timestamp(Times.micros(services.clock().instant()));
  }

  @Override
  public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> observer) {
    replies.send(observer, this::policy);
  }

  private GetPolicyResponse policy() {
    PolicySnapshot inForce = services.kernel().policy();
    PolicyDocument document = inForce.document();
    LoadedPolicy loaded = ports.policy().get();
    GetPolicyResponse.Builder out =
        GetPolicyResponse.newBuilder()
            .setRules(document.rules().size())
            .setInputRules(document.more().inputRules().size())
            .setOutputRules(document.more().outputRules().size())
            .setTrouble(loaded.trouble())
            .addAllRuleSummaries(RuleSummaries.of(document));
    services
        .kernel()
        .history()
        .find(inForce.id())
        .ifPresent(entry -> out.setSnapshot(encode(entry)));
    loaded.files().forEach(file -> out.addFiles(encode(file)));
    services.rules().shadows().all().forEach(shadow -> out.addShadows(encode(shadow)));
    return out.build();
  }

  @Override
  public void listPolicySnapshots(
      ListPolicySnapshotsRequest request, StreamObserver<ListPolicySnapshotsResponse> observer) {
    replies.send(
        observer,
        () ->
            ListPolicySnapshotsResponse.newBuilder()
                .addAllSnapshots(
                    services.kernel().history().newestFirst().stream()
                        .map(PolicyHandlers::encode)
                        .toList())
                .build());
  }

  @Override
  public void getPolicySnapshot(
      GetPolicySnapshotRequest request, StreamObserver<GetPolicySnapshotResponse> observer) {
    replies.send(observer, () -> snapshot(request.getSnapshot()));
  }

  private GetPolicySnapshotResponse snapshot(String id) {
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(!id.isEmpty(), "snapshot", "none", "the id of a policy, as in ListPolicySnapshots")
        .throwIfAny();
    PolicyHistory history = services.kernel().history();
    PolicyHistory.Entry entry = history.find(id).orElseThrow(() -> notKept(id));
    // It may have been let go of since.
    List<LoadedPolicy.File> files = history.files(id).orElseThrow(() -> notKept(id));
    return GetPolicySnapshotResponse.newBuilder()
        .setSnapshot(encode(entry))
        .addAllFiles(files.stream().map(PolicyHandlers::encode).toList())
        .build();
  }

  private static ProblemException notKept(String id) {
    return GatewayProblems.POLICY_SNAPSHOT_NOT_FOUND
        .because(
            "snapshot: "
                + Text.quoteForMessage(id)
                + " (expected: one of ListPolicySnapshots; older ones are not kept)")
        .toException();
  }

  @Override
  public void getOutputStats(
      GetOutputStatsRequest request, StreamObserver<GetOutputStatsResponse> observer) {
    replies.send(
        observer,
        () -> {
          GetOutputStatsResponse.Builder out = GetOutputStatsResponse.newBuilder().setSince(since);
          for (OutputCounts.Count count : services.outputs().counts().all()) {
            out.addCountsBuilder()
                .setSource(count.source().name().toLowerCase(Locale.ROOT))
                .setDecision(count.action().name().toLowerCase(Locale.ROOT))
                .setRuleId(count.ruleId())
                .setCount(count.count());
          }
          return out.build();
        });
  }

  @Override
  public void simulatePolicy(
      SimulatePolicyRequest request, StreamObserver<SimulatePolicyResponse> observer) {
    CallScope scope = CallScope.current();
    SafetyKernel.Question question;
    PolicySnapshot candidate;
    try {
      question = PolicyQuestions.of(scope, request.getRequest(), request);
      candidate = candidate(request.getCandidateList());
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    }
    services
        .kernel()
        .simulate(question, candidate, answer(observer, request.getRequest().getJobId()));
  }

  private Answer<SimulatedDecision> answer(
      StreamObserver<SimulatePolicyResponse> observer, String jobId) {
    return new Answer<>() {
      @Override
      public void done(SimulatedDecision both) {
        replies.send(observer, () -> encode(both, jobId));
      }

      @Override
      public void refused(Problem problem) {
        replies.fail(observer, problem);
      }
    };
  }

  @Override
  public void backtestPolicy(
      BacktestPolicyRequest request, StreamObserver<BacktestPolicyResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(observer, () -> backtest(caller, request));
  }

  private BacktestPolicyResponse backtest(Caller caller, BacktestPolicyRequest request) {
    int flipsMax = request.getFlipsMax() == 0 ? FLIPS_DEFAULT : request.getFlipsMax();
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(
            flipsMax >= 1 && flipsMax <= FLIPS_MAX,
            "flips_max",
            String.valueOf(request.getFlipsMax()),
            "0 to " + FLIPS_MAX)
        .require(ProtoTimes.isTime(request.getFrom()), "from", "out of range", "a time")
        .require(ProtoTimes.isTime(request.getTo()), "to", "out of range", "a time")
        .throwIfAny();
    PolicySnapshot candidate = candidate(request.getCandidateList());
    BacktestPolicy.Range range =
        new BacktestPolicy.Range(
            tenant(caller, request.getTenant()),
            request.hasFrom() ? ProtoTimes.micros(request.getFrom()) : Long.MIN_VALUE,
            request.hasTo() ? ProtoTimes.micros(request.getTo()) : Long.MAX_VALUE);
    return BacktestEncoder.encode(candidate.id(), ports.backtest().run(candidate, range, flipsMax));
  }

  /// The operator may ask for every tenant, anybody else for their own.
  private static Optional<String> tenant(Caller caller, String asked) {
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(asked.isEmpty() || Ids.isTenant(asked), "tenant", asked, Ids.TENANT_SHAPE)
        .require(asked.isEmpty() || caller.mayActFor(asked), "tenant", asked, "your own, or none")
        .throwIfAny();
    if (!asked.isEmpty()) {
      return Optional.of(asked);
    }
    return caller.localOperator() ? Optional.empty() : Optional.of(caller.tenant());
  }

  /// The candidate over the floor that is in force.
  private PolicySnapshot candidate(List<PolicyFile> files) {
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(!files.isEmpty(), "candidate", "none", "at least one policy file")
        .throwIfAny();
    List<PolicySource> sources =
        files.stream()
            .map(file ->
                new PolicySource(file.getName(), Bytes.wrap(file.getContent().toByteArray())))
            .toList();
    Optional<PolicySource> floor =
        ports.policy().get().files().stream()
            .filter(LoadedPolicy.File::invariants)
            .map(LoadedPolicy.File::source)
            .findFirst();
    PolicySnapshot candidate = PolicyBundles.load(sources, floor).orThrow("candidate");
    UnknownScanners.refuse("candidate", candidate.document(), services.rules().scanner());
    return candidate;
  }

  private static SimulatePolicyResponse encode(SimulatedDecision both, String jobId) {
    return SimulatePolicyResponse.newBuilder()
        .setActive(PolicyCheckEncoder.encode(both.before(), jobId))
        .setCandidate(PolicyCheckEncoder.encode(both.after(), jobId))
        .setFlips(both.flips())
        .setLoosens(both.loosens())
        .build();
  }

  private static PolicyFile encode(LoadedPolicy.File file) {
    return PolicyFile.newBuilder()
        .setName(file.source().name())
        .setContent(ByteString.copyFrom(file.source().file().toArray()))
        .setInvariants(file.invariants())
        .setVerified(file.verified())
        .build();
  }

  private static dev.reeve.wire.reeve.v1.PolicySnapshot encode(PolicyHistory.Entry entry) {
    return dev.reeve.wire.reeve.v1.PolicySnapshot.newBuilder()
        .setId(entry.snapshot())
        .setInForceAt(ProtoTimes.timestamp(Times.micros(entry.at())))
        .setSource(entry.source())
        .setFirstInForceAt(ProtoTimes.timestamp(Times.micros(entry.firstAt())))
        .setFileCount(entry.files())
        .setSizeBytes(entry.bytes())
        .build();
  }

  private static ShadowPolicy encode(ShadowPolicies.Shadow shadow) {
    return ShadowPolicy.newBuilder()
        .setName(shadow.name())
        .setSnapshot(shadow.snapshotId())
        .setDecided(shadow.decided())
        .setFlipped(shadow.flipped())
        .setLoosened(shadow.loosened())
        .build();
  }
}
