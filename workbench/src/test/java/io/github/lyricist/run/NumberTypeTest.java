package io.github.lyricist.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NumberTypeTest {
  private static ByteBuffer bytes() {
    return ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float half(int bits) {
    return NumberType.F16.next(bytes().putShort((short) bits).flip());
  }

  /** Each of them against the definition, {@code ±2^(e-15) · (1 + f/1024)}. */
  @Test
  void everyHalfIsExact() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits / 1024 % 32;
      double fraction = bits % 1024 / 1024.0;
      double magnitude =
          exponent == 31
              ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
              : exponent == 0
                  ? fraction * Math.pow(2, -14)
                  : (1 + fraction) * Math.pow(2, exponent - 15);
      float expected = (float) (bits >= 1 << 15 ? -magnitude : magnitude);
      assertThat(Float.compare(half(bits), expected)).as("%04x", bits).isZero();
    }
  }

  @Property
  void theUpperHalfOfAFloatIsItRounded(@ForAll float number) {
    int upper = Float.floatToRawIntBits(number) >>> 16;
    float read = NumberType.BF16.next(bytes().putShort((short) upper).flip());
    assertThat(Float.floatToRawIntBits(read)).isEqualTo(upper << 16);
  }

  @Property
  void floatsStayAndDoublesAreRounded(@ForAll float number, @ForAll double wide) {
    float read = NumberType.F32.next(bytes().putFloat(number).flip());
    assertThat(Float.compare(read, number)).isZero();
    float rounded = NumberType.F64.next(bytes().putDouble(wide).flip());
    assertThat(Float.compare(rounded, (float) wide)).isZero();
  }

  @Test
  void isFoundByItsName() {
    assertThat(NumberType.called("BF16")).contains(NumberType.BF16);
    assertThat(NumberType.called("I64")).isEmpty();
    assertThat(NumberType.names()).isEqualTo("F32, F64, F16, BF16");
  }
}
