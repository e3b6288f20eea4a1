package dev.reeve.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of break is seen when it is made to the real protocol; an addition is no break.
class WireChangeTest {
  private static final FileDescriptorSet DESCRIPTORS = WireResources.descriptors();
  private static final String TYPES = "eigen_api/v1/types.proto";
  private static final String JOBS = "eigen_api/v1/job_service.proto";

  /// @param name what is done to the protocol
  /// @param file the proto it is done to
  /// @param edit does it
  /// @param gone the fact that must be missed
  record Break(String name, String file, Consumer<FileDescriptorProto.Builder> edit, String gone) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Break> breaks() {
    return Stream.of(
        field("field removed", DescriptorProto.Builder::removeField),
        field("field renumbered", (message, i) -> message.getFieldBuilder(i).setNumber(99)),
        field("field renamed", (message, i) -> message.getFieldBuilder(i).setName("seq")),
        field("JSON name changed", (message, i) -> message.getFieldBuilder(i).setJsonName("seq")),
        field(
            "field retyped",
            (message, i) ->
                message.getFieldBuilder(i).setType(FieldDescriptorProto.Type.TYPE_SINT64)),
        field(
            "field repeated",
            (message, i) -> message.getFieldBuilder(i).setLabel(Label.LABEL_REPEATED)),
        field(
            "field moved into a oneof",
            (message, i) -> {
              message.addOneofDeclBuilder().setName("which");
              message.getFieldBuilder(i).setOneofIndex(0);
            }),
        message("message removed", (file, i) -> file.removeMessageType(i)),
        message("message renamed", (file, i) -> file.getMessageTypeBuilder(i).setName("Update")),
        value("enum value removed", EnumDescriptorProto.Builder::removeValue),
        value("enum value renamed", (type, i) -> type.getValueBuilder(i).setName("COMPLETED")),
        value("enum value renumbered", (type, i) -> type.getValueBuilder(i).setNumber(17)),
        rpc("rpc removed", (file, i) -> file.getServiceBuilder(0).removeMethod(i)),
        rpc("rpc renamed", (file, i) -> method(file, i).setName("WatchJob")),
        rpc("rpc no longer streams", (file, i) -> method(file, i).setServerStreaming(false)),
        rpc("rpc takes a stream", (file, i) -> method(file, i).setClientStreaming(true)),
        rpc(
            "rpc answers another message",
            (file, i) -> method(file, i).setOutputType(".eigen_api.v1.JobStatus")),
        rpc("service renamed", (file, _) -> file.getServiceBuilder(0).setName("Jobs")));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void break_is_seen(Break made) {
    WireChange change = change(made.file(), made.edit());

    assertThat(change.gone()).extracting(WireFact::toString).contains(made.gone());
    assertThat(change.toString()).contains("gone:  " + made.gone());
  }

  @Test
  void addition_is_no_break() {
    WireChange change =
        change(
            TYPES,
            file ->
                update(file)
                    .addField(
                        FieldDescriptorProto.newBuilder()
                            .setName("note")
                            .setJsonName("note")
                            .setNumber(100)
                            .setLabel(Label.LABEL_OPTIONAL)
                            .setType(FieldDescriptorProto.Type.TYPE_STRING)));

    assertThat(change.gone()).isEmpty();
    assertThat(change.toString())
        .isEqualTo("\nadded: message eigen_api.v1.JobUpdate: 100 note: string json=note");
  }

  @Test
  void move_to_another_file_is_no_change() {
    FileDescriptorSet.Builder moved = DESCRIPTORS.toBuilder();
    DescriptorProto message = update(file(moved, TYPES)).build();
    file(moved, TYPES).removeMessageType(indexOf(DESCRIPTORS, "JobUpdate"));
    file(moved, JOBS).addMessageType(message);

    assertThat(WireChange.between(facts(DESCRIPTORS), facts(moved.build())))
        .matches(WireChange::isNone);
  }

  @Test
  void printed_facts_read_back_the_same() {
    List<WireFact> facts = facts(DESCRIPTORS);

    assertThat(WireFact.parse(WireFact.print(facts))).isEqualTo(facts);
  }

  private static Break field(String name, Edit<DescriptorProto.Builder> edit) {
    return new Break(
        name,
        TYPES,
        file -> {
          DescriptorProto.Builder update = update(file);
          edit.apply(update, indexOfField(update, "event_seq"));
        },
        "message eigen_api.v1.JobUpdate: 6 event_seq: uint64 json=eventSeq");
  }

  private static Break message(String name, Edit<FileDescriptorProto.Builder> edit) {
    return new Break(
        name,
        TYPES,
        file -> edit.apply(file, indexOf(DESCRIPTORS, "JobUpdate")),
        "message eigen_api.v1.JobUpdate");
  }

  private static Break value(String name, Edit<EnumDescriptorProto.Builder> edit) {
    return new Break(
        name,
        TYPES,
        file ->
            file.getEnumTypeBuilderList().stream()
                .filter(type -> type.getName().equals("JobState"))
                .forEach(type -> edit.apply(type, 5)),
        "enum eigen_api.v1.JobState: 5 DONE");
  }

  private static Break rpc(String name, Edit<FileDescriptorProto.Builder> edit) {
    return new Break(
        name,
        JOBS,
        file -> edit.apply(file, 3),
        "service eigen_api.v1.JobService: StreamJobUpdates(eigen_api.v1.JobUpdatesRequest)"
            + " returns (stream eigen_api.v1.JobUpdate)");
  }

  private static WireChange change(String name, Consumer<FileDescriptorProto.Builder> edit) {
    FileDescriptorSet.Builder edited = DESCRIPTORS.toBuilder();
    edit.accept(file(edited, name));
    return WireChange.between(facts(DESCRIPTORS), facts(edited.build()));
  }

  private static List<WireFact> facts(FileDescriptorSet descriptors) {
    return WireFacts.of(descriptors, WireDialect.EIGEN);
  }

  private static FileDescriptorProto.Builder file(FileDescriptorSet.Builder set, String name) {
    return set.getFileBuilderList().stream()
        .filter(file -> file.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static DescriptorProto.Builder update(FileDescriptorProto.Builder types) {
    return types.getMessageTypeBuilder(indexOf(DESCRIPTORS, "JobUpdate"));
  }

  private static int indexOf(FileDescriptorSet set, String message) {
    List<String> names =
        file(set.toBuilder(), TYPES).getMessageTypeList().stream()
            .map(DescriptorProto::getName)
            .toList();
    return names.indexOf(message);
  }

  private static int indexOfField(DescriptorProto.Builder message, String field) {
    List<String> names =
        message.getFieldList().stream().map(FieldDescriptorProto::getName).toList();
    return names.indexOf(field);
  }

  private static MethodDescriptorProto.Builder method(FileDescriptorProto.Builder file, int i) {
    return file.getServiceBuilder(0).getMethodBuilder(i);
  }

  /// Changes the part at an index.
  private interface Edit<B> {
    void apply(B builder, int index);
  }
}
