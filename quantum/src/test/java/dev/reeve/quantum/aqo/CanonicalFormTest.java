package dev.reeve.quantum.aqo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.quantum.SplitMix;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {
  private static final String EXAMPLE =
      "{\"annotations\":{\"observables\":{\"cost\":{\"Z\":[0,1]}}},\"operations\":["
          + "{\"op\":\"H\",\"q\":[0]},{\"op\":\"CX\",\"q\":[0,1]},"
          + "{\"op\":\"RZ\",\"params\":{\"theta\":\"gamma\"},\"q\":[1]},"
          + "{\"c\":[0,1],\"op\":\"MEASURE\",\"q\":[0,1]}],"
          + "\"parameters\":{\"gamma\":0.25},\"qubits\":2,\"version\":\"1.0.0\"}";

  private static AqoDocument read(String json) {
    return AqoReader.read(Bytes.utf8(json), AqoLimits.DEFAULT);
  }

  @Test
  void a_canonical_document_is_written_as_it_was_read() {
    AqoDocument document = read(EXAMPLE);

    assertThat(document.canonical().utf8()).isEqualTo(EXAMPLE);
    assertThat(document.sha256()).isEqualTo(Sha256.of(Bytes.utf8(EXAMPLE)).hex());
  }

  @Test
  void order_and_blanks_of_the_source_do_not_matter() {
    AqoDocument document =
        read(
            """
            { "version": "0.1", "qubits": 1, "parameters": {"b": 1e-5, "a": 2, "é": 1.50},
              "metadata": {"é": "ü\\u0041\\n", "😀": [1.0, -0, 1E2, null, true]},
              "operations": [ {"q": [0], "params": {"theta": 1.570796}, "op": "RX"},
                              {"q": [0], "op": "MEASURE", "c": [0], "basis": "X"} ] }
            """);

    assertThat(document.canonical().utf8())
        .isEqualTo(
            "{\"metadata\":{\"\\u00e9\":\"\\u00fcA\\n\","
                + "\"\\ud83d\\ude00\":[1.0,0,100.0,null,true]},\"operations\":["
                + "{\"op\":\"RX\",\"params\":{\"theta\":1.570796},\"q\":[0]},"
                + "{\"basis\":\"X\",\"c\":[0],\"op\":\"MEASURE\",\"q\":[0]}],"
                + "\"parameters\":{\"a\":2,\"b\":1e-05,\"\\u00e9\":1.5},"
                + "\"qubits\":1,\"version\":\"0.1\"}");
  }

  @Test
  void names_beyond_the_first_plane_come_last() {
    AqoDocument document =
        read(
            "{\"metadata\":{\"\\ud83d\\ude00\":1,\"\\uffff\":2},\"operations\":"
                + "[{\"op\":\"X\",\"q\":[0]}],\"qubits\":1,\"version\":\"1.0.0\"}");

    assertThat(document.canonical().utf8())
        .startsWith("{\"metadata\":{\"\\uffff\":2,\"\\ud83d\\ude00\":1}");
  }

  @Test
  void every_document_reads_back_as_it_was() {
    RandomDocuments documents = new RandomDocuments(new SplitMix(7));
    for (int i = 0; i < 1_000; i++) {
      AqoDocument document = documents.next(List.of(AqoVersion.values()).get(i % 3));

      AqoDocument again = AqoReader.read(document.canonical(), AqoLimits.DEFAULT);

      assertThat(again).isEqualTo(document);
      assertThat(again.canonical()).isEqualTo(document.canonical());
    }
  }
}
