package dev.reeve.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads single values of proto JSON: 64-bit integers as number or text, bytes in either base64
/// alphabet, enum values by name, by name without the type's prefix, with it, or by number.
final class ProtoJsonScalars {
  private static final BigInteger UINT64_MAX =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
  private static final BigInteger UINT32_MAX =
      BigInteger.ONE.shiftLeft(Integer.SIZE).subtract(BigInteger.ONE);

  /// No integer of more digits fits any field.
  private static final int DIGITS_MAX = 20;

  private ProtoJsonScalars() {}

  static Object value(FieldDescriptor field, JsonParser parser, String at) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (field.getType()) {
      case BOOL -> bool(token, parser, at);
      case STRING -> {
        require(token == JsonToken.VALUE_STRING, parser, at, "text");
        yield wellFormed(parser.getText(), at);
      }
      case BYTES -> {
        require(token == JsonToken.VALUE_STRING, parser, at, "base64 text");
        yield bytes(parser.getText(), at);
      }
      case ENUM -> enumValue(field.getEnumType(), parser, at);
      case FLOAT -> {
        double number = real(parser, at);
        boolean tooLarge = Double.isFinite(number) && Math.abs(number) > Float.MAX_VALUE;
        require(!tooLarge, parser, at, "a 32-bit float");
        yield (float) number;
      }
      case DOUBLE -> real(parser, at);
      case INT32, INT64, UINT32, UINT64, SINT32, SINT64, FIXED32, FIXED64, SFIXED32, SFIXED64 -> {
        boolean isNumber = token == JsonToken.VALUE_STRING || token.isNumeric();
        require(isNumber, parser, at, "an integer");
        yield integer(field, parser.getText(), at);
      }
      case MESSAGE, GROUP -> throw new IllegalStateException(field.getFullName() + " is no scalar");
    };
  }

  static Object mapKey(FieldDescriptor field, String text, String at) {
    return switch (field.getJavaType()) {
      case STRING -> wellFormed(text, at);
      case BOOLEAN ->
          switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProtoJsonReader.invalid(at, text, "a key of true or false");
          };
      case INT, LONG -> integer(field, text, at);
      case FLOAT, DOUBLE, BYTE_STRING, ENUM, MESSAGE ->
          throw new IllegalStateException(field.getFullName() + " is no map key");
    };
  }

  private static Object bool(JsonToken token, JsonParser parser, String at) throws IOException {
    require(token.isBoolean(), parser, at, "true or false");
    return token == JsonToken.VALUE_TRUE;
  }

  private static Object integer(FieldDescriptor field, String text, String at) {
    BigInteger value = exact(text);
    String type = field.getType().name().toLowerCase(Locale.ROOT);
    if (value == null) {
      throw ProtoJsonReader.invalid(at, text, "an integer of type " + type);
    }
    boolean fits =
        switch (field.getType()) {
          case UINT32, FIXED32 -> value.signum() >= 0 && value.compareTo(UINT32_MAX) <= 0;
          case UINT64, FIXED64 -> value.signum() >= 0 && value.compareTo(UINT64_MAX) <= 0;
          case INT32, SINT32, SFIXED32 -> value.bitLength() < Integer.SIZE;
          case INT64, SINT64, SFIXED64 -> value.bitLength() < Long.SIZE;
          case DOUBLE, FLOAT, BOOL, STRING, GROUP, MESSAGE, BYTES, ENUM -> false;
        };
    if (!fits) {
      throw ProtoJsonReader.invalid(at, text, "a value that fits " + type);
    }
    return field.getJavaType() == FieldDescriptor.JavaType.INT
        ? (Object) value.intValue()
        : (Object) value.longValue();
  }

  /// The integer, or null when the text is none. Never computes a power of ten that the caller
  /// chose.
  private static @Nullable BigInteger exact(String text) {
    BigDecimal number = decimal(text);
    if (number == null) {
      return null;
    }
    if (number.signum() == 0) {
      return BigInteger.ZERO;
    }
    long digits = (long) number.precision() - number.scale();
    boolean hasFraction = number.scale() > 0 && digits <= 0;
    if (digits > DIGITS_MAX || hasFraction) {
      return null;
    }
    try {
      return number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable BigDecimal decimal(String text) {
    boolean plain =
        !text.isEmpty() && text.chars().allMatch(c -> isDigit(c) || "+-.eE".indexOf(c) >= 0);
    boolean startsRight = plain && (isDigit(text.charAt(0)) || text.charAt(0) == '-');
    if (!startsRight || text.length() > 400) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static double real(JsonParser parser, String at) throws IOException {
    String text = parser.getText();
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      switch (text) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {}
      }
    }
    boolean isNumber = token == JsonToken.VALUE_STRING || token.isNumeric();
    require(isNumber && decimal(text) != null, parser, at, "a number");
    double number = Double.parseDouble(text);
    require(Double.isFinite(number), parser, at, "a number that fits a double");
    return number;
  }

  private static ByteString bytes(String text, String at) {
    try {
      return ByteString.copyFrom(
          Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException e) {
      throw ProtoJsonReader.invalid(at, text, "base64, standard or URL alphabet");
    }
  }

  private static String wellFormed(String text, String at) {
    if (!Text.isUnicode(text)) {
      throw ProtoJsonReader.invalid(at, "half of a surrogate pair", "Unicode text");
    }
    return text;
  }

  private static EnumValueDescriptor enumValue(EnumDescriptor type, JsonParser parser, String at)
      throws IOException {
    String text = parser.getText();
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      BigInteger number = exact(text);
      if (number == null || number.bitLength() >= Integer.SIZE) {
        throw ProtoJsonReader.invalid(at, text, "a value of " + type.getFullName());
      }
      return type.findValueByNumberCreatingIfUnknown(number.intValue());
    }
    require(parser.currentToken() == JsonToken.VALUE_STRING, parser, at, "a name or a number");
    EnumValueDescriptor named = byName(type, text);
    if (named == null) {
      throw unknown(type, text, at);
    }
    return named;
  }

  private static @Nullable EnumValueDescriptor byName(EnumDescriptor type, String name) {
    EnumValueDescriptor exact = type.findValueByName(name);
    if (exact != null) {
      return exact;
    }
    String prefix = prefix(type.getName());
    return name.startsWith(prefix)
        ? type.findValueByName(name.substring(prefix.length()))
        : type.findValueByName(prefix + name);
  }

  /// `JobState` to `JOB_STATE_`.
  private static String prefix(String typeName) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < typeName.length(); i++) {
      char c = typeName.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && !Character.isUpperCase(typeName.charAt(i - 1))) {
        prefix.append('_');
      }
      prefix.append(c);
    }
    return prefix.append('_').toString().toUpperCase(Locale.ROOT);
  }

  private static ProblemException unknown(EnumDescriptor type, String text, String at) {
    List<String> known = type.getValues().stream().map(EnumValueDescriptor::getName).toList();
    String nearest = Text.nearest(text, known);
    return ProtoJsonReader.invalid(
        at,
        text,
        nearest.isEmpty()
            ? "a value of " + type.getFullName()
            : "did you mean " + Text.quoteForMessage(nearest) + "?");
  }

  private static void require(boolean holds, JsonParser parser, String at, String expected)
      throws IOException {
    if (!holds) {
      throw ProtoJsonReader.invalid(at, ProtoJsonReader.excerpt(parser), expected);
    }
  }
}
