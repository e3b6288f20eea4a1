package dev.reeve.server;

import dev.reeve.engine.MonotonicClock;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.HttpLoops;
import dev.reeve.gateway.provider.BusProviderLink;
import dev.reeve.gateway.provider.ProviderBus;
import dev.reeve.gateway.remote.CallersContext;
import dev.reeve.gateway.remote.GrpcProviderLink;
import dev.reeve.providers.ModelProviders;
import dev.reeve.providers.ProviderSettings;
import dev.reeve.providers.ProviderThreads;
import dev.reeve.providers.Waiting;
import dev.reeve.service.OutputGuards;
import dev.reeve.service.VelocityWindows;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.decider.OutputChain;
import dev.reeve.service.decider.PolicyChain;
import dev.reeve.service.provider.CallModel;
import dev.reeve.service.provider.ChooseProvider;
import dev.reeve.service.provider.ModelCache;
import dev.reeve.service.provider.ModelGate;
import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ModelScreen;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.service.provider.ProviderRound;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/// The configured providers of models, and the use case over them. Connections are made when the
/// first call needs one.
final class Models implements AutoCloseable {
  private static final MonotonicClock CLOCK = System::nanoTime;

  private final Optional<ModelProviders> connections;
  private final ProviderDirectory directory;
  private final CallModel calls;
  private final HttpLoops loops;
  private final String trouble;

  private Models(
      Optional<ModelProviders> connections,
      ProviderDirectory directory,
      CallModel calls,
      HttpLoops loops,
      String trouble) {
    this.loops = loops;
    this.trouble = trouble;
    this.connections = connections;
    this.directory = directory;
    this.calls = calls;
  }

  /// Makes them; asks nobody.
  ///
  /// @param chooser the tenants' routing policies
  /// @param others other deciders about what may be done
  /// @param otherOutput another decider about outputs
  /// @param bus where providers may be that are services of their own
  /// @param loops carry the connections to them; closed with the providers
  /// @param blocking a thread for each task that may wait
  /// @param countsMax requests that velocity windows remember
  static Models create(
      ModelSettings settings,
      ChooseProvider chooser,
      GatewayServices services,
      OutputGuards guards,
      PolicyChain others,
      Optional<OutputChain> otherOutput,
      Bus bus,
      InstantSource clock,
      HttpLoops loops,
      Executor blocking,
      int countsMax) {
    Executor within = CallersContext.on(blocking);
    Optional<ModelProviders> connections =
        settings.providers().isEmpty()
            ? Optional.empty()
            : Optional.of(
                ModelProviders.create(
                    new ProviderThreads(loops.group(), within, CallersContext::here), clock));
    List<ModelProvider> providers = new ArrayList<>();
    for (ConfiguredProvider provider : settings.providers()) {
      providers.add(open(connections.orElseThrow(), provider, bus, clock));
    }
    ProviderDirectory directory = new ProviderDirectory(providers);
    ModelGate gate =
        new ModelGate(
            services.rules(), others, new VelocityWindows(clock, countsMax), services.checks());
    CallModel calls =
        new CallModel(
            gate,
            new ProviderRound(directory, chooser, new Waiting(CallersContext::here), CLOCK, within),
            new ModelScreen(guards::current, services.gate(), otherOutput, gate::bypassed),
            new ModelCache(settings.cache(), CLOCK),
            CLOCK,
            settings.releasesWhole(),
            within);
    return new Models(connections, directory, calls, loops, missingKeys(settings.providers()));
  }

  private static String missingKeys(List<ConfiguredProvider> providers) {
    return providers.stream()
        .filter(provider -> !provider.missingKey().isEmpty())
        .map(provider ->
            "provider "
                + provider.facts().id()
                + " is down: it has no key, the variable "
                + provider.missingKey()
                + " is not set")
        .collect(Collectors.joining("; "));
  }

  /// Which providers have no key; empty when all have theirs.
  String trouble() {
    return trouble;
  }

  private static ModelProvider open(
      ModelProviders connections, ConfiguredProvider provider, Bus bus, InstantSource clock) {
    return switch (provider) {
      case ConfiguredProvider.Api(ProviderSettings settings) -> connections.open(settings);
      case RemoteSettings remote when !remote.missingKey().isEmpty() ->
          connections.keyless(remote.facts(), remote.missingKey());
      case RemoteSettings remote ->
          connections.open(
              remote.facts(),
              remote.retriesMax(),
              remote.target().isPresent()
                  ? GrpcProviderLink.connect(
                      remote.target().get(), remote.remoteId(), remote.key().reveal(), clock)
                  : new BusProviderLink(bus, remote.subject(), remote.remoteId(), clock));
    };
  }

  /// Answers for them on the bus; not at subjects at which some of them are asked.
  ProviderBus listen(ModelSettings settings, Bus bus, BusCalls calls, InstantSource clock) {
    Set<String> others = new HashSet<>();
    List<String> own = new ArrayList<>();
    for (ConfiguredProvider provider : settings.providers()) {
      own.add(provider.facts().id());
      if (provider instanceof RemoteSettings remote && remote.target().isEmpty()) {
        others.add(remote.subject());
      }
    }
    return ProviderBus.start(bus, calls, own, others, clock);
  }

  ProviderDirectory directory() {
    return directory;
  }

  CallModel calls() {
    return calls;
  }

  @Override
  public void close() {
    directory.all().forEach(ModelProvider::close);
    connections.ifPresent(ModelProviders::close);
    loops.close();
  }
}
