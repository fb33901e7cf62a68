package io.github.lyricist.tensorboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.run.OpenFiles;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_790_000_000_250L), ZoneOffset.UTC);
  private static final EpochResult PLAIN =
      new EpochResult(1, 2.5, 0.75, 1.5, 0.5, 200, 3, 100, null, null);
  private static final EpochResult VALIDATED =
      new EpochResult(300, Double.POSITIVE_INFINITY, 1000, 1.5, 0.5, 200, 3, 0.1, 4.25, 2.0);

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private EventFile create(int firstEpoch) {
    return EventFile.create(folder, firstEpoch, "host", CLOCK);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** CRC-32C, bit by bit. */
  private static int checksum(byte[] data) {
    int crc = -1;
    for (byte next : data) {
      crc ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
      }
    }
    return ~crc;
  }

  private static int masked(byte[] data) {
    int crc = checksum(data);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  /** Takes a file apart and checks the frame of every record. */
  private static List<ParsedMessage> events(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<ParsedMessage> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[Long.BYTES];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(masked(length));
      byte[] data = new byte[(int) in.getLong(in.position() - 12)];
      in.get(data);
      assertThat(in.getInt()).isEqualTo(masked(data));
      events.add(ParsedMessage.of(data));
    }
    return events;
  }

  @Test
  void checksumsAreThoseOfTheStandard() {
    byte[] digits = "123456789".getBytes(UTF_8);
    assertThat(checksum(digits)).isEqualTo(0xe3069283);
    assertThat(checksum(new byte[32])).isEqualTo(0x8a9136aa); // RFC 3720, B.4
    assertThat(TfRecord.maskedChecksum(digits, 9)).isEqualTo(masked(digits));
    assertThat(TfRecord.maskedChecksum(new byte[40], 32)).isEqualTo(masked(new byte[32]));
  }

  /** The bytes that the files of TensorFlow's own writer start with, but for the time. */
  @Test
  void startsAsTensorFlowDoes() throws IOException {
    create(1).close();
    byte[] bytes = Files.readAllBytes(files().get(0));
    assertThat(HexFormat.of().formatHex(bytes, 0, 13)).isEqualTo("1800000000000000a37f4b2209");
    assertThat(new String(bytes, 21, 15, UTF_8)).isEqualTo("\u001a\rbrain.Event:2");
    assertThat(bytes).hasSize(12 + 24 + 4);
    ParsedMessage version = events(files().get(0)).get(0);
    assertThat(version.get(1)).isEqualTo(1_790_000_000.25);
    assertThat(version.text(3)).isEqualTo("brain.Event:2");
  }

  private static Map<String, Float> scalars(ParsedMessage event) {
    Map<String, Float> scalars = new TreeMap<>();
    event.message(5).messages(1).forEach(value -> scalars.put(value.text(1), (Float) value.get(2)));
    return scalars;
  }

  @Test
  void anEpochIsAPointOfEachCurve() throws IOException {
    try (EventFile file = create(1)) {
      file.append(PLAIN);
      assertThat(events(files().get(0))).as("on disk before it is closed").hasSize(2);
      file.append(VALIDATED);
    }
    List<ParsedMessage> events = events(files().get(0));
    assertThat(events).hasSize(3);
    assertThat(events.get(1).get(2)).isEqualTo(1L);
    assertThat(scalars(events.get(1)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "perplexity", 2.5f,
                "loss", 0.75f,
                "characters_per_second", 200f,
                "gradient_norm", 3f,
                "learning_rate", 100f));
    assertThat(events.get(2).get(2)).isEqualTo(300L);
    assertThat(scalars(events.get(2)))
        .containsEntry("perplexity", Float.POSITIVE_INFINITY)
        .containsEntry("validation/perplexity", 4.25f)
        .containsEntry("learning_rate", 0.1f);
  }

  @Test
  void aPreviewIsAText() throws IOException {
    try (EventFile file = create(1)) {
      file.append(new Preview(50, "分开", " *雨*\n😀"));
    }
    ParsedMessage event = events(files().get(0)).get(1);
    assertThat(event.get(2)).isEqualTo(50L);
    ParsedMessage value = event.message(5).message(1);
    assertThat(value.text(1)).isEqualTo("preview/分开");
    assertThat(value.message(9).message(1).text(1)).isEqualTo("text");
    assertThat(value.message(9).get(4)).as("a tensor").isEqualTo(2L);
    ParsedMessage tensor = value.message(8);
    assertThat(tensor.get(1)).as("of strings").isEqualTo(7L);
    assertThat(tensor.message(2).fields()).as("without dimensions").isEmpty();
    assertThat(tensor.text(8)).isEqualTo("    分开 *雨*\n    😀");
  }

  /** Also within one second, and the later file is read later. */
  @Test
  void aRunThatGoesOnHasAFileOfItsOwnThatTakesStepsBack() throws IOException {
    create(1).close();
    try (EventFile file = create(26)) {
      file.append(PLAIN);
    }
    assertThat(files())
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "events.out.tfevents.1790000000.host.lyricist",
            "events.out.tfevents.1790000001.host.lyricist");
    assertThat(events(files().get(0))).hasSize(1).noneMatch(event -> event.has(7));
    ParsedMessage restart = events(files().get(1)).get(1);
    assertThat(restart.get(2)).isEqualTo(26L);
    assertThat(restart.message(7).get(1)).as("SessionLog.START").isEqualTo(1L);
  }

  @ParameterizedTest
  @CsvSource({
    "'', localhost",
    "a.b-c.example, a.b-c.example",
    "../../etc/passwd, ..-..-etc-passwd",
    "'老 王', -",
  })
  void oddNamesOfHostsStayInTheFolder(String host, String part) throws IOException {
    EventFile.create(folder, 1, host, CLOCK).close();
    assertThat(files())
        .containsExactly(folder.resolve("events.out.tfevents.1790000000." + part + ".lyricist"));
  }

  @Test
  void aLongNameOfAHostIsCut() throws IOException {
    EventFile.create(folder, 1, "h".repeat(1000), CLOCK).close();
    assertThat(files().get(0).getFileName().toString()).contains("." + "h".repeat(64) + ".");
  }

  @Test
  void namesItselfByThisMachineAndThisTime() throws IOException {
    EventFile.create(folder, 1).close();
    assertThat(files().get(0).getFileName().toString())
        .matches("events\\.out\\.tfevents\\.\\d{10}\\.[A-Za-z0-9.-]{1,64}\\.lyricist");
  }

  /** A clock that knows the second, for the file's name, and then nothing more. */
  private static final class StoppingClock extends Clock {
    @Override
    public Instant instant() {
      return CLOCK.instant();
    }

    @Override
    public long millis() {
      throw new IllegalStateException("the clock has stopped");
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void isClosedWhereItsFirstRecordCannotBeWritten() throws IOException {
    assertThatThrownBy(() -> EventFile.create(folder, 1, "host", new StoppingClock()))
        .hasMessage("the clock has stopped");
    assertThat(files()).hasSize(1);
    assertThat(OpenFiles.below(folder)).isEmpty();
  }

  @Test
  void whatCannotBeWrittenFails() {
    assertThatThrownBy(() -> EventFile.create(folder.resolve("nowhere"), 1))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("writing failed");
    EventFile closed = create(1);
    closed.close();
    assertThatThrownBy(() -> closed.append(PLAIN)).isInstanceOf(RunFailedException.class);
  }
}
