package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.model.Shape;
import io.github.lyricist.run.SafetensorsHeader.BrokenException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SafetensorsHeaderTest {
  private static final String HEADER =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"a.weight\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[0,12]},"
          + "\"b\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[12,20]},"
          + "\"c\":{\"dtype\":\"BF16\",\"shape\":[0],\"data_offsets\":[20,20]}}";

  @Test
  void tensorsMayBeOfSeveralTypes() throws BrokenException {
    SafetensorsHeader header = SafetensorsHeader.parse(HEADER.getBytes(UTF_8), 20);
    assertThat(header.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(header.shapes())
        .isEqualTo(Map.of("a.weight", new Shape(2, 3), "b", new Shape(), "c", new Shape(0)));
    assertThat(header.tensor("b").type()).isEqualTo(NumberType.F64);
  }

  /** As other programs write them: no metadata, and counters beside the weights. */
  @Test
  void whatIsNoWeightIsPassedOver() throws BrokenException {
    String json =
        "{\"__metadata__\":null,"
            + "\"steps\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
            + "\"mask\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[12,15]}}";
    SafetensorsHeader header = SafetensorsHeader.parse(json.getBytes(UTF_8), 15);
    assertThat(header.metadata()).isEmpty();
    assertThat(header.shapes()).isEqualTo(Map.of("a", new Shape(1)));
  }

  @Provide
  Arbitrary<String> fragments() {
    return Arbitraries.of(
        List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "0",
            "20",
            "-1",
            "1e9",
            "99999999999999999999",
            "null",
            "\"a\"",
            "\"F32\"",
            "\"dtype\":",
            "\"shape\":[",
            "\"data_offsets\":[",
            "\\ud800",
            "\u0000",
            "\uFFFF",
            "{\"__metadata__\":{",
            " ",
            "[[[[[[[["));
  }

  /** A header with something put in place of a part is read, or refused in words. */
  @Property(tries = 5000)
  void whateverAHeaderHoldsItIsReadOrRefused(
      @ForAll @IntRange(max = 250) int from,
      @ForAll @IntRange(max = 20) int length,
      @ForAll("fragments") String fragment,
      @ForAll("fragments") String second,
      @ForAll @IntRange(max = 40) int dataBytes) {
    StringBuilder json = new StringBuilder(HEADER);
    int start = Math.min(from, json.length());
    json.replace(start, Math.min(start + length, json.length()), fragment + second);
    parse(json.toString().getBytes(UTF_8), dataBytes);
  }

  @Property(tries = 2000)
  void whateverBytesAHeaderHoldsItIsReadOrRefused(
      @ForAll byte[] bytes, @ForAll @IntRange(max = 250) int at) {
    byte[] json = HEADER.getBytes(UTF_8);
    int start = Math.min(at, json.length);
    System.arraycopy(bytes, 0, json, start, Math.min(bytes.length, json.length - start));
    parse(json, 20);
    parse(bytes, 20);
  }

  @Test
  void longNamesAreCutAndControlCharactersShown() {
    String evil = "\\u001b[2J" + "x".repeat(10_000);
    for (String json :
        List.of(
            "{\"%s\":1}",
            "{\"__metadata__\":{\"%s\":1}}",
            "{\"__metadata__\":{\"%s\":\"\",\"%s\":\"\"}}",
            "{\"%s\":{\"dtype\":\"F32\"}}",
            "{\"a\":{\"dtype\":\"%s\"}}",
            "{\"a\":{\"%s\":1}}",
            "{\"%s\":{\"dtype\":\"F32\",\"shape\":1}}",
            "{\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,0]}}")) {
      assertThatThrownBy(() -> SafetensorsHeader.parse(json.replace("%s", evil).getBytes(UTF_8), 4))
          .isInstanceOf(BrokenException.class)
          .hasMessageContaining("\\u001b[2Jxxx")
          .message()
          .hasSizeLessThan(250);
    }
  }

  private static void parse(byte[] json, int dataBytes) {
    try {
      SafetensorsHeader header = SafetensorsHeader.parse(json, dataBytes);
      long bytes = 0;
      for (SafetensorsHeader.Tensor tensor : header.tensors().values()) {
        bytes += tensor.shape().size() * Objects.requireNonNull(tensor.type()).bytes();
      }
      assertThat(bytes).isEqualTo(dataBytes);
    } catch (BrokenException e) {
      assertThat(e).hasMessageMatching("(?s).*\\w.*");
    }
  }
}
