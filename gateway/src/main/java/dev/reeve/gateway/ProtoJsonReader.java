package dev.reeve.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.reeve.base.Ids;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads strict proto JSON into a message: members in snake_case or lowerCamelCase, no member
/// unknown or repeated, no two members of one choice, nesting of at most 64.
///
/// Every refusal names the member and what was expected of it. Stateless.
final class ProtoJsonReader {
  static final int DEPTH_MAX = 64;

  /// Long enough for every number that fits a field; a longer one is refused before it is computed.
  private static final int NUMBER_LENGTH_MAX = 400;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEPTH_MAX)
          .maxNumberLength(NUMBER_LENGTH_MAX)
          .maxStringLength(Integer.MAX_VALUE)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(BOUNDS).build();
  private static final JsonFactory JSON_WITHOUT_REPEATS =
      JsonFactory.builder()
          .streamReadConstraints(BOUNDS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String text;
  private final JsonParser parser;

  private ProtoJsonReader(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /// Sets the fields that the text has.
  ///
  /// @throws ProblemException `JSON_INVALID`
  static void read(String text, Message.Builder into) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("body", text.isBlank() ? "empty" : excerpt(parser), "a JSON object");
      }
      new ProtoJsonReader(text, parser).object(into, "");
      if (parser.nextToken() != null) {
        throw invalid("body", excerpt(parser), "nothing after the object");
      }
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void object(Message.Builder into, String path) throws IOException {
    Descriptor type = into.getDescriptorForType();
    Set<FieldDescriptor> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      FieldDescriptor field = field(type, name);
      if (field == null) {
        throw unknown(type, path, name);
      }
      String at = path.isEmpty() ? field.getName() : path + "." + field.getName();
      if (!seen.add(field)) {
        throw invalid(at, "given twice", "each member once");
      }
      parser.nextToken();
      if (parser.currentToken() != JsonToken.VALUE_NULL || takesNull(field)) {
        refuseSecondChoice(into, field, at);
        member(into, field, at);
      }
    }
  }

  private void member(Message.Builder into, FieldDescriptor field, String at) throws IOException {
    if (field.isMapField()) {
      map(into, field, at);
    } else if (field.isRepeated()) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw invalid(at, excerpt(parser), "an array");
      }
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        into.addRepeatedField(field, value(into, field, at + "[" + i + "]"));
      }
    } else {
      into.setField(field, value(into, field, at));
    }
  }

  private void map(Message.Builder into, FieldDescriptor field, String at) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw invalid(at, excerpt(parser), "an object");
    }
    FieldDescriptor keyField = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
    Set<Object> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String entryAt = at + "." + shown(name);
      Object key = ProtoJsonScalars.mapKey(keyField, name, entryAt);
      if (!seen.add(key)) {
        throw invalid(entryAt, "given twice", "each key once");
      }
      parser.nextToken();
      Message.Builder entry = into.newBuilderForField(field);
      entry.setField(keyField, key);
      entry.setField(valueField, value(entry, valueField, entryAt));
      into.addRepeatedField(field, entry.build());
    }
  }

  private Object value(Message.Builder parent, FieldDescriptor field, String at)
      throws IOException {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return ProtoJsonScalars.value(field, parser, at);
    }
    Message.Builder nested = parent.newBuilderForField(field);
    if (isWellKnown(field.getMessageType())) {
      wellKnown(nested, at);
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      object(nested, at);
    } else {
      throw invalid(at, excerpt(parser), "an object");
    }
    return nested.build();
  }

  /// Types with a JSON form of their own, such as Timestamp, are left to the Protobuf library.
  private void wellKnown(Message.Builder into, String at) throws IOException {
    int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    } else {
      parser.finishToken();
    }
    String part = text.substring(from, Math.toIntExact(parser.currentLocation().getCharOffset()));
    try (JsonParser again = JSON_WITHOUT_REPEATS.createParser(part)) {
      while (again.nextToken() != null) {
        again.finishToken();
      }
    }
    try {
      JsonFormat.parser().merge(part, into);
    } catch (InvalidProtocolBufferException e) {
      throw invalid(at, part, "a " + into.getDescriptorForType().getFullName());
    }
  }

  private static boolean isWellKnown(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf");
  }

  private static boolean takesNull(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && field.getMessageType().getFullName().equals("google.protobuf.Value");
  }

  private static void refuseSecondChoice(Message.Builder into, FieldDescriptor field, String at) {
    OneofDescriptor choice = field.getRealContainingOneof();
    if (choice != null && into.hasOneof(choice)) {
      FieldDescriptor first = Objects.requireNonNull(into.getOneofFieldDescriptor(choice));
      throw invalid(at, "given beside " + first.getName(), "one of both");
    }
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor byName = type.findFieldByName(name);
    if (byName != null) {
      return byName;
    }
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static ProblemException unknown(Descriptor type, String path, String name) {
    List<String> known = new ArrayList<>();
    for (FieldDescriptor field : type.getFields()) {
      known.add(field.getName());
    }
    String nearest = Text.nearest(name, known);
    String expected =
        nearest.isEmpty()
            ? "a member of " + type.getFullName()
            : "did you mean " + Text.quoteForMessage(nearest) + "?";
    return invalid(
        path.isEmpty() ? shown(name) : path + "." + shown(name), "unknown member", expected);
  }

  /// A name that the caller chose, fit to stand in a path.
  private static String shown(String name) {
    return Ids.isGiven(name) ? name : Text.quoteForMessage(name);
  }

  /// What stands there, for a message: never more than the first characters.
  static String excerpt(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_NULL -> "null";
      case VALUE_STRING,
          VALUE_NUMBER_INT,
          VALUE_NUMBER_FLOAT,
          VALUE_TRUE,
          VALUE_FALSE,
          FIELD_NAME,
          END_OBJECT,
          END_ARRAY,
          NOT_AVAILABLE,
          VALUE_EMBEDDED_OBJECT ->
          parser.getText();
    };
  }

  static ProblemException invalid(String at, String value, String expected) {
    return GatewayProblems.JSON_INVALID.field(at, value, expected).toException();
  }

  private static ProblemException malformed(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    // The words of the library tell of its own names and switches.
    String why =
        e instanceof StreamConstraintsException
            ? "too deep, or a value too long"
            : String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
                ? "a member twice"
                : "no JSON";
    return GatewayProblems.JSON_INVALID
        .because("body: " + why + where + " (expected: well-formed JSON)")
        .withField("body", "expected: well-formed JSON")
        .toException();
  }
}
