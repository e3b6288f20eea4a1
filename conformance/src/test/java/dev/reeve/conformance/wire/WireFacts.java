package dev.reeve.conformance.wire;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Turns descriptors into facts. Owners come by name, fields and enum values by number, rpcs by
/// name, so that moving a definition to another file changes nothing.
final class WireFacts {
  private final Map<String, List<WireFact>> byName = new TreeMap<>();

  private WireFacts() {}

  static List<WireFact> of(FileDescriptorSet descriptors, WireDialect dialect) {
    WireFacts facts = new WireFacts();
    for (FileDescriptorProto file : descriptors.getFileList()) {
      if (dialect.packages().contains(file.getPackage())) {
        facts.add(file);
      }
    }
    return facts.byName.values().stream().flatMap(List::stream).toList();
  }

  private void add(FileDescriptorProto file) {
    String prefix = file.getPackage() + ".";
    file.getServiceList().forEach(service -> addService(prefix, service));
    file.getMessageTypeList().forEach(message -> addMessage(prefix, message));
    file.getEnumTypeList().forEach(type -> addEnum(prefix, type));
  }

  private void addService(String prefix, ServiceDescriptorProto service) {
    List<String> rpcs =
        service.getMethodList().stream()
            .sorted(comparing(MethodDescriptorProto::getName))
            .map(WireFacts::rpc)
            .toList();
    put("service", prefix + service.getName(), rpcs);
  }

  private void addMessage(String prefix, DescriptorProto message) {
    String name = prefix + message.getName();
    Map<String, DescriptorProto> entries =
        message.getNestedTypeList().stream()
            .filter(nested -> nested.getOptions().getMapEntry())
            .collect(Collectors.toMap(DescriptorProto::getName, Function.identity()));
    List<String> fields = new ArrayList<>();
    message.getFieldList().stream()
        .sorted(comparingInt(FieldDescriptorProto::getNumber))
        .forEach(field -> fields.add(field(message, field, entries)));
    // The descriptor's end is exclusive.
    message
        .getReservedRangeList()
        .forEach(
            range -> fields.add("reserved " + range.getStart() + " to " + (range.getEnd() - 1)));
    put("message", name, fields);
    message.getNestedTypeList().stream()
        .filter(nested -> !nested.getOptions().getMapEntry())
        .forEach(nested -> addMessage(name + ".", nested));
    message.getEnumTypeList().forEach(type -> addEnum(name + ".", type));
  }

  private void addEnum(String prefix, EnumDescriptorProto type) {
    List<String> values =
        type.getValueList().stream()
            .sorted(comparingInt(EnumValueDescriptorProto::getNumber))
            .map(value -> value.getNumber() + " " + value.getName())
            .toList();
    put("enum", prefix + type.getName(), values);
  }

  private void put(String kind, String name, List<String> texts) {
    String owner = kind + " " + name;
    List<WireFact> facts = new ArrayList<>();
    facts.add(new WireFact(owner, ""));
    texts.forEach(text -> facts.add(new WireFact(owner, text)));
    byName.put(name, facts);
  }

  private static String rpc(MethodDescriptorProto rpc) {
    return rpc.getName()
        + "("
        + (rpc.getClientStreaming() ? "stream " : "")
        + withoutDot(rpc.getInputType())
        + ") returns ("
        + (rpc.getServerStreaming() ? "stream " : "")
        + withoutDot(rpc.getOutputType())
        + ")";
  }

  private static String field(
      DescriptorProto message, FieldDescriptorProto field, Map<String, DescriptorProto> entries) {
    String type = type(field);
    DescriptorProto entry = entries.get(type.substring(type.lastIndexOf('.') + 1));
    StringBuilder text = new StringBuilder();
    text.append(field.getNumber()).append(' ').append(field.getName()).append(": ");
    if (entry != null) {
      text.append(
          entry.getFieldList().stream().map(WireFacts::type).collect(joining(", ", "map<", ">")));
    } else if (field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED) {
      text.append("repeated ").append(type);
    } else {
      text.append(field.getProto3Optional() ? "optional " : "").append(type);
    }
    if (field.hasOneofIndex() && !field.getProto3Optional()) {
      text.append(" oneof=").append(message.getOneofDecl(field.getOneofIndex()).getName());
    }
    return text.append(" json=").append(field.getJsonName()).toString();
  }

  private static String type(FieldDescriptorProto field) {
    return field.hasTypeName()
        ? withoutDot(field.getTypeName())
        : field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
  }

  private static String withoutDot(String typeName) {
    return typeName.startsWith(".") ? typeName.substring(1) : typeName;
  }
}
