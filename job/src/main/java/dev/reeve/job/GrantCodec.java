package dev.reeve.job;

import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalWriter;

/// A [Grant] as the member `grant` of a stored object; left out when it limits nothing.
final class GrantCodec {
  private GrantCodec() {}

  static void write(Grant grant, CanonicalWriter out) {
    if (grant.equals(Grant.NONE)) {
      return;
    }
    out.key("grant").beginObject();
    out.memberUnlessZero("approvals", grant.approvals());
    out.memberUnlessZero("attempts", grant.attemptsMax());
    out.memberUnlessEmpty("constraints", grant.constraints());
    out.memberUnlessZero("result_bytes", grant.resultBytesMax());
    out.memberUnlessZero("revision", grant.revision());
    out.memberUnlessZero("run_timeout", grant.runTimeoutMicros());
    out.memberUnlessZero("running", grant.runningMax()).endObject();
  }

  static Grant read(CanonicalObject in) {
    if (!in.has("grant")) {
      return Grant.NONE;
    }
    CanonicalObject grant = in.object("grant");
    return new Grant(
        grant.numberOr("run_timeout", 0),
        grant.integerOr("attempts", 0),
        grant.numberOr("result_bytes", 0),
        grant.integerOr("running", 0),
        grant.integerOr("approvals", 0),
        grant.textOr("constraints", ""),
        grant.integerOr("revision", 0));
  }
}
