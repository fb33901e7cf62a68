package io.github.lyricist.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held out of a text, scored afterwards; and tokens that are bytes. */
class EndToEndPartsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // made before all tests
  private static Path folder;

  @BeforeAll
  static void train() throws IOException {
    TinyExperiment.write(folder); // 360 characters, 1,000 bytes
    String parts = ", validation: 0.1, test: 0.2";
    program(TinyExperiment.run("--set", "corpus={source: text.txt" + parts + "}", "--out", "end"))
        .requireDone();
    String bytes = "corpus={source: text.txt, tokens: byte, split: streams" + parts + "}";
    String consecutive = "sampler={type: consecutive, batchSize: 4, steps: 5}";
    Outcome outcome =
        program(TinyExperiment.run("--set", bytes, "--set", consecutive, "--out", "bytes"))
            .requireDone();
    long size = Files.size(folder.resolve("text.txt"));
    long stream = size / 4;
    long ofStream = Math.round(stream * 0.1) + Math.round(stream * 0.2);
    assertThat(outcome.err())
        .contains(
            "%,d bytes (%,d at the ends of 4 streams held out), 256 distinct"
                .formatted(size, 4 * ofStream));
  }

  private static Outcome program(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  private static String scored(String... arguments) {
    return program(arguments).requireDone().out().lines().skip(1).findFirst().orElseThrow();
  }

  @Test
  void eachPartIsScored() {
    String text = "scored: the run's own text, " + folder.resolve("text.txt") + ": ";
    assertThat(scored("eval", "end")).isEqualTo(text + "36 characters, which were held out");
    assertThat(scored("eval", "end", "--part", "validation")).isEqualTo(scored("eval", "end"));
    assertThat(scored("eval", "end", "--part", "test"))
        .isEqualTo(text + "the last 72 characters, which were held out for the test");
    assertThat(scored("eval", "end", "--part", "train"))
        .isEqualTo(text + "the first 252 characters, which were trained on");
    assertThat(scored("eval", "bytes", "--part", "test"))
        .matches(".* \\d+ characters in 4 streams, which were held out for the test");
  }

  @Test
  void aPartOfAnotherTextIsRefused() {
    Outcome outcome = program("eval", "end", "--part", "test", "--corpus", "text.txt");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "lyricist: --part: it is a part of the run's own text; leave it out, or --corpus\n");
  }

  /** Drawn from a model that has learned little, they are often no UTF-8: that is replaced. */
  @Test
  void bytesAreWrittenAsWholeCharacters() throws IOException {
    Outcome outcome =
        program("generate", "bytes", "--prefix", "春x", "--length", "200", "--temperature", "2");
    String text = outcome.requireDone().out();
    assertThat(text).startsWith("春x").contains("\uFFFD");
    assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    Files.write(folder.resolve("any"), new byte[] {0, (byte) 0xFF, 'a', (byte) 0xE5});
    assertThat(program("eval", "bytes", "--corpus", "any").requireDone().out())
        .contains(" bits per character, 3 characters");
  }
}
