package dev.reeve.gateway;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.IngressResult;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.RegisteredAction;
import io.grpc.health.v1.HealthProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Every declared method with its request and its registered action, for the gate without a server:
/// what it says of a request is what the chain says. Immutable.
public final class GateMethods {
  private final Map<String, Method> byName = new TreeMap<>();

  /// A method as the gate knows it.
  public static final class Method {
    private final String fullName;
    private final RegisteredAction action;
    private final Descriptor request;

    private Method(String fullName, RegisteredAction action, Descriptor request) {
      this.fullName = fullName;
      this.action = action;
      this.request = request;
    }

    /// `PACKAGE.SERVICE/METHOD`.
    public String fullName() {
      return fullName;
    }

    /// What the method does, as it is registered.
    public RegisteredAction action() {
      return action;
    }

    /// The request of a JSON text.
    ///
    /// @throws dev.reeve.base.ProblemException `JSON_INVALID`
    public Request read(String json) {
      DynamicMessage.Builder builder = DynamicMessage.newBuilder(request);
      ProtoJsonReader.read(json, builder);
      return new Request(action, builder.build());
    }
  }

  /// A request that was read.
  public static final class Request {
    private final RegisteredAction action;
    private final Message message;

    private Request(RegisteredAction action, Message message) {
      this.action = action;
      this.message = message;
    }

    /// As rules see it: members by name, JSON in bytes opened.
    public JsonValue tree() {
      return MessageTree.of(message);
    }

    /// In proto JSON.
    public JsonValue json() {
      return JsonText.parse(ProtoJsonWriter.write(message)).orElseThrow();
    }

    /// The message as it is sent.
    public Bytes toBytes() {
      return Bytes.wrap(message.toByteArray());
    }

    /// What the boundary says of it; the payload of the result is the cleaned request in proto
    /// JSON.
    public IngressResult screen(BoundaryPack pack) {
      MessageScreen.Screened screened =
          ContentStation.takesAsItIs(action)
              ? MessageScreen.Screened.untouched(message)
              : new MessageScreen(pack).screen(message);
      JsonValue clean = new Request(action, screened.message()).json();
      return new IngressResult(
          screened.refusal(), screened.violations(), screened.findings(), clean);
    }
  }

  private GateMethods() {}

  /// Every method of the wire.
  ///
  /// @param served the actions of methods that dialects serve, by full method name
  public static GateMethods of(List<Map<String, RegisteredAction>> served) {
    Map<String, RegisteredAction> actions = new HashMap<>(ActionRegistry.builtIn());
    served.forEach(actions::putAll);
    GateMethods methods = new GateMethods();
    List<FileDescriptor> files = new ArrayList<>(files(NotYetMethods.descriptorSet()));
    files.add(HealthProto.getDescriptor());
    for (FileDescriptor file : files) {
      for (ServiceDescriptor service : file.getServices()) {
        for (MethodDescriptor method : service.getMethods()) {
          methods.add(service.getFullName(), method, actions);
        }
      }
    }
    Set<String> aliases = new HashSet<>(actions.keySet());
    aliases.removeAll(methods.byName.keySet());
    aliases.forEach(alias -> methods.addAlias(alias, actions));
    return methods;
  }

  private void add(String service, MethodDescriptor method, Map<String, RegisteredAction> actions) {
    String name = service + "/" + method.getName();
    Optional.ofNullable(actions.get(name))
        .or(() -> LaterActions.of(name))
        .ifPresent(action -> byName.put(name, new Method(name, action, method.getInputType())));
  }

  /// Names that no proto file can declare: the request is that of the method of the same last name
  /// in a package that is written alike.
  private void addAlias(String alias, Map<String, RegisteredAction> actions) {
    String plain = alias.replace("kernel_api.v0.1.", "kernel_api.v0_1.");
    Method like = byName.get(plain);
    RegisteredAction action = actions.get(alias);
    if (like != null && action != null) {
      byName.put(alias, new Method(alias, action, like.request));
    }
  }

  /// A method by `PACKAGE.SERVICE/METHOD`, by `PACKAGE.SERVICE.METHOD`, or by its last name within
  /// a dialect.
  public Optional<Method> find(String dialect, String name) {
    String full = name.startsWith("/") ? name.substring(1) : name;
    Method exact = byName.get(full);
    if (exact != null) {
      return Optional.of(exact);
    }
    int dot = full.lastIndexOf('.');
    if (dot > 0 && full.indexOf('/') < 0) {
      return Optional.ofNullable(
          byName.get(full.substring(0, dot) + "/" + full.substring(dot + 1)));
    }
    List<Method> named = new ArrayList<>();
    for (Method method : byName.values()) {
      if (!dialect.isEmpty()
          && method.fullName.startsWith(dialect)
          && method.fullName.endsWith("/" + full)) {
        named.add(method);
      }
    }
    return named.stream().findFirst();
  }

  /// Every method, by name.
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  /// The ids of all actions.
  public Set<String> actionIds() {
    Set<String> ids = new HashSet<>();
    byName.values().forEach(method -> ids.add(method.action.id()));
    return ids;
  }

  private static List<FileDescriptor> files(FileDescriptorSet set) {
    Map<String, FileDescriptorProto> protos = new HashMap<>();
    set.getFileList().forEach(file -> protos.put(file.getName(), file));
    Map<String, FileDescriptor> built = new TreeMap<>();
    set.getFileList().forEach(file -> build(file, protos, built));
    return List.copyOf(built.values());
  }

  private static FileDescriptor build(
      FileDescriptorProto file,
      Map<String, FileDescriptorProto> protos,
      Map<String, FileDescriptor> built) {
    FileDescriptor known = built.get(file.getName());
    if (known != null) {
      return known;
    }
    List<FileDescriptor> needs = new ArrayList<>();
    for (String dependency : file.getDependencyList()) {
      FileDescriptorProto proto = protos.get(dependency);
      if (proto == null) {
        throw new IllegalStateException(dependency + " is not in the descriptor set");
      }
      needs.add(build(proto, protos, built));
    }
    try {
      FileDescriptor descriptor =
          FileDescriptor.buildFrom(file, needs.toArray(FileDescriptor[]::new));
      built.put(file.getName(), descriptor);
      return descriptor;
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the descriptor set is part of the wire module", e);
    }
  }
}
