package dev.reeve.service;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.policy.Constraints;
import java.util.List;

/// Constraints as the JSON that workers of the contract read: names in lowerCamelCase, numbers of
/// 64 bits as text, what is not set left out.
final class ConstraintsJson {
  private ConstraintsJson() {}

  static String of(Constraints constraints) {
    CanonicalWriter out = new CanonicalWriter(256).beginObject();
    Constraints.Budgets budgets = constraints.budgets();
    out.key("budgets").beginObject();
    text("maxArtifactBytes", budgets.maxArtifactBytes(), out);
    out.memberUnlessZero("maxConcurrentJobs", budgets.maxConcurrentJobs());
    out.memberUnlessZero("maxRetries", budgets.maxRetries());
    text("maxRuntimeMs", budgets.maxRuntimeMs(), out);
    out.endObject();
    Constraints.Diff diff = constraints.diff();
    out.key("diff").beginObject();
    list("denyPathGlobs", diff.denyPathGlobs(), out);
    out.memberUnlessZero("maxFiles", diff.maxFiles());
    out.memberUnlessZero("maxLines", diff.maxLines());
    out.endObject();
    out.memberUnlessEmpty("redactionLevel", constraints.redactionLevel());
    Constraints.Sandbox sandbox = constraints.sandbox();
    out.key("sandbox").beginObject();
    list("fsReadOnly", sandbox.fsReadOnly(), out);
    list("fsReadWrite", sandbox.fsReadWrite(), out);
    if (sandbox.isolated()) {
      out.member("isolated", true);
    }
    list("networkAllowlist", sandbox.networkAllowlist(), out);
    out.endObject();
    Constraints.Toolchain toolchain = constraints.toolchain();
    out.key("toolchain").beginObject();
    list("allowedCommands", toolchain.allowedCommands(), out);
    list("allowedTools", toolchain.allowedTools(), out);
    return out.endObject().endObject().toBytes().utf8();
  }

  private static void text(String key, long value, CanonicalWriter out) {
    if (value != 0) {
      out.member(key, String.valueOf(value));
    }
  }

  private static void list(String key, List<String> values, CanonicalWriter out) {
    if (!values.isEmpty()) {
      out.member(key, values);
    }
  }
}
