package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged program on heaps that do, and just don't, suffice for the run. */
class EndToEndMemoryTest {
  private static final Pattern REFUSAL =
      Pattern.compile("the run needs about ([0-9.]+) (MB|GB) of Java's heap, but there are only");
  private static final double ALLOWED = 1.15; // the smallest heap that runs, over the need

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private Outcome lyricist(double heapBytes, List<String> arguments) {
    String heap = "-Xmx" + Math.round(heapBytes / 1024) + "k";
    return Program.in(folder).with("JAVA_OPTS", heap).run(arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, 1536, 1, 32, 35, adam",
    "rnn, 2500, 1, 32, 35, rmsprop",
    "gru, 768, 1, 128, 90, sgd",
    "lstm, 768, 2, 64, 60, adam",
  })
  void aHeapBelowTheNeedIsRefusedAndOneAFewPercentAboveItRuns(
      String cell, int hidden, int layers, int batchSize, int steps, String optimizer)
      throws IOException {
    TinyExperiment.write(folder);
    List<String> run =
        new ArrayList<>(List.of("run", TinyExperiment.CONFIG, "--quiet", "--out", "r"));
    List.of(
            "corpus={source: bundled:songs, limit: 12000}",
            "sampler={batchSize: %d, steps: %d}".formatted(batchSize, steps),
            "model={cell: %s, hidden: %d, layers: %d}".formatted(cell, hidden, layers),
            "training={epochs: 1, optimizer: {type: %s, learningRate: 0.00001}}"
                .formatted(optimizer),
            "preview.every=0")
        .forEach(setting -> run.addAll(List.of("--set", setting)));

    Outcome refused = lyricist(200e6, run);
    Matcher found = REFUSAL.matcher(refused.err());
    assertThat(found.find()).as("a refusal in: %s", refused.err()).isTrue();
    double need = Double.parseDouble(found.group(1)) * (found.group(2).equals("GB") ? 1e9 : 1e6);
    assertThat(need).isGreaterThan(256 << 20);

    Outcome justRefused = lyricist(0.99 * need, run);
    assertThat(justRefused.exitCode()).isEqualTo(2);
    assertThat(justRefused.err()).containsPattern(REFUSAL);
    assertThat(folder.resolve("r")).doesNotExist();
    lyricist(ALLOWED * need, run).requireDone();
  }
}
