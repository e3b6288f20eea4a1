package dev.reeve.cli.client;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal that the command line names itself; all others come from the server.
public final class CliProblems {
  public static final ProblemCode ARGUMENT_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "ARGUMENT_INVALID",
          "An option, an argument or a job file is not as the command expects it.");

  public static final ProblemCode COMMAND_NOT_OFFERED =
      new ProblemCode(
          ProblemKind.INVALID,
          "COMMAND_NOT_OFFERED",
          "The command is planned and not part of this version.");

  public static final ProblemCode FILE_EXISTS =
      new ProblemCode(
          ProblemKind.INVALID, "FILE_EXISTS", "A new file would be written over another one.");

  public static final ProblemCode FILE_UNREADABLE =
      new ProblemCode(
          ProblemKind.INVALID,
          "FILE_UNREADABLE",
          "A file named on the command line cannot be read or written.");

  public static final ProblemCode FILE_TOO_LARGE =
      new ProblemCode(
          ProblemKind.INVALID, "FILE_TOO_LARGE", "A file or stdin holds more than a job may.");

  public static final ProblemCode SERVER_UNREACHABLE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "SERVER_UNREACHABLE",
          "Nobody answers at the address, or the connection was lost.");

  public static final ProblemCode JOB_NOT_FINISHED =
      new ProblemCode(
          ProblemKind.PRECONDITION, "JOB_NOT_FINISHED", "The job has no result yet; wait for it.");

  public static final ProblemCode RESULT_NOT_TEXT =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "RESULT_NOT_TEXT",
          "The result would upset the terminal; write it to a file.");

  public static final ProblemCode RESULT_DAMAGED =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "RESULT_DAMAGED",
          "The bytes received are not those that the server announced.");

  public static final ProblemCode TOOL_MISSING =
      new ProblemCode(
          ProblemKind.INVALID,
          "TOOL_MISSING",
          "A program that the command needs is not installed on this machine.");

  public static final ProblemCode INTERRUPTED =
      new ProblemCode(ProblemKind.CANCELLED, "INTERRUPTED", "The command was told to stop.");

  private CliProblems() {}
}
