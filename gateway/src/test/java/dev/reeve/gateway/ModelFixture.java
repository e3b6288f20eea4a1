package dev.reeve.gateway;

import dev.reeve.engine.MonotonicClock;
import dev.reeve.gateway.openai.OpenAiDialect;
import dev.reeve.gateway.provider.ProviderDialect;
import dev.reeve.policy.VelocityCounter;
import dev.reeve.service.Caller;
import dev.reeve.service.OutputGuards;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.decider.PolicyChain;
import dev.reeve.service.provider.CallModel;
import dev.reeve.service.provider.ChooseProvider;
import dev.reeve.service.provider.ModelCache;
import dev.reeve.service.provider.ModelGate;
import dev.reeve.service.provider.ModelScreen;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.service.provider.ProviderRound;
import io.grpc.Context;
import io.grpc.Metadata;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Calls of models, of no provider or of some.
public final class ModelFixture {
  private static final MonotonicClock CLOCK = System::nanoTime;

  private ModelFixture() {}

  /// The OpenAI API without any provider.
  public static Dialect dialect(GatewayServices services) {
    return OpenAiDialect.create(
        calls(services), ProviderDirectory.EMPTY, ServedTenants.ALL, services.blocking());
  }

  static Dialect providers(GatewayServices services) {
    return ProviderDialect.create(
        calls(services),
        ProviderDirectory.EMPTY,
        ServedTenants.ALL,
        services.clock(),
        services.blocking());
  }

  /// `beamline.provider.v1` over these.
  public static Dialect providers(GatewayServices services, ProviderDirectory directory) {
    return ProviderDialect.create(
        calls(services, directory),
        directory,
        ServedTenants.ALL,
        services.clock(),
        services.blocking());
  }

  private static CallModel calls(GatewayServices services) {
    return calls(services, ProviderDirectory.EMPTY);
  }

  /// Runs a handler as the chain does in a governed call of the operator.
  public static void inCall(RegisteredAction action, String fullMethodName, Runnable handler) {
    CallScope scope =
        new CallScope(
            Caller.localOperator(Caller.TENANT_DEFAULT, "", "openai", "", "127.0.0.1"),
            action,
            new Metadata(),
            fullMethodName,
            new ReceivedTexts(),
            new CallPermit());
    Context.current().withValue(CallScope.KEY, scope).run(handler);
  }

  /// Calls of models of these providers.
  public static CallModel calls(GatewayServices services, ProviderDirectory directory) {
    OutputGuards guards = new OutputGuards(services.rules(), SharedScanner.builtIn(), CLOCK);
    ModelGate gate =
        new ModelGate(
            services.rules(), PolicyChain.OURS_ALONE, VelocityCounter.NONE, services.checks());
    return new CallModel(
        gate,
        new ProviderRound(
            directory,
            ChooseProvider.NONE,
            (_, _) -> CompletableFuture.completedFuture(true),
            CLOCK,
            services.blocking()),
        new ModelScreen(guards::current, services.gate(), Optional.empty(), gate::bypassed),
        new ModelCache(ModelCache.Settings.OFF, CLOCK),
        CLOCK,
        false,
        services.blocking());
  }
}
