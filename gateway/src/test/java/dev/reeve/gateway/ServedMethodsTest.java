package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.gateway.beamline.BeamlineDialect;
import dev.reeve.gateway.cap.CapDialect;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.eigen.EigenDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.openai.OpenAiDialect;
import dev.reeve.gateway.provider.ProviderDialect;
import dev.reeve.gateway.reeve.ReeveDialect;
import dev.reeve.service.RegisteredAction;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the listeners of a running gateway answer, held against what is registered.
final class ServedMethodsTest {
  private static final Set<String> PAGES = Set.of("/healthz", "/metrics");

  private static final Map<String, String> MODEL_PATHS = OpenAiDialect.paths();

  private final List<Dialect> dialects = new ArrayList<>();
  private final GatewayFixture fixture =
      GatewayFixture.start((services, archive) -> {
        dialects.addAll(AllDialects.of(services, archive));
        return dialects;
      });
  private final Gateway gateway = fixture.gateway();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static Set<String> methods(List<ServerServiceDefinition> services) {
    Set<String> names = new TreeSet<>();
    services.forEach(service ->
        service
            .getMethods()
            .forEach(method -> names.add(method.getMethodDescriptor().getFullMethodName())));
    return names;
  }

  /// Who serves each method, by the servers that listen, the one behind HTTP too.
  private Map<String, String> served() {
    Map<String, String> owners = new TreeMap<>();
    for (Server server : gateway.listeners().servers()) {
      methods(server.getServices()).forEach(method -> owners.put(method, "reeve"));
    }
    gateway.served().notYet().methods().forEach(method -> owners.put(method, "reeve"));
    for (Dialect dialect : dialects) {
      methods(dialect.services()).forEach(method -> owners.replace(method, dialect.name()));
      methods(dialect.internalServices()).forEach(method -> owners.replace(method, dialect.name()));
    }
    return owners;
  }

  @Test
  void every_method_that_a_listener_answers_is_registered_by_the_dialect_that_serves_it() {
    Map<String, String> served = served();

    assertThat(served)
        .containsEntry("kernel_api.v0.1.KernelGateway/EnqueueJob", "eigen")
        .containsEntry("mathison.MathisonService/RunJob", "mathison")
        .containsKeys(
            "grpc.health.v1.Health/Check",
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
    Map<String, String> registered = new TreeMap<>();
    served
        .keySet()
        .forEach(method ->
            gateway
                .served()
                .registry()
                .find(method)
                .ifPresent(entry -> registered.put(method, entry.dialect())));
    assertThat(registered).isEqualTo(served);
  }

  @Test
  void each_path_of_http_is_a_method_or_a_known_page() {
    Set<String> paths = new TreeSet<>(gateway.listeners().edge().paths());

    assertThat(paths).containsAll(PAGES);
    paths.removeAll(PAGES);
    paths.removeAll(MODEL_PATHS.keySet());
    // What is below them is a method of its own each time.
    paths.removeIf(path -> path.startsWith("/api/v1/"));
    assertThat(MODEL_PATHS.values())
        .allSatisfy(method -> assertThat(gateway.served().registry().find(method)).isPresent());
    assertThat(paths)
        .isNotEmpty()
        .allSatisfy(
            path -> assertThat(gateway.served().registry().find(path.substring(1))).isPresent());
  }

  @Test
  void what_is_said_to_be_registered_is_served_and_nothing_more() {
    Map<String, Map<String, RegisteredAction>> said =
        Map.of(
            "reeve", ReeveDialect.actions(),
            "eigen", EigenDialect.actions(),
            "beamline", BeamlineDialect.actions(),
            "cordum", CordumDialect.actions(),
            "cap", CapDialect.actions(),
            "mathison", MathisonDialect.actions(),
            "provider", ProviderDialect.actions(),
            "openai", OpenAiDialect.actions());

    for (Dialect dialect : dialects) {
      Set<String> served = new HashSet<>(methods(dialect.services()));
      served.addAll(methods(dialect.internalServices()));
      assertThat(dialect.actions().keySet()).as(dialect.name()).isEqualTo(served);
      assertThat(said.get(dialect.name())).as(dialect.name()).isEqualTo(dialect.actions());
    }
  }

  @Test
  void a_dialect_with_a_method_that_has_no_action_cannot_be_made() {
    for (Dialect dialect : dialects) {
      for (String method : dialect.actions().keySet()) {
        Map<String, RegisteredAction> fewer = new HashMap<>(dialect.actions());
        fewer.remove(method);

        assertThatThrownBy(() ->
                new Dialect(
                    dialect.name(),
                    dialect.services(),
                    dialect.internalServices(),
                    fewer,
                    dialect.problems()))
            .hasMessageContaining(dialect.name() + ": " + method + " has no action");
      }
    }
  }
}
