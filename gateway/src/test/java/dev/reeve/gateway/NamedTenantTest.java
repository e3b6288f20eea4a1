package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CapabilityCeiling;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.ConsentSignal;
import dev.reeve.service.Caller;
import dev.reeve.service.Role;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every field of every request that names a tenant, held against the rule that says for whom a
/// call is made. Paths of HTTP and messages of the bus become calls of these methods.
final class NamedTenantTest {
  private static final Pattern TENANT = Pattern.compile("tenant|tenant_id|org_id|.*_tenant(_id)?");
  private static final int DEPTH_MAX = 8;

  /// Ends of paths to fields that name a tenant and do not say for whom the call is made, with the
  /// reason.
  private static final Map<String, String> OF_SOMETHING_ELSE =
      Map.of(
          "SignalConsentRequest scope.tenant", "whom the signal is about; signals halt for nobody",
          "job.compensation.tenant_id", "of a job that may be submitted later",
          "job.compensation.meta.tenant_id", "of a job that may be submitted later",
          "job.compensation.identity.tenant_id", "of a job that may be submitted later",
          "metadata.workload.security.tenant_id", "a fact about a workload that no handler reads");

  private final List<Dialect> dialects = new ArrayList<>();
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) -> {
        dialects.addAll(AllDialects.of(services, archive));
        return dialects;
      });

  @AfterEach
  void stop() {
    gateway.close();
  }

  /// A method, and an empty request of it.
  private record Method(MethodDescriptor<Message, Message> descriptor, Message request) {
    String name() {
      return descriptor.getFullMethodName();
    }
  }

  private List<Method> methods() {
    List<Method> methods = new ArrayList<>();
    for (Dialect dialect : dialects) {
      dialect
          .services()
          .forEach(service ->
              service
                  .getMethods()
                  .forEach(method -> methods.add(method(method.getMethodDescriptor()))));
      dialect
          .internalServices()
          .forEach(service ->
              service
                  .getMethods()
                  .forEach(method -> methods.add(method(method.getMethodDescriptor()))));
    }
    return methods;
  }

  @SuppressWarnings("unchecked")
  private static Method method(MethodDescriptor<?, ?> descriptor) {
    PrototypeMarshaller<?> requests = (PrototypeMarshaller<?>) descriptor.getRequestMarshaller();
    return new Method(
        (MethodDescriptor<Message, Message>) descriptor,
        (Message) Objects.requireNonNull(requests.getMessagePrototype()));
  }

  private static List<List<FieldDescriptor>> namingFields(Descriptor type) {
    List<List<FieldDescriptor>> found = new ArrayList<>();
    collect(type, List.of(), new HashSet<>(), found);
    return found;
  }

  private static void collect(
      Descriptor type,
      List<FieldDescriptor> before,
      Set<Descriptor> above,
      List<List<FieldDescriptor>> found) {
    if (before.size() > DEPTH_MAX || !above.add(type)) {
      return;
    }
    for (FieldDescriptor field : type.getFields()) {
      List<FieldDescriptor> path = new ArrayList<>(before);
      path.add(field);
      switch (field.getJavaType()) {
        case STRING -> {
          if (TENANT.matcher(field.getName()).matches()) {
            found.add(path);
          }
        }
        case MESSAGE -> collect(field.getMessageType(), path, above, found);
        default -> {}
      }
    }
    above.remove(type);
  }

  private static Optional<String> excuse(String field) {
    return OF_SOMETHING_ELSE.keySet().stream().filter(field::endsWith).findFirst();
  }

  private static String text(Descriptor type, List<FieldDescriptor> path) {
    return type.getFullName()
        + " "
        + path.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
  }

  @Test
  void every_field_that_names_a_tenant_is_known_to_the_rule_or_is_of_something_else() {
    Set<String> unknown = new TreeSet<>();
    Set<String> excuses = new TreeSet<>();
    for (Method method : methods()) {
      Descriptor type = method.request().getDescriptorForType();
      for (List<FieldDescriptor> path : namingFields(type)) {
        if (!NamedTenant.fields(type).contains(path)) {
          String field = text(type, path);
          excuse(field).ifPresentOrElse(excuses::add, () -> unknown.add(field));
        }
      }
    }

    assertThat(unknown).isEmpty();
    assertThat(excuses).isEqualTo(OF_SOMETHING_ELSE.keySet());
  }

  @Test
  void the_tenant_of_the_message_counts_and_not_that_of_the_headers() {
    Caller operator =
        new Caller("local-operator", Role.ADMIN, true, "of-headers", "", "reeve", "", "", "");
    Map<String, String> counted = new LinkedHashMap<>();
    for (Method method : methods()) {
      for (List<FieldDescriptor> path : known(method)) {
        Message request = with(method.request(), path, "acme");
        counted.put(
            text(request.getDescriptorForType(), path), NamedTenant.of(operator, request).tenant());
      }
      assertThat(NamedTenant.of(operator, method.request()).tenant()).isEqualTo("of-headers");
    }

    assertThat(counted)
        .hasSizeGreaterThan(20)
        .allSatisfy((_, t) -> assertThat(t).isEqualTo("acme"));
  }

  @Test
  void a_stop_of_the_tenant_that_a_message_names_refuses_the_call() throws Exception {
    stopAcme();
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Method method : methods()) {
      if (isAlwaysPossible(method)) {
        continue;
      }
      for (List<FieldDescriptor> path : known(method)) {
        Message request = with(method.request(), path, "acme");
        reasons.put(
            method.name() + " " + text(request.getDescriptorForType(), path),
            reason(method.descriptor(), request));
      }
    }

    assertThat(reasons)
        .hasSizeGreaterThan(30)
        .allSatisfy((_, reason) -> assertThat(reason).isEqualTo("CONSENT_STOP_ACTIVE"));
  }

  /// Work may be given up whatever was said.
  private boolean isAlwaysPossible(Method method) {
    return dialects.stream()
        .flatMap(dialect -> dialect.actions().entrySet().stream())
        .anyMatch(entry ->
            entry.getKey().equals(method.name())
                && entry.getValue().id().equals("action:job:cancel"));
  }

  private List<List<FieldDescriptor>> known(Method method) {
    Descriptor type = method.request().getDescriptorForType();
    return namingFields(type).stream().filter(path -> excuse(text(type, path)).isEmpty()).toList();
  }

  private static Message with(Message message, List<FieldDescriptor> path, String tenant) {
    Message.Builder out = message.toBuilder();
    FieldDescriptor first = path.getFirst();
    out.setField(
        first,
        path.size() == 1
            ? tenant
            : with((Message) message.getField(first), path.subList(1, path.size()), tenant));
    return out.build();
  }

  private void stopAcme() {
    ConsentSignal said =
        new ConsentSignal(ConsentSignal.Kind.STOP, "admin", 0, 0, new ConsentScope("acme", "", ""));
    Consent consent = Consent.of(List.of(said), Set.of("admin"));
    gateway.standing(() -> new ActionCheck.Standing(consent, CapabilityCeiling.NONE, true, true));
  }

  private String reason(MethodDescriptor<Message, Message> method, Message request)
      throws Exception {
    boolean internal =
        dialects.stream()
            .flatMap(dialect -> dialect.internalServices().stream())
            .anyMatch(service -> service.getMethod(method.getFullMethodName()) != null);
    Channel channel = internal ? gateway.internalChannel() : gateway.channel();
    CompletableFuture<String> closed = new CompletableFuture<>();
    ClientCall<Message, Message> call = channel.newCall(method, CallOptions.DEFAULT);
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER), "of-headers");
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            closed.complete(
                status.isOk()
                    ? "OK"
                    : Refusals.info(new StatusRuntimeException(status, trailers)).getReason());
          }
        },
        headers);
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    return closed.get(30, TimeUnit.SECONDS);
  }
}
