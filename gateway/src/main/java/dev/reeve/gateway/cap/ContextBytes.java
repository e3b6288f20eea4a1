package dev.reeve.gateway.cap;

import com.google.gson.JsonObject;
import dev.reeve.base.Bytes;
import dev.reeve.job.JobSpec;
import dev.reeve.service.Times;

/// The input of a job as its worker reads it: what a packet or another API brought, as it is; a
/// prompt of the Cordum API in the JSON object of the contract (section 2.2, step 13).
final class ContextBytes {
  private ContextBytes() {}

  static Bytes of(JobSpec spec, Bytes payload) {
    boolean prompt =
        spec.origin().dialect().equals(RequestDecoder.DIALECT) && !RequestFacts.isOf(spec);
    return prompt ? enveloped(spec, payload) : payload;
  }

  private static Bytes enveloped(JobSpec spec, Bytes payload) {
    JsonObject out = new JsonObject();
    out.addProperty("prompt", payload.utf8());
    out.addProperty("adapter_id", spec.work().metadata().getOrDefault("adapter_id", ""));
    out.addProperty("priority", JobPackets.priorityWord(spec.placement().priority()));
    out.addProperty("topic", spec.work().topic());
    out.addProperty("created_at", Times.instant(spec.createdAtMicros()).toString());
    out.addProperty("tenant_id", spec.key().tenant());
    return Bytes.utf8(out.toString());
  }
}
