package io.github.lyricist.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.bench.BenchmarkTable.Change;
import io.github.lyricist.model.Cell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkTableTest {
  private static final Workload RNN = new Workload(Cell.RNN, 1, null, 256, 1027, 32, 35);
  private static final Workload GRU = new Workload(Cell.GRU, 2, 64, 128, 65, 50, 40);

  private static Timing timing(String engine, Workload workload, double milliseconds) {
    return new Timing(
        engine,
        workload,
        new Spread(milliseconds, milliseconds - 0.5, milliseconds + 0.25),
        engine.equals("a") ? OptionalLong.of(7_000_000) : OptionalLong.empty());
  }

  private static BenchmarkTable table(int threads, Timing... timings) {
    Map<String, String> engines = Map.of("a", "A 1 on cpu");
    return new BenchmarkTable(
        "X 1",
        2,
        "17.0.1",
        "2026-11-26",
        List.of(new Benchmark(threads, engines, Map.of("a", 190.5), List.of(timings))));
  }

  @Test
  void namesWhatIsSlowerByMoreThanThreeInAHundred() {
    BenchmarkTable before =
        table(2, timing("a", RNN, 10), timing("b", RNN, 20), timing("a", GRU, 40));
    BenchmarkTable now =
        table(2, timing("a", RNN, 10.29), timing("b", RNN, 20.7), timing("c", GRU, 1));
    List<Change> changes = now.since(before);
    assertThat(changes).extracting(change -> change.now().engine()).containsExactly("a", "b");
    assertThat(changes).extracting(Change::isSlower).containsExactly(false, true);
    assertThat(changes.get(1).ratio()).isEqualTo(20.7 / 20);
    assertThat(table(1, timing("a", RNN, 10)).since(before)).isEmpty();
  }

  @Test
  void isOfAMachine() {
    BenchmarkTable table = table(2);
    assertThat(table.isOfMachineOf(new BenchmarkTable("X 1", 2, "25", "", List.of()))).isTrue();
    assertThat(table.isOfMachineOf(new BenchmarkTable("X 1", 4, "17.0.1", "", List.of())))
        .isFalse();
    assertThat(table.isOfMachineOf(BenchmarkTable.here(List.of()))).isFalse();
  }

  @Test
  void comesBackFromJson(@TempDir Path folder) throws IOException {
    BenchmarkTable table = table(2, timing("a", RNN, 10), timing("b/~.c", GRU, 40));
    Path file = folder.resolve("table.json");
    try (OutputStream out = Files.newOutputStream(file)) {
      BenchmarkJson.write(out, table);
    }
    assertThat(BenchmarkJson.read(file)).isEqualTo(table);
    refused(file, "\"hidden\" : 256", "\"hidden\" : 0", "'benchmarks.0.timings.0.hidden' 0, not a");
    refused(file, "\"rnn\"", "\"cnn\"", "has an unknown 'benchmarks.0.timings.0.cell'");
    refused(file, ": 10.0,", ": 0,", "'benchmarks.0.timings.0.milliseconds' 0.0, not more than 0");
    refused(file, "\"processor\"", "\"p\"", "has no 'processor'");
    refused(file, "{", "[", "no JSON object; name a file that bench --json wrote");
  }

  private static void refused(Path file, String part, String other, String message)
      throws IOException {
    String json = Files.readString(file);
    assertThat(json).contains(part);
    Path broken = file.resolveSibling("broken.json");
    int at = json.indexOf(part);
    Files.writeString(broken, json.substring(0, at) + other + json.substring(at + part.length()));
    assertThatThrownBy(() -> BenchmarkJson.read(broken))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(broken + ": ")
        .hasMessageContaining(message);
  }
}
