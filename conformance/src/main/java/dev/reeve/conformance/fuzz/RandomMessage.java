package dev.reeve.conformance.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import java.util.SplittableRandom;

/// Messages of the right shape with any content.
final class RandomMessage {
  private static final int DEPTH_MAX = 6;
  private static final long[] EDGES = {0, 1, -1, 100, Integer.MAX_VALUE, Integer.MIN_VALUE};
  private static final double[] REALS = {0, 1, -0.0, 0.5, 1e308, Double.NaN, 1.0 / 0};

  private RandomMessage() {}

  static DynamicMessage of(Descriptor type, SplittableRandom random) {
    return of(type, random, 1);
  }

  private static DynamicMessage of(Descriptor type, SplittableRandom random, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (random.nextInt(100) >= (nested ? 55 : 75) || (nested && depth >= DEPTH_MAX)) {
        continue;
      }
      if (field.isRepeated()) {
        int count = random.nextInt(50) == 0 ? random.nextInt(200) : random.nextInt(4);
        for (int i = 0; i < count; i++) {
          message.addRepeatedField(field, value(field, random, depth));
        }
      } else {
        message.setField(field, value(field, random, depth));
      }
    }
    return message.build();
  }

  private static Object value(FieldDescriptor field, SplittableRandom random, int depth) {
    return switch (field.getJavaType()) {
      case INT -> (int) whole(random);
      case LONG -> random.nextInt(10) == 0 ? random.nextLong() : whole(random);
      case FLOAT -> (float) REALS[random.nextInt(REALS.length)];
      case DOUBLE -> REALS[random.nextInt(REALS.length)];
      case BOOLEAN -> random.nextBoolean();
      case STRING -> RandomText.text(random, field.getName());
      case BYTE_STRING -> ByteString.copyFrom(RandomText.bytes(random));
      case ENUM -> constant(field, random);
      case MESSAGE -> of(field.getMessageType(), random, depth + 1);
    };
  }

  private static long whole(SplittableRandom random) {
    return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(200);
  }

  private static EnumValueDescriptor constant(FieldDescriptor field, SplittableRandom random) {
    List<EnumValueDescriptor> known = field.getEnumType().getValues();
    return random.nextInt(10) == 0
        ? field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(1_000))
        : known.get(random.nextInt(known.size()));
  }
}
