package dev.reeve.policy;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.Map;

/// The condition of a rule in CEL, compiled and type-checked when the file is read. Equal by text.
///
/// It knows the request and nothing else, changes nothing, and stops after a bounded number of
/// steps. Takes about half a microsecond; safe on any thread.
public final class WhenExpression {
  /// Longest expression in characters.
  public static final int LENGTH_MAX = 1024;

  /// Most rounds of all loops of one evaluation.
  public static final int STEPS_MAX = 10_000;

  private static final int DEPTH_MAX = 32;
  private static final int MESSAGE_LENGTH_MAX = 200;

  /// What an evaluation says.
  public enum Outcome {
    TRUE,
    FALSE,
    /// A label that is not there, too many steps, an overflow: no answer.
    FAILED
  }

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LENGTH_MAX)
          .maxParseRecursionDepth(DEPTH_MAX)
          .comprehensionMaxIterations(STEPS_MAX)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("tenant", SimpleType.STRING)
          .addVar("topic", SimpleType.STRING)
          .addVar("capability", SimpleType.STRING)
          .addVar("principal", SimpleType.STRING)
          .addVar("actor_id", SimpleType.STRING)
          .addVar("actor_type", SimpleType.STRING)
          .addVar("pack_id", SimpleType.STRING)
          .addVar("job_id", SimpleType.STRING)
          .addVar("risk_tags", ListType.create(SimpleType.STRING))
          .addVar("requires", ListType.create(SimpleType.STRING))
          .addVar("labels", MapType.create(SimpleType.STRING, SimpleType.STRING))
          .addVar("secrets_present", SimpleType.BOOL)
          .addVar("content_size", SimpleType.INT)
          .addVar("estimated_cost", SimpleType.DOUBLE)
          .setResultType(SimpleType.BOOL)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private final String text;
  private final CelRuntime.Program program;

  private WhenExpression(String text, CelRuntime.Program program) {
    this.text = text;
    this.program = program;
  }

  /// @throws IllegalArgumentException saying what is wrong
  static WhenExpression compile(String text) {
    try {
      return new WhenExpression(
          text, RUNTIME.createProgram(COMPILER.compile(text, "when").getAst()));
    } catch (CelValidationException e) {
      String first = e.getErrors().isEmpty() ? "not CEL" : e.getErrors().getFirst().getMessage();
      throw new IllegalArgumentException(shortened(first), e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException("not CEL: " + e.getMessage(), e);
    }
  }

  private static String shortened(String message) {
    String line = message.lines().findFirst().orElse("not CEL");
    return line.length() <= MESSAGE_LENGTH_MAX ? line : line.substring(0, MESSAGE_LENGTH_MAX);
  }

  /// Whether the condition holds.
  Outcome evaluate(PolicyInput input, String tenant) {
    Map<String, Object> variables = HashMap.newHashMap(16);
    variables.put("tenant", tenant);
    variables.put("topic", input.topic());
    variables.put("capability", input.capability());
    variables.put("principal", input.principal());
    variables.put("actor_id", input.actorId());
    variables.put("actor_type", input.facts().actorType());
    variables.put("pack_id", input.facts().packId());
    variables.put("job_id", input.facts().jobId());
    variables.put("risk_tags", input.riskTags());
    variables.put("requires", input.facts().requires());
    variables.put("labels", input.labels());
    variables.put("secrets_present", input.secretsPresent());
    variables.put("content_size", input.contentOrPrompt().sizeBytes());
    variables.put("estimated_cost", input.facts().estimatedCost());
    try {
      return Boolean.TRUE.equals(program.eval(variables)) ? Outcome.TRUE : Outcome.FALSE;
    } catch (CelEvaluationException e) {
      return Outcome.FAILED;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WhenExpression expression && expression.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
