package dev.reeve.service.knowledge;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal of the knowledge base.
public final class KnowledgeProblems {
  public static final ProblemCode KNOWLEDGE_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "KNOWLEDGE_INVALID",
          "A field of a record, a decision or a query of the knowledge base is out of bounds.");

  public static final ProblemCode KNOWLEDGE_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "KNOWLEDGE_NOT_FOUND",
          "The caller's tenant has no such record in the knowledge base.");

  public static final ProblemCode KNOWLEDGE_EXISTS =
      new ProblemCode(
          ProblemKind.CONFLICT,
          "KNOWLEDGE_EXISTS",
          "The id is taken, and the write may not go over it: a decision never may.");

  public static final ProblemCode KNOWLEDGE_FULL =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "KNOWLEDGE_FULL",
          "The tenant, or the server, keeps as much in the knowledge base as it may.");

  public static final ProblemCode KNOWLEDGE_NOT_KEPT =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "KNOWLEDGE_NOT_KEPT",
          "The disk did not take a write to the knowledge base.");

  private KnowledgeProblems() {}
}
