package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
  /** More numbers than are written, or read, at once. */
  private static final int MANY = 40_001;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private SafetensorsFile open(byte[] bytes) throws IOException {
    return SafetensorsFile.open(Files.write(folder.resolve("m.safetensors"), bytes));
  }

  /** A file with nothing but a header, of which the end is blank. */
  private static byte[] header(int length) {
    byte[] bytes = new byte[Long.BYTES + length];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    System.arraycopy("{}".getBytes(UTF_8), 0, bytes, Long.BYTES, Math.min(2, length));
    return bytes;
  }

  @Test
  void longTensorsAreWhatWasWritten() throws IOException {
    float[] first = new float[MANY];
    float[] second = new float[3 * MANY];
    for (int i = 0; i < second.length; i++) {
      first[i / 3] = -i;
      second[i] = i + 0.5f;
    }
    Parameters parameters = new Parameters();
    parameters.put("first", new Shape(MANY), first);
    parameters.put("second", new Shape(3, MANY), second);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = {1, 2, -3};
    Safetensors.write(out, Map.of("key", "value"), parameters, Map.of("text", text));

    Parameters read = open(out.toByteArray()).read(List.of("second", "first"));
    assertThat(read.names()).containsExactly("second", "first");
    assertThat(read.shape("second")).isEqualTo(new Shape(3, MANY));
    assertThat(read.get("first")).containsExactly(first);
    assertThat(read.get("second")).containsExactly(second);
    assertThat(open(out.toByteArray()).shapes()).containsOnlyKeys("first", "second");
    assertThat(open(out.toByteArray()).bytes("text", 3)).containsExactly(1, 2, -3);
    assertThatThrownBy(() -> open(out.toByteArray()).bytes("text", 2))
        .hasMessageContaining("its 'text' has 3 bytes, the limit is 2");
    assertThatThrownBy(() -> open(out.toByteArray()).bytes("first", 2))
        .hasMessageContaining("it has no tensor 'first' of bytes");
  }

  @Test
  void theHeaderIsLimitedToTheByte() throws IOException {
    assertThatThrownBy(() -> open(new byte[Long.BYTES - 1]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it has 7 bytes, too few for a header");
    assertThatThrownBy(() -> open(header(0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("broken safetensors file: ");
    assertThat(open(header(2)).shapes()).isEmpty();
    assertThat(open(header(Limits.SAFETENSORS_HEADER_BYTES)).shapes()).isEmpty();
    int longer = Limits.SAFETENSORS_HEADER_BYTES + 1;
    assertThatThrownBy(() -> open(header(longer)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its header has %d bytes, the limit is %d", longer, longer - 1);
  }
}
