package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.fault.FaultyProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code compare} of the packaged program: verdicts, exit codes, what is refused. */
class EndToEndCompareTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(folder);
  }

  private static String[] compare(String... more) {
    String[] arguments = {"compare", TinyExperiment.CONFIG, "--out", "c"};
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("c/compare.json").toFile());
  }

  @Test
  void allInstalledEnginesAgree() throws IOException {
    Outcome outcome =
        Program.in(folder).run(compare("--epochs", "4", "--backend", "djl")).requireDone();
    assertThat(outcome.out())
        .containsPattern("epoch +djl +nd4j +scratch +deviation +allowed\n")
        .contains("they agree in epochs 1 to 4");
    assertThat(json().path("verdict").asText()).isEqualTo("agree");
    assertThat(json().path("epochs"))
        .hasSize(4)
        .allMatch(epoch -> epoch.path("judged").asBoolean());
    for (String run : new String[] {"djl", "nd4j", "scratch", "twin-1", "twin-2"}) {
      assertThat(folder.resolve("c").resolve(run).resolve("metrics.jsonl"))
          .content()
          .hasLineCount(4);
    }
    assertThat(folder.resolve("c/twin-1/run.json")).content().contains("\"djl\"");
  }

  /** Without clipping, a learning rate this high makes any rounding grow from batch to batch. */
  @Test
  void healthyEnginesAreNotApartInChaos() throws IOException {
    Outcome outcome =
        Program.in(folder)
            .run(
                compare(
                    "--backends",
                    "scratch,reference",
                    "--set",
                    "training.clipNorm=null",
                    "--set",
                    "training.optimizer={type: sgd, learningRate: 30}",
                    "--set",
                    "model.hidden=64",
                    "--epochs",
                    "10"))
            .requireDone();
    assertThat(outcome.out()).contains("not judged");
    assertThat(json().path("verdict").asText()).isIn("agree", "undecided");
  }

  @Test
  void aTrainingThatDivergesOnAllEnginesIsUndecided() throws IOException {
    Outcome outcome =
        Program.in(folder)
            .run(
                compare(
                    "--backends",
                    "scratch,reference",
                    "--set",
                    "training.clipNorm=null",
                    "--set",
                    "training.optimizer.learningRate=1e300"))
            .requireDone();
    assertThat(outcome.err()).contains("training diverged in epoch 1, batch 2");
    assertThat(outcome.out()).contains("undecided: this training diverges");
    assertThat(json().path("verdict").asText()).isEqualTo("undecided");
  }

  @Test
  void anEngineWithAFaultIsFoundApart() throws IOException, URISyntaxException {
    Outcome outcome =
        Program.in(folder)
            .through(programWith(FaultyProvider.class))
            .run(compare("--backends", "scratch,faulty"));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.out()).contains("they do NOT agree", "between scratch and faulty");
    assertThat(json().path("verdict").asText()).isEqualTo("apart");
  }

  /** A copy of the packaged program, with one more engine beside its own. */
  private Path programWith(Class<? extends BackendProvider> provider)
      throws IOException, URISyntaxException {
    Path home = Files.createDirectories(folder.resolve("program"));
    Path lib = Files.createDirectory(home.resolve("lib"));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Program.INSTALLED.resolve("lib"), "*.*")) {
      for (Path file : files) {
        Files.copy(file, lib.resolve(file.getFileName()));
      }
    }
    Path engine = Files.createDirectories(lib.resolve("engines/faulty"));
    Path classes = Path.of(provider.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path services = Files.createDirectories(folder.resolve("services/META-INF/services"));
    Files.writeString(services.resolve(BackendProvider.class.getName()), provider.getName());
    String packages = provider.getPackageName().replace('.', '/');
    int packed =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file=" + engine.resolve("faulty.jar"),
                "-C",
                folder.resolve("services").toString(),
                "META-INF",
                "-C",
                classes.toString(),
                packages);
    assertThat(packed).isZero();
    return Files.copy(
        Program.INSTALLED.resolve("bin/lyricist"),
        Files.createDirectory(home.resolve("bin")).resolve("lyricist"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  void oneEngineAloneIsRefused() {
    for (String engines : new String[] {"scratch", "scratch,scratch"}) {
      Outcome outcome = Program.in(folder).run(compare("--backends", engines));
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err()).contains("name two or more different ones");
    }
  }

  @Test
  void anEngineThatIsNotThereIsRefusedBeforeAnyIsTrained() {
    Outcome outcome = Program.in(folder).run(compare("--backends", "scratch,torch"));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("there is no backend 'torch'").doesNotContain("training on");
    assertThat(folder.resolve("c")).doesNotExist();
  }
}
