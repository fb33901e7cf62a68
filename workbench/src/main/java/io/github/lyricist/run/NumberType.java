package io.github.lyricist.run;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of a safetensors file's numbers that are read, each as the nearest float. */
enum NumberType {
  F32(Float.BYTES) {
    @Override
    float next(ByteBuffer from) {
      return from.getFloat();
    }
  },
  /** Rounded; infinite beyond a float's range. */
  F64(Double.BYTES) {
    @Override
    float next(ByteBuffer from) {
      return (float) from.getDouble();
    }
  },
  /** IEEE 754's binary16: sign, 5 bits of exponent, 10 of fraction. */
  F16(Short.BYTES) {
    @Override
    float next(ByteBuffer from) {
      int bits = from.getShort();
      int exponent = (bits >> FRACTION) & MOST_EXPONENT;
      int fraction = bits & ((1 << FRACTION) - 1);
      float magnitude;
      if (exponent == 0) {
        magnitude = fraction * 0x1p-24f;
      } else {
        int wide = exponent == MOST_EXPONENT ? 255 : exponent + 127 - 15;
        magnitude = Float.intBitsToFloat((wide << 23) | (fraction << (23 - FRACTION)));
      }
      return bits < 0 ? -magnitude : magnitude;
    }
  },
  /** The upper half of a float. */
  BF16(Short.BYTES) {
    @Override
    float next(ByteBuffer from) {
      return Float.intBitsToFloat(from.getShort() << 16);
    }
  };

  private static final int FRACTION = 10;
  private static final int MOST_EXPONENT = 31;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** How many bytes a number takes. */
  int bytes() {
    return bytes;
  }

  /** Takes the next number from a little-endian buffer. */
  abstract float next(ByteBuffer from);

  /** The type that a header calls so, if it is one of these. */
  static Optional<NumberType> called(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** All of them, for a message. */
  static String names() {
    return Arrays.stream(values()).map(NumberType::name).collect(Collectors.joining(", "));
  }
}
