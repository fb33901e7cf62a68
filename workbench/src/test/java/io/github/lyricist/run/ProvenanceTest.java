package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.run.ImportProvenance.Source;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.Provenance.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  private static final Build BUILD = new Build("1.2.3", "abc");
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = Instant.parse("2026-01-02T04:00:00Z");

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private static Provenance run(@Nullable Instant resumed) {
    Text text = new Text("songs.txt", "0123", 500, 40);
    return new Provenance(
        BUILD, "scratch", "Scratch 1", "cpu", 3, text, START, resumed, null, Status.RUNNING);
  }

  private void write(Provenance provenance) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    provenance.write(out);
    Files.write(folder.resolve(Provenance.FILE), out.toByteArray());
  }

  @Test
  void tellsWhereResultsComeFrom() throws IOException {
    write(run(null));
    assertThat(Provenance.read(folder))
        .containsExactly(
            entry("version", "1.2.3"),
            entry("commit", "abc"),
            entry("backend", "scratch"),
            entry("backendVersion", "Scratch 1"),
            entry("device", "cpu"),
            entry("threads", "3"),
            entry("jdk", System.getProperty("java.vm.name") + " " + Runtime.version()),
            entry(
                "os",
                System.getProperty("os.name")
                    + " "
                    + System.getProperty("os.version")
                    + " ("
                    + System.getProperty("os.arch")
                    + ")"),
            entry("cpu", Processor.name()),
            entry("corpus.source", "songs.txt"),
            entry("corpus.sha256", "0123"),
            entry("corpus.characters", "500"),
            entry("corpus.vocabulary", "40"),
            entry("start", "2026-01-02T03:04:05Z"),
            entry("resumed", null),
            entry("end", null),
            entry("status", "running"));
    assertThat(Files.readString(folder.resolve(Provenance.FILE))).endsWith("}\n");
    assertThat(Provenance.start(folder)).isEqualTo(START);
    assertThat(Provenance.hasFinished(folder)).isFalse();
  }

  @Test
  void anEndedRunHasItsTimesAndStatus() throws IOException {
    write(run(LATER).ended(LATER, Status.FINISHED));
    assertThat(Provenance.read(folder))
        .contains(
            entry("resumed", "2026-01-02T04:00:00Z"),
            entry("end", "2026-01-02T04:00:00Z"),
            entry("status", "finished"));
    assertThat(Provenance.hasFinished(folder)).isTrue();
  }

  @Test
  void aBeginningThatIsNoTimeIsAFault() throws IOException {
    Files.writeString(folder.resolve(Provenance.FILE), "{\"start\":\"once\"}");
    assertThatThrownBy(() -> Provenance.start(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("run.json: has no time 'start'");
  }

  @Test
  void anImportedModelTellsItsFiles() throws IOException {
    Source weights = new Source("m.safetensors", "45");
    Source vocabulary = new Source("v.json", "67");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ImportProvenance(BUILD, weights, vocabulary, START, LATER).write(out);
    assertThat(JsonObject.parse("run.json", out.toString(UTF_8)).values())
        .containsExactly(
            entry("version", "1.2.3"),
            entry("commit", "abc"),
            entry("imported.weights.file", "m.safetensors"),
            entry("imported.weights.sha256", "45"),
            entry("imported.vocabulary.file", "v.json"),
            entry("imported.vocabulary.sha256", "67"),
            entry("start", "2026-01-02T03:04:05Z"),
            entry("end", "2026-01-02T04:00:00Z"),
            entry("status", "finished"));
  }

  @Test
  void theProcessorIsCalledAsTheSystemCallsIt() throws IOException {
    Path info = folder.resolve("cpuinfo");
    assertThat(Processor.name(info, "arch")).isEqualTo("arch");
    Files.writeString(
        info, "vendor_id : x\nmodel name\t: Fast 9000 @ 1: GHz \nmodel name: other\n");
    assertThat(Processor.name(info, "arch")).isEqualTo("Fast 9000 @ 1: GHz");
    Files.writeString(info, "model : 5\n");
    assertThat(Processor.name(info, "arch")).isEqualTo("arch");
  }
}
