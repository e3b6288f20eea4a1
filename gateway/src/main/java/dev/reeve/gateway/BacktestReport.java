package dev.reeve.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.reeve.policy.PolicySource;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.reeve.v1.BacktestFlip;
import dev.reeve.wire.reeve.v1.BacktestPolicyRequest;
import dev.reeve.wire.reeve.v1.BacktestPolicyResponse;
import dev.reeve.wire.reeve.v1.BacktestTenant;
import dev.reeve.wire.reeve.v1.PolicyFile;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What a backtest found, for people and for programs; made without a server, or by one.
public final class BacktestReport {
  private static final String DECISION = "DECISION_TYPE_";

  private final BacktestPolicyResponse result;

  private BacktestReport(BacktestPolicyResponse result) {
    this.result = result;
  }

  /// What to try.
  ///
  /// @param candidate files of the policy, merged in order
  /// @param tenant only its jobs; empty for all
  /// @param flipsMax at most so many flips are shown
  public record Question(
      List<PolicySource> candidate,
      String tenant,
      int flipsMax,
      Optional<Timestamp> from,
      Optional<Timestamp> to) {}

  /// @param snapshot id of the candidate
  public static BacktestReport of(String snapshot, BacktestPolicy.Result result) {
    return new BacktestReport(BacktestEncoder.encode(snapshot, result));
  }

  /// Has a server try the candidate. Blocks; throws what a gRPC stub throws.
  ///
  /// @param channel leads to the server
  /// @param callTimeout longest wait for the answer
  public static BacktestReport ask(Channel channel, Duration callTimeout, Question question) {
    BacktestPolicyRequest.Builder request =
        BacktestPolicyRequest.newBuilder()
            .setFlipsMax(question.flipsMax())
            .setTenant(question.tenant());
    question.from().ifPresent(request::setFrom);
    question.to().ifPresent(request::setTo);
    for (PolicySource source : question.candidate()) {
      request.addCandidate(
          PolicyFile.newBuilder()
              .setName(source.name())
              .setContent(ByteString.copyFrom(source.file().toArray())));
    }
    return new BacktestReport(
        PolicyServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .backtestPolicy(request.build()));
  }

  /// Whether any job would have been decided otherwise.
  public boolean hasFlips() {
    return flipped(result) > 0;
  }

  /// The flips, then the whole.
  ///
  /// @param json one JSON object a flip, then one for the whole
  public List<String> lines(boolean json) {
    List<String> lines = new ArrayList<>();
    result.getFlipsList().forEach(flip -> lines.add(json ? flipJson(flip) : flipText(flip)));
    if (json) {
      lines.add(summaryJson(result));
    } else {
      result.getTenantsList().forEach(tenant -> lines.add(tenantText(tenant)));
      lines.add(summaryText(result));
    }
    return lines;
  }

  private static String flipJson(BacktestFlip flip) {
    JsonObject line = new JsonObject();
    line.addProperty("job_id", flip.getJobId());
    line.addProperty("tenant", flip.getTenant());
    line.add("before", JsonParser.parseString(ProtoJson.line(flip.getBefore())));
    line.add("after", JsonParser.parseString(ProtoJson.line(flip.getAfter())));
    return line.toString();
  }

  private static String summaryJson(BacktestPolicyResponse result) {
    JsonObject line = new JsonObject();
    line.addProperty("snapshot", result.getSnapshot());
    line.addProperty("decided", decided(result));
    line.addProperty("flipped", flipped(result));
    line.addProperty("loosened", loosened(result));
    line.addProperty("without_content", result.getWithoutContent());
    JsonArray tenants = new JsonArray();
    for (BacktestTenant tenant : result.getTenantsList()) {
      JsonObject one = new JsonObject();
      one.addProperty("tenant", tenant.getTenant());
      one.addProperty("decided", tenant.getDecided());
      one.addProperty("flipped", tenant.getFlipped());
      one.addProperty("loosened", tenant.getLoosened());
      tenants.add(one);
    }
    line.add("tenants", tenants);
    return line.toString();
  }

  private static String flipText(BacktestFlip flip) {
    return "job "
        + flip.getJobId()
        + " of "
        + flip.getTenant()
        + ": "
        + words(flip.getBefore())
        + " -> "
        + words(flip.getAfter());
  }

  private static String words(PolicyCheckResponse answer) {
    String decision = answer.getDecision().name().replace(DECISION, "");
    String rule = answer.getRuleId().isEmpty() ? "" : " by " + answer.getRuleId();
    String reason = answer.getReason().isEmpty() ? "" : " (" + answer.getReason() + ")";
    return decision + rule + reason;
  }

  private static String tenantText(BacktestTenant tenant) {
    return "tenant "
        + tenant.getTenant()
        + ": "
        + counts(tenant.getDecided(), tenant.getFlipped(), tenant.getLoosened());
  }

  private static String summaryText(BacktestPolicyResponse result) {
    String text = "all: " + counts(decided(result), flipped(result), loosened(result));
    return result.getWithoutContent() == 0
        ? text
        : text
            + "\n"
            + result.getWithoutContent()
            + " were tried without their content, which is gone";
  }

  private static String counts(long decided, long flipped, long loosened) {
    return flipped + " of " + decided + " flip, " + loosened + " would run that did not";
  }

  private static long decided(BacktestPolicyResponse result) {
    return result.getTenantsList().stream().mapToLong(BacktestTenant::getDecided).sum();
  }

  private static long flipped(BacktestPolicyResponse result) {
    return result.getTenantsList().stream().mapToLong(BacktestTenant::getFlipped).sum();
  }

  private static long loosened(BacktestPolicyResponse result) {
    return result.getTenantsList().stream().mapToLong(BacktestTenant::getLoosened).sum();
  }
}
