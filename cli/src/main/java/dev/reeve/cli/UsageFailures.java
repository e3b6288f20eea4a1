package dev.reeve.cli;

import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Failure;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line in the words of the house: `option: value (expected:
/// ...)`, with the nearest name for a misspelt one.
final class UsageFailures {
  private UsageFailures() {}

  static Failure of(ParameterException problem) {
    CommandSpec spec = problem.getCommandLine().getCommandSpec();
    return Failure.of(CliProblems.ARGUMENT_INVALID.because(sentence(problem, spec)))
        .withHint("`" + spec.qualifiedName() + " --help` shows what it takes");
  }

  private static String sentence(ParameterException problem, CommandSpec spec) {
    if (problem instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched(), spec);
    }
    if (problem instanceof MissingParameterException missing) {
      return missing(missing);
    }
    @Nullable ArgSpec argument = problem.getArgSpec();
    if (problem instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + ": given twice (expected: once)";
    }
    @Nullable String value = problem.getValue();
    if (argument != null && value != null && problem.getCause() != null) {
      return name(argument)
          + ": "
          + Text.quoteForMessage(value)
          + " (expected: "
          + problem.getCause().getMessage()
          + ")";
    }
    return String.valueOf(problem.getMessage());
  }

  private static String unmatched(List<String> arguments, CommandSpec spec) {
    String first = arguments.getFirst();
    if (!first.startsWith("-") || first.equals("-")) {
      return Text.quoteForMessage(first) + ": one argument too many";
    }
    String name = first.replaceFirst("=.*", "");
    String nearest =
        Text.nearest(
            name,
            spec.options().stream().map(OptionSpec::longestName).collect(Collectors.toList()));
    return Text.quoteForMessage(name)
        + ": no such option"
        + (nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)");
  }

  private static String missing(MissingParameterException problem) {
    ArgSpec argument =
        problem.getMissing().isEmpty() ? problem.getArgSpec() : problem.getMissing().getFirst();
    if (argument == null) {
      return String.valueOf(problem.getMessage());
    }
    boolean valueOnly =
        argument instanceof OptionSpec && (!argument.required() || problem.getMissing().isEmpty());
    return name(argument)
        + ": missing"
        + (valueOnly ? " its value" : "")
        + (argument instanceof OptionSpec ? " (expected: " + argument.paramLabel() + ")" : "");
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
