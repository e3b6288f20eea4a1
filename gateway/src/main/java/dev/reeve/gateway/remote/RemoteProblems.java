package dev.reeve.gateway.remote;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal around the connections to other servers.
public final class RemoteProblems {
  public static final ProblemCode REMOTE_TLS_UNUSABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "REMOTE_TLS_UNUSABLE",
          "A certificate or key for the connection to another server cannot be used.");

  public static final ProblemCode REMOTE_KEY_UNUSABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "REMOTE_KEY_UNUSABLE",
          "The file with the key between a server and a program beside it cannot be used.");

  private RemoteProblems() {}
}
