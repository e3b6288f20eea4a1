package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.ledger.ExportLine;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Open Cybersecurity Schema Framework 1.3.0, class API Activity (6003), a JSON object a line: what
/// is required there, and what a receipt knows besides.
final class OcsfFormat implements AuditFormat {
  private static final String SCHEMA_VERSION = "1.3.0";
  private static final int CATEGORY_APPLICATION = 6;
  private static final int CLASS_API_ACTIVITY = 6_003;
  private static final int ACTIVITY_OTHER = 99;
  private static final int STATUS_SUCCESS = 1;
  private static final int STATUS_FAILURE = 2;

  @Override
  public Optional<byte[]> header() {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> receipt(ExportLine line) {
    return line instanceof ExportLine.Entry entry
        ? Optional.of(Json.line(event(entry)).getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  @Override
  public Optional<byte[]> head(ExportLine.Head head) {
    return Optional.empty();
  }

  private static JsonObject event(ExportLine.Entry entry) {
    Leaf leaf = entry.leaf();
    Receipt receipt = leaf.receipt();
    DecisionSeverity severity = DecisionSeverity.of(receipt.decision());
    JsonObject event = new JsonObject();
    event.addProperty("activity_id", ACTIVITY_OTHER);
    event.addProperty("activity_name", receipt.decision());
    event.addProperty("category_uid", CATEGORY_APPLICATION);
    event.addProperty("category_name", "Application Activity");
    event.addProperty("class_uid", CLASS_API_ACTIVITY);
    event.addProperty("class_name", "API Activity");
    event.addProperty("type_uid", CLASS_API_ACTIVITY * 100L + ACTIVITY_OTHER);
    event.addProperty("type_name", "API Activity: Other");
    event.addProperty("severity_id", severity.ocsfId());
    event.addProperty("severity", severity.ocsfName());
    event.addProperty("time", EpochMicros.millis(leaf.atMicros()));
    event.addProperty("status_id", severity.isRefusal() ? STATUS_FAILURE : STATUS_SUCCESS);
    addUnlessEmpty(event, "status_detail", receipt.reason());
    event.add("metadata", metadata(entry));
    event.add("actor", actor(receipt));
    event.add("api", api(receipt));
    event.add("src_endpoint", named("Reeve"));
    if (!receipt.job().isEmpty()) {
      event.add("resources", resources(receipt));
    }
    event.add("unmapped", unmapped(entry));
    return event;
  }

  private static JsonObject metadata(ExportLine.Entry entry) {
    JsonObject product = named("Reeve");
    product.addProperty("vendor_name", "Reeve");
    product.addProperty("version", BuildVersion.text());
    JsonObject metadata = new JsonObject();
    metadata.addProperty("version", SCHEMA_VERSION);
    metadata.addProperty("uid", entry.hash().hex());
    metadata.addProperty("sequence", entry.leaf().index());
    metadata.add("product", product);
    addUnlessEmpty(metadata, "tenant_uid", entry.leaf().receipt().tenant());
    return metadata;
  }

  private static JsonObject actor(Receipt receipt) {
    String name = receipt.actor().isEmpty() ? "reeve" : receipt.actor();
    JsonObject actor = new JsonObject();
    actor.add("user", named(name));
    return actor;
  }

  private static JsonObject api(Receipt receipt) {
    JsonObject api = new JsonObject();
    api.addProperty("operation", receipt.action());
    api.add("service", named("reeve"));
    return api;
  }

  private static JsonArray resources(Receipt receipt) {
    JsonObject job = new JsonObject();
    job.addProperty("type", "job");
    job.addProperty("uid", receipt.job());
    JsonArray resources = new JsonArray();
    resources.add(job);
    return resources;
  }

  private static JsonObject unmapped(ExportLine.Entry entry) {
    Receipt receipt = entry.leaf().receipt();
    JsonObject unmapped = new JsonObject();
    unmapped.addProperty("decision", receipt.decision());
    addUnlessEmpty(unmapped, "rule", receipt.rule());
    addUnlessEmpty(unmapped, "policy_snapshot", receipt.snapshot());
    addUnlessEmpty(unmapped, "genome", receipt.genome());
    unmapped.addProperty("leaf_hash", entry.hash().hex());
    return unmapped;
  }

  private static JsonObject named(String name) {
    JsonObject object = new JsonObject();
    object.addProperty("name", name);
    return object;
  }

  private static void addUnlessEmpty(JsonObject object, String key, String value) {
    if (!value.isEmpty()) {
      object.addProperty(key, value);
    }
  }
}
