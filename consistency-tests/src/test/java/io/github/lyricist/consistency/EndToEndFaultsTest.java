package io.github.lyricist.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packaged program does when it is given something wrong: one line, and which code. */
class EndToEndFaultsTest {
  private Path folder;

  @BeforeEach
  void writeExperiment(@TempDir Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("错误 faults"));
    TinyExperiment.write(folder);
  }

  private Outcome lyricist(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  private void requireFault(int exitCode, Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).as("exit code; stderr: %s", outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("lyricist: ")
        .contains(parts);
  }

  private void requireFault(int exitCode, Outcome outcome, List<String> parts) {
    requireFault(exitCode, outcome, parts.toArray(new String[0]));
  }

  /** Something wrong to give, and what the message says of it. */
  private static Arguments fault(String given, String... parts) {
    return Arguments.of(given, List.of(parts));
  }

  static Stream<Arguments> misuses() {
    return Stream.of(
        fault("sing", "there is no command 'sing'; see " + Program.LAUNCHER + " --help"),
        fault("--sing", "--sing"),
        fault("run", "CONFIG"),
        fault("run 微小.yaml --sing", "--sing"),
        fault("run 微小.yaml more.yaml", "more.yaml"),
        fault("run 微小.yaml --out", "--out"),
        fault("run absent.yaml", "absent.yaml: there is no such file"),
        fault(
            "run 微小.yaml --backend torch", "'torch'; choose one of: djl, nd4j, reference, scratch"),
        fault("run 微小.yaml --device cuda", "--device cuda: ", "scratch", "cpu"),
        fault("run 微小.yaml --device tpu", "--device tpu: ", "cuda:N"),
        fault("run 微小.yaml --threads 0", "--threads 0: "),
        fault("run 微小.yaml --threads many", "--threads many: "),
        fault("run 微小.yaml --threads 1025", "--threads 1025: "),
        fault("bench --threads 2,0", "--threads: found 0; expected a whole number from 1 to 1024"));
  }

  @ParameterizedTest
  @MethodSource
  void misuses(String commandLine, List<String> parts) {
    requireFault(2, lyricist(commandLine.split(" ")), parts);
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        fault("seed", "--set seed: there is no '='"),
        fault("=x", "--set =x: "),
        fault("seed=one", "--set seed=one: 'seed' is 'one'; expected a whole number"),
        fault("seed=", "--set seed=: "),
        fault("threads=many", "'threads' is 'many'; expected auto or a whole number"),
        fault("seed=[", "--set seed=[: not YAML"),
        fault("seed=!!int 5", "a YAML tag"),
        fault("sede=5", "unknown key 'sede'; did you mean 'seed'?"),
        fault("a..b=1", "--set a..b=1: unknown key 'a'"),
        fault(".=1", "--set .=1: unknown key ''"),
        fault("training=5", "'training' is '5'; expected keys and values"),
        fault("training.optimizer=5", "'training.optimizer' is '5'; expected keys and values"),
        fault("training.optimizer=sgd", "expected keys and values, as in {type: sgd}"),
        fault("training.optimizer.learningRate=.nan", "expected a finite"),
        fault("training.optimizer.learningRate=-1", "expected a number above 0"),
        fault("training.optimizer.type=adagrad", "one of: sgd, adam, adamw, rmsprop"),
        fault("training.epochs=-1", "at least 0"),
        fault("training.epochs=99999999999", "from -2147483648 to 2147483647"),
        fault("training.epochs=2.5", "expected a whole number"),
        fault("training.clipNorm=0", "above 0, or null"),
        fault("corpus.source=5", "'corpus.source' is '5'; expected text"),
        fault("corpus.source=", "'corpus.source' is ''"),
        fault("corpus.source=absent.txt", "there is no file", "absent.txt"),
        fault("corpus.source=bundled:symphonies", "no bundled corpus 'symphonies'"),
        fault("corpus.source='*.md'", "no file fits the pattern", "*.md"),
        fault("corpus.validation=absent.txt", "there is no file", "absent.txt"),
        fault("corpus.source=\"a\\0b\"", "is no path"),
        fault("model.from=\"a\\0b\"", "expected a path"),
        fault("corpus.limit=0", "at least 1"),
        fault("corpus.limit=20", "20 characters", "needs 21"),
        fault("sampler.batchSize=0", "at least 1"),
        fault("sampler.steps=-35", "at least 1"),
        fault("model.hidden=0", "from 1 to 1048576"),
        fault(
            "model.hidden=1000000", "a tensor of the model would have 1,000,000,000,000 elements"),
        fault("model.cell=transformer", "one of: rnn, gru, lstm"),
        fault("model.bidirectional=true", "sees the characters that it should predict"),
        fault("preview.prefixes=雨", "expected auto or a list"),
        fault("preview.prefixes=['']", "a prefix is empty"),
        fault("preview.prefixes=[雨龘]", "'龘' (U+9F98)", "'雨龘'"),
        fault("preview.prefixes=[😀]", "'😀' (U+1F600)"),
        fault("name=../up", "found '../up'"));
  }

  @ParameterizedTest
  @MethodSource
  void settings(String setting, List<String> parts) {
    requireFault(2, lyricist(TinyExperiment.run("--set", setting, "--out", "r")), parts);
    assertThat(folder.resolve("r")).doesNotExist();
  }

  static Stream<Arguments> configs() {
    return Stream.of(
        fault("", "config.yaml:1:1: "),
        fault("- a list", "config.yaml:1:1: the document has no keys and values"),
        fault("name: tiny\ncorpus: [", "config.yaml:2:"),
        fault("name: tiny\n\tseed: 1", "config.yaml:2:1: not YAML"),
        fault("corpus: {source: x}\ncorpus: {source: y}", "config.yaml:2:1: ", "twice"),
        fault(
            "corpus: {source: x}\nmodel:\n  hiden: 5",
            "config.yaml:3:3: unknown key 'hiden' in 'model'; did you mean 'hidden'?"),
        fault("corpus: {source: x}\nseed: !!int 5", "config.yaml:2:7: a YAML tag"),
        fault("seed: 1", "'corpus.source' is missing"),
        fault("seed: 1\n---\nseed: 2", "config.yaml:2:1: a second document begins here"),
        fault("[".repeat(200) + "]".repeat(200), "config.yaml:1:21: nested deeper than"),
        fault("a: &a 1\nb: [*a]", "config.yaml:1:4: an anchor, &a, is not allowed here"),
        fault("corpus: {source: x}\na: *a", "config.yaml:2:4: an alias, *a, is not allowed here"),
        fault("#".repeat((1 << 20) + 1), "larger than the limit of 1.05 MB"));
  }

  @ParameterizedTest
  @MethodSource
  void configs(String yaml, List<String> parts) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), yaml);
    requireFault(2, lyricist("validate", "config.yaml"), parts);
  }

  @Test
  void aConfigThatIsNotUtf8() throws IOException {
    Files.write(folder.resolve("config.yaml"), new byte[] {'a', ':', ' ', (byte) 0xB4});
    requireFault(2, lyricist("validate", "config.yaml"), "config.yaml: not UTF-8");
  }

  private void requireCorpusFault(String source, String... parts) {
    requireFault(2, lyricist(TinyExperiment.run("--set", "corpus.source=" + source)), parts);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void anEmptyCorpus() throws IOException {
    Files.createFile(folder.resolve("empty.txt"));
    requireCorpusFault("empty.txt", "empty.txt: the corpus is empty");
  }

  @Test
  void aCorpusTooShortForOneBatch() throws IOException {
    Files.writeString(folder.resolve("short.txt"), "春雨");
    requireCorpusFault("short.txt", "has 2 characters", "needs 21");
  }

  @Test
  void aCorpusThatIsNotUtf8() throws IOException {
    byte[] text = "春雨落在旧城墙".getBytes(UTF_8);
    text[9] = 'x';
    Files.write(folder.resolve("broken.txt"), text);
    requireCorpusFault("broken.txt", "broken.txt: not UTF-8 at byte offset 10");
  }

  @Test
  void aZipWithoutAnEntry() throws IOException {
    zip("none.zip");
    requireCorpusFault("none.zip", "the archive has no text");
  }

  @Test
  void aZipWithTwoEntries() throws IOException {
    zip("two.zip", "a.txt", "b.txt");
    requireCorpusFault("two.zip", "2 entries (a.txt, b.txt)", "choose one: ", "two.zip!/a.txt");
    requireCorpusFault("two.zip!/c.txt", "no entry 'c.txt'");
  }

  @Test
  void filesThatAreNoArchives() throws IOException {
    Files.writeString(folder.resolve("fake.zip"), "no zip at all");
    Files.writeString(folder.resolve("fake.gz"), "no gzip at all");
    requireCorpusFault("fake.zip", "fake.zip: ");
    requireCorpusFault("fake.gz", "fake.gz: not a gzip file");
  }

  private void zip(String name, String... entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write("春雨落在旧城墙".repeat(30).getBytes(UTF_8));
      }
    }
  }

  @Test
  void anOutputFolderInUse() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("used")).resolve("mine"), "");
    requireFault(
        2, lyricist(TinyExperiment.run("--out", "used")), "used: exists and is not an empty");
    requireFault(2, lyricist(TinyExperiment.run("--out", "text.txt")), "text.txt: exists");
    assertThat(folder.resolve("used")).isDirectoryContaining(file -> file.endsWith("mine"));
  }

  @Test
  void anOutputFolderInsideAFile() {
    Outcome outcome = lyricist(TinyExperiment.run("--quiet", "--out", "text.txt/r"));
    requireFault(2, outcome, "text.txt");
  }

  /** The program, with something done to its standard output. */
  private Program redirected(String redirection) throws IOException {
    Path script = folder.resolve("redirected");
    Files.writeString(
        script,
        """
        #!/usr/bin/env bash
        '%s' "$@" %s
        exit ${PIPESTATUS[0]}
        """
            .formatted(Program.ROOT.resolve("lyricist"), redirection));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return Program.in(folder).through(script);
  }

  @Test
  void aStandardOutputThatIsFull() throws IOException {
    Outcome outcome = redirected("> /dev/full").run("validate", TinyExperiment.CONFIG);
    requireFault(1, outcome, "standard output: No space left on device");
  }

  @Test
  void textThatNobodyReadsOnIsNotWritten() throws IOException {
    lyricist(TinyExperiment.run("--out", "r")).requireDone();
    Outcome outcome =
        redirected("| head -c 3").run("generate", "r", "--prefix=春", "--length=2000000000");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).hasSize(1);
  }

  @Test
  void debugAddsTheStackTrace() {
    Outcome outcome = lyricist("validate", "absent.yaml", "--debug");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .hasSizeGreaterThan(3)
        .first()
        .asString()
        .startsWith("lyricist: absent.yaml: ");
    assertThat(outcome.err()).contains("\tat io.github.lyricist.");
  }

  @Test
  void aRunThatDivergesFailsAndSaysSo() throws IOException {
    Outcome outcome =
        lyricist(
            TinyExperiment.run(
                "--quiet",
                "--out",
                "r",
                "--set",
                "training.optimizer.learningRate=1e38",
                "--set",
                "training.clipNorm=null"));
    requireFault(
        1, outcome, "diverged in epoch ", "batch ", "learning rate 1.0E38", "gradient norm ");
    assertThat(new ObjectMapper().readTree(folder.resolve("r/run.json").toFile()).path("status"))
        .hasToString("\"diverged\"");
    assertThat(folder.resolve("r/model.safetensors")).isNotEmptyFile();
  }
}
