package dev.reeve.service.provider;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal around calls of models.
public final class ProviderProblems {
  public static final ProblemCode MODEL_NOT_FOUND =
      new ProblemCode(ProblemKind.NOT_FOUND, "MODEL_NOT_FOUND", "No provider serves the model.");

  public static final ProblemCode PROVIDER_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND, "PROVIDER_NOT_FOUND", "No provider of this name is configured.");

  public static final ProblemCode MODEL_REQUEST_INVALID =
      new ProblemCode(
          ProblemKind.INVALID, "MODEL_REQUEST_INVALID", "The request is none of the OpenAI API.");

  public static final ProblemCode MODEL_OUTPUT_WITHHELD =
      new ProblemCode(
          ProblemKind.DENIED,
          "MODEL_OUTPUT_WITHHELD",
          "The answer of the model may not be read, or not all of it.");

  public static final ProblemCode MODEL_APPROVAL_REQUIRED =
      new ProblemCode(
          ProblemKind.DENIED,
          "MODEL_APPROVAL_REQUIRED",
          "A person would have to approve; a direct call of a model cannot wait for one.");

  public static final ProblemCode PROVIDER_REFUSED =
      new ProblemCode(
          ProblemKind.INVALID, "PROVIDER_REFUSED", "The provider refused the request itself.");

  public static final ProblemCode PROVIDER_RATE_LIMITED =
      new ProblemCode(
          ProblemKind.EXHAUSTED, "PROVIDER_RATE_LIMITED", "The provider takes no more calls now.");

  public static final ProblemCode PROVIDER_FAILED =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "PROVIDER_FAILED",
          "The provider could not be reached or gave no usable answer.");

  public static final ProblemCode PROVIDER_KEY_MISSING =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "PROVIDER_KEY_MISSING",
          "The variable that should hold the key to the provider is not set.");

  public static final ProblemCode PROVIDER_TIMEOUT =
      new ProblemCode(
          ProblemKind.TIMEOUT, "PROVIDER_TIMEOUT", "The provider did not answer in time.");

  public static final ProblemCode PROVIDER_CALL_CANCELLED =
      new ProblemCode(ProblemKind.CANCELLED, "PROVIDER_CALL_CANCELLED", "The caller went away.");

  private ProviderProblems() {}
}
