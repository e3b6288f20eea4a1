package dev.reeve.server.offline;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.policy.PolicyCaseReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Policy cases as a JUnit report, which build servers read.
final class JunitReport {
  private JunitReport() {}

  /// @param policies names of the policy files, for the name of the suite
  static void write(Path file, List<String> policies, PolicyCaseReport report) {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      String suite = String.join(" ", policies);
      long failures = report.results().stream().filter(result -> !result.passed()).count();
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", suite);
      xml.writeAttribute("tests", String.valueOf(report.results().size()));
      xml.writeAttribute("failures", String.valueOf(failures));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", "0");
      for (PolicyCaseReport.Result result : report.results()) {
        write(xml, suite, result);
      }
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (IOException | XMLStreamException e) {
      throw CliProblems.FILE_UNREADABLE
          .because("--junit: " + file + " cannot be written (" + e.getMessage() + ")")
          .toException();
    }
  }

  private static void write(XMLStreamWriter xml, String suite, PolicyCaseReport.Result result)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", printable(suite));
    xml.writeAttribute("name", printable(result.testCase().name()));
    xml.writeAttribute("line", String.valueOf(result.testCase().line()));
    if (!result.passed()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", printable(result.message()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /// XML has no form for most control characters.
  private static String printable(String text) {
    return text.replaceAll(
        "[^\\u0009\\u000A\\u000D\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
  }
}
