package dev.reeve.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The protocol is what the goldens say. `-Dgolden.update=true` rewrites them; the change of the
/// text is then what a reviewer reads.
class DescriptorGoldenTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final FileDescriptorSet DESCRIPTORS = WireResources.descriptors();

  @ParameterizedTest
  @EnumSource(WireDialect.class)
  void protocol_is_as_recorded(WireDialect dialect) {
    String golden = "golden/wire/" + dialect.fileName();
    List<WireFact> actual = WireFacts.of(DESCRIPTORS, dialect);

    if (UPDATE) {
      WireResources.write(golden, WireFact.print(actual));
    } else {
      List<WireFact> recorded = WireFact.parse(WireResources.text(golden));
      assertThat(WireChange.between(recorded, actual))
          .as("%s (expected: as recorded; -Dgolden.update=true records it)", golden)
          .matches(WireChange::isNone);
    }
  }

  @Test
  void every_package_belongs_to_a_dialect() {
    List<String> known =
        Arrays.stream(WireDialect.values())
            .flatMap(dialect -> dialect.packages().stream())
            .toList();

    assertThat(DESCRIPTORS.getFileList())
        .extracting(FileDescriptorProto::getPackage)
        .filteredOn(name -> !name.equals("google.protobuf"))
        .isSubsetOf(known)
        .containsAll(known);
  }

  @Test
  void protos_import_the_well_known_types_and_each_other_only() {
    List<String> own =
        DESCRIPTORS.getFileList().stream().map(FileDescriptorProto::getName).toList();

    assertThat(DESCRIPTORS.getFileList())
        .flatExtracting(FileDescriptorProto::getDependencyList)
        .allMatch(name -> own.contains(name) || name.startsWith("google/protobuf/"));
    assertThat(own).noneMatch(name -> name.startsWith("google/") && !isWellKnown(name));
  }

  @Test
  void generated_classes_live_below_one_package() {
    assertThat(DESCRIPTORS.getFileList())
        .filteredOn(file -> !isWellKnown(file.getName()))
        .allSatisfy(file -> {
          assertThat(file.getOptions().getJavaPackage())
              .isEqualTo("dev.reeve.wire." + file.getPackage());
          assertThat(file.getOptions().getJavaMultipleFiles()).isTrue();
        });
  }

  private static boolean isWellKnown(String file) {
    return file.startsWith("google/protobuf/");
  }
}
