package dev.reeve.service.bus;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal around the bus.
public final class BusProblems {
  public static final ProblemCode BUS_UNAVAILABLE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "BUS_UNAVAILABLE",
          "The broker is not connected or did not acknowledge; nobody knows whether it has the"
              + " message.");

  public static final ProblemCode BUS_CLOSED =
      new ProblemCode(ProblemKind.UNAVAILABLE, "BUS_CLOSED", "The bus was closed.");

  public static final ProblemCode BUS_BUSY =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "BUS_BUSY",
          "Too many requests or durable messages are without an answer.");

  public static final ProblemCode BUS_MESSAGE_TOO_LARGE =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "BUS_MESSAGE_TOO_LARGE",
          "The message is larger than the bus or its broker takes.");

  public static final ProblemCode BUS_SUBJECT_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "BUS_SUBJECT_INVALID",
          "The subject is empty, too long, has blanks or empty parts, or wildcards where none may"
              + " be.");

  public static final ProblemCode BUS_HEADER_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "BUS_HEADER_INVALID",
          "The name or value of a message header is not printable ASCII.");

  public static final ProblemCode BUS_REQUEST_TIMEOUT =
      new ProblemCode(
          ProblemKind.TIMEOUT, "BUS_REQUEST_TIMEOUT", "No answer came over the bus in time.");

  public static final ProblemCode BUS_ANSWER_LOST =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "BUS_ANSWER_LOST",
          "The broker was lost while an answer was awaited; nobody knows whether the request was"
              + " taken up.");

  public static final ProblemCode BUS_NO_RESPONDERS =
      new ProblemCode(
          ProblemKind.UNAVAILABLE, "BUS_NO_RESPONDERS", "Nobody listens on the request's subject.");

  public static final ProblemCode BUS_NO_STREAM =
      new ProblemCode(
          ProblemKind.UNAVAILABLE, "BUS_NO_STREAM", "No stream of the broker keeps the subject.");

  public static final ProblemCode BUS_ANSWER_FOREIGN =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "BUS_ANSWER_FOREIGN",
          "A listener answered in place of the broker: somebody has the message, and nobody knows"
              + " whether a stream keeps it.");

  public static final ProblemCode BUS_STREAM_REFUSED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "BUS_STREAM_REFUSED",
          "The broker refuses to make the stream, for instance without JetStream.");

  private BusProblems() {}
}
