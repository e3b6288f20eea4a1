package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers and addresses that look like those of a person and are none, beside those that are.
class PersonalDataFormsTest {
  private static final ContentScanner SCANNER = new ContentScanner(ScanRules.builtIn());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Chrome/120.0.0.0 Safari",
        "nginx/1.25.3.44",
        "10.0.0.1",
        "172.16.0.1 172.31.255.1",
        "192.168.1.1",
        "169.254.1.1",
        "127.0.0.1",
        "192.0.2.0",
        "198.51.100.7",
        "203.0.113.9",
        "120.0.0.0",
        "ObjectIdentifier(\"2.5.29.15\")",
        "OID 2.5.29.15",
        "8.2.4.44 Bogus",
        "Decimal('1.38435736E+12')",
        "+35236450.6",
        "sd_IN@devanagari.UTF-8",
        "sizes 847-439-1733",
        "49523107 4040 2377 40446 1007",
      })
  void numbers_of_programs_are_nobodys(String text) {
    assertThat(found(text)).as(text).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "from 93.184.216.34 port 22,ipv4",
    "http://93.184.216.34/x,ipv4",
    "172.32.0.1,ipv4",
    "DNI 12345678Z.,es-dni",
    "+1.4155552671,phone",
    "+49 30 901820,phone",
    "call 847-439-1733,phone",
    "bob@corp.COM,email",
    "4539 5181 9093 7865,card",
    "3714 365370 56563,card",
  })
  void what_is_of_somebody_is_found(String text, String detector) {
    assertThat(found(text)).extracting(Finding::detector).containsExactly(detector);
  }

  private static List<Finding> found(String text) {
    return SCANNER.scan(Bytes.utf8(text)).findings().stream()
        .filter(finding -> finding.scanner().equals(PiiInfo.SCANNER))
        .toList();
  }
}
