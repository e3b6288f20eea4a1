package dev.reeve.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.reeve.wire.eigen_api.v1.JobUpdate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Main requests and answers of each dialect, byte by byte: what clients out there send and expect.
class ByteGoldenTest {
  static Stream<ByteGolden> goldens() {
    return Arrays.stream(WireDialect.values()).flatMap(ByteGolden::read);
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void message_is_written_as_these_bytes(ByteGolden golden) throws TextFormat.ParseException {
    Message message = fromText(golden);

    assertThat(hex(message.toByteString())).isEqualTo(hex(golden.bytes()));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void bytes_are_read_as_this_message(ByteGolden golden)
      throws TextFormat.ParseException, InvalidProtocolBufferException {
    Message read = Prototypes.named(golden.name()).getParserForType().parseFrom(golden.bytes());

    assertThat(read).isEqualTo(fromText(golden));
    assertThat(read.getUnknownFields().asMap()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(WireDialect.class)
  void each_package_with_services_has_byte_goldens(WireDialect dialect) {
    Set<String> packages =
        ByteGolden.read(dialect)
            .map(golden -> golden.name().substring(0, golden.name().lastIndexOf('.')))
            .collect(Collectors.toSet());

    assertThat(packages).containsAll(dialect.packages());
  }

  @Test
  void unknown_fields_of_newer_clients_survive() throws InvalidProtocolBufferException {
    // Field 1 "j-1", and field 2000 "x" of a later version.
    ByteString newer = ByteString.copyFrom(HexFormat.of().parseHex("0a036a2d31827d0178"));

    JobUpdate read = JobUpdate.parseFrom(newer);

    assertThat(read.getJobId()).isEqualTo("j-1");
    assertThat(hex(read.toByteString())).isEqualTo(hex(newer));
  }

  private static Message fromText(ByteGolden golden) throws TextFormat.ParseException {
    Message.Builder builder = Prototypes.named(golden.name()).newBuilderForType();
    TextFormat.merge(golden.text(), builder);
    return builder.build();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray());
  }
}
