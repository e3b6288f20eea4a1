package dev.reeve.quantum.aqo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.reeve.base.Bytes;
import dev.reeve.base.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads JSON within bounds, remembering where operations stand. Strict: UTF-8, one document, no
/// member twice, finite numbers, integers of 64 bits.
final class JsonTree {
  /// A value and where it starts, from 1.
  record Placed(AqoValue value, int line, int column) {}

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(AqoLimits.DEPTH_MAX)
                  .maxNumberLength(400)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final JsonParser parser;
  private final AqoFindings findings;
  private final int operationsMax;

  private JsonTree(JsonParser parser, int operationsMax, AqoFindings findings) {
    this.parser = parser;
    this.operationsMax = operationsMax;
    this.findings = findings;
  }

  /// The members of the document; those of the list `operations` are kept apart.
  ///
  /// @param operations takes them in order
  /// @return by name, without `operations`
  static Map<String, Placed> read(
      Bytes document, int operationsMax, List<Placed> operations, AqoFindings findings) {
    try (JsonParser parser = FACTORY.createParser(utf8(document, findings))) {
      JsonTree tree = new JsonTree(parser, operationsMax, findings);
      Map<String, Placed> members = tree.document(operations);
      if (parser.nextToken() != null) {
        throw tree.wrong("more than one JSON value" + AqoFindings.expected("one object"));
      }
      return members;
    } catch (JsonProcessingException e) {
      if (e.getLocation() != null) {
        findings.at(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      }
      throw findings.stop(
          e instanceof StreamConstraintsException ? AqoFinding.Kind.LIMIT : AqoFinding.Kind.INVALID,
          "",
          words(e));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory is read without its device failing", e);
    }
  }

  private static String words(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "deeper than "
          + AqoLimits.DEPTH_MAX
          + " levels, or a number or name that is too long"
          + AqoFindings.expected("less");
    }
    return e.getOriginalMessage().startsWith("Duplicate")
        ? "a member twice" + AqoFindings.expected("each name once")
        : "not JSON" + AqoFindings.expected("one JSON object");
  }

  private static String utf8(Bytes document, AqoFindings findings) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(document.unsafeArray()))
          .toString();
    } catch (CharacterCodingException _) {
      findings.at(1, 1);
      throw findings.stop(
          AqoFinding.Kind.INVALID, "", "not UTF-8" + AqoFindings.expected("JSON in UTF-8"));
    }
  }

  private Map<String, Placed> document(List<Placed> operations) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw wrong("not an object" + AqoFindings.expected("one JSON object"));
    }
    Map<String, Placed> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken first = parser.nextToken();
      if (name.equals("operations") && first == JsonToken.START_ARRAY) {
        members.put(name, placed(new AqoValue.Elements(List.of())));
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (operations.size() >= operationsMax) {
            throw limit("operations", "more than " + operationsMax);
          }
          Placed start = placed(new AqoValue.Nothing());
          operations.add(new Placed(value(), start.line(), start.column()));
        }
      } else {
        Placed start = placed(new AqoValue.Nothing());
        members.put(name, new Placed(value(), start.line(), start.column()));
      }
    }
    return members;
  }

  private AqoValue value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> {
        List<AqoValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          values.add(value());
        }
        yield new AqoValue.Elements(values);
      }
      case VALUE_STRING -> new AqoValue.Words(unicode(parser.getText()));
      case VALUE_NUMBER_INT -> whole(parser.getText());
      case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
      case VALUE_TRUE -> new AqoValue.Truth(true);
      case VALUE_FALSE -> new AqoValue.Truth(false);
      case VALUE_NULL -> new AqoValue.Nothing();
      case null, default -> throw wrong("not JSON" + AqoFindings.expected("one JSON object"));
    };
  }

  private AqoValue object() throws IOException {
    Map<String, AqoValue> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = unicode(parser.currentName());
      parser.nextToken();
      values.put(name, value());
    }
    return AqoValue.Members.of(values);
  }

  private String unicode(String text) {
    if (!Text.isUnicode(text)) {
      throw wrong("a text with half a character" + AqoFindings.expected("Unicode"));
    }
    return text;
  }

  private AqoValue whole(String text) {
    try {
      return new AqoValue.Whole(Long.parseLong(text));
    } catch (NumberFormatException _) {
      throw wrong(Text.quoteForMessage(text) + AqoFindings.expected("an integer of 64 bits"));
    }
  }

  private AqoValue decimal(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw wrong(Text.quoteForMessage(text) + AqoFindings.expected("a finite number"));
    }
    return new AqoValue.Decimal(value);
  }

  private Placed placed(AqoValue value) {
    JsonLocation start = parser.currentTokenLocation();
    return new Placed(value, start.getLineNr(), start.getColumnNr());
  }

  private AqoFindings.Stopped wrong(String message) {
    JsonLocation here = parser.currentTokenLocation();
    findings.at(here.getLineNr(), here.getColumnNr());
    throw findings.stop(AqoFinding.Kind.INVALID, "", message);
  }

  private AqoFindings.Stopped limit(String path, String message) {
    JsonLocation here = parser.currentTokenLocation();
    findings.at(here.getLineNr(), here.getColumnNr());
    throw findings.stop(AqoFinding.Kind.LIMIT, path, message);
  }
}
