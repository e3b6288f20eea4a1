package dev.reeve.gateway.cordum;

import com.google.gson.JsonObject;
import com.google.protobuf.util.Timestamps;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.VerifyLogRequest;
import dev.reeve.wire.reeve.v1.VerifyLogResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What the server says of its own log, on the contract's HTTP surface.
final class RestVerify {
  static final Map<String, RestRoute> ROUTES = Map.of("GET audit/verify", RestVerify::verify);

  private RestVerify() {}

  private static CompletableFuture<Answer> verify(RestRoute.Call call) {
    VerifyLogRequest.Builder request =
        VerifyLogRequest.newBuilder()
            .setEntries((int) Math.min(Integer.MAX_VALUE, RestJson.number(call, "entries")));
    String root = call.parameter("root");
    if (!root.isEmpty() || !call.parameter("size").isEmpty()) {
      request.getKeptBuilder().setSize(RestJson.number(call, "size")).setRootHash(root);
    }
    return call.calls()
        .call(AuditServiceGrpc.getVerifyLogMethod(), request.build())
        .thenApply(found -> RestJson.answer(report(found)));
  }

  private static JsonObject report(VerifyLogResponse found) {
    JsonObject out = new JsonObject();
    out.addProperty("ok", found.getOk());
    out.addProperty("size", found.getSize());
    out.addProperty("root", found.getRootHash());
    out.addProperty("signed_size", found.getSigned().getSize());
    out.addProperty("signed_root", found.getSigned().getRootHash());
    out.addProperty("signed_at", Timestamps.toString(found.getSigned().getSignedAt()));
    out.addProperty("checked_from", found.getCheckedFrom());
    out.addProperty("checked", found.getChecked());
    if (found.hasDamage()) {
      JsonObject damage = new JsonObject();
      damage.addProperty("where", found.getDamage().getWhere());
      damage.addProperty("what", found.getDamage().getWhat());
      out.add("first_damaged", damage);
    }
    return out;
  }
}
