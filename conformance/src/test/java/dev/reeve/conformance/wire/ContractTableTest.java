package dev.reeve.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// The protos hold what the published contracts say. The tables are copied from the contracts, not
/// from the protos, so that a slip in a proto shows. Our own dialect has no such table.
class ContractTableTest {
  @ParameterizedTest
  @EnumSource(value = WireDialect.class, mode = Mode.EXCLUDE, names = "REEVE")
  void protos_hold_every_row_of_the_contract(WireDialect dialect) {
    List<WireFact> contract = ContractTable.read(dialect.fileName());

    assertThat(protos(dialect)).containsAll(contract);
  }

  @ParameterizedTest
  @EnumSource(value = WireDialect.class, mode = Mode.EXCLUDE, names = "REEVE")
  void protos_hold_nothing_else(WireDialect dialect) {
    Set<WireFact> known = new HashSet<>(ContractTable.read(dialect.fileName()));
    known.addAll(ContractTable.read("beyond.txt"));

    assertThat(protos(dialect)).isSubsetOf(known);
  }

  @Test
  void table_reads_the_short_form_of_the_contracts() {
    List<WireFact> facts =
        ContractTable.parse(
            "short.txt",
            """
            # first and later name
            message a.One b.Two
              1 id; 2 tags repeated string; 3 labels map<string,string>
            enum a.State +STATE_
              1 DONE
            service a.Jobs
              Watch One stream Two
            """);

    assertThat(facts)
        .containsExactly(
            new WireFact("message a.One", ""),
            new WireFact("message b.Two", ""),
            new WireFact("message a.One", "1 id: string"),
            new WireFact("message b.Two", "1 id: string"),
            new WireFact("message a.One", "2 tags: repeated string"),
            new WireFact("message b.Two", "2 tags: repeated string"),
            new WireFact("message a.One", "3 labels: map<string, string>"),
            new WireFact("message b.Two", "3 labels: map<string, string>"),
            new WireFact("enum a.State", ""),
            new WireFact("enum a.State", "1 STATE_DONE"),
            new WireFact("service a.Jobs", ""),
            new WireFact("service a.Jobs", "Watch(One) returns (stream Two)"));
  }

  @Test
  void table_names_the_line_it_cannot_read() {
    assertThatThrownBy(() -> ContractTable.parse("short.txt", "message a.One\n  1\n"))
        .hasMessage("short.txt:2: 1 (expected: a number and a name, or an rpc and its types)");
    assertThatThrownBy(() -> ContractTable.parse("short.txt", "record a.One\n"))
        .hasMessage("short.txt:1: record (expected: message, enum or service)");
  }

  private static List<WireFact> protos(WireDialect dialect) {
    return WireFacts.of(WireResources.descriptors(), dialect).stream()
        .map(WireFact::asInContracts)
        .toList();
  }
}
