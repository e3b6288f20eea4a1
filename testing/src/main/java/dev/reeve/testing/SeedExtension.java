package dev.reeve.testing;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// The machinery behind [Seeded]. The generator is a `SplittableRandom`: the same seed gives the
/// same draws on every machine.
final class SeedExtension implements ParameterResolver, TestExecutionExceptionHandler {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SeedExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RandomGenerator.class;
  }

  @Override
  public RandomGenerator resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new SplittableRandom(seed(context));
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    failure.addSuppressed(new FailedSeed(message(context, seed(context))));
    throw failure;
  }

  private static long seed(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent("seed", _ -> Long.getLong("reeve.seed", System.nanoTime()), Long.class);
  }

  private static String message(ExtensionContext context, long seed) {
    return "seed %d; repeat with: mvn -pl %s -am package -Dtest=%s#%s -Dreeve.seed=%d -Dsurefire.failIfNoSpecifiedTests=false"
        .formatted(
            seed,
            System.getProperty("basedir", "MODULE").replaceFirst(".*/", ""),
            context.getRequiredTestClass().getSimpleName(),
            context.getRequiredTestMethod().getName(),
            seed);
  }

  /// Carries the seed into the report of a failed test; it has no stack of its own.
  static final class FailedSeed extends RuntimeException {
    FailedSeed(String message) {
      super(message, null, false, false);
    }
  }
}
