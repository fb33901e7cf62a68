package io.github.lyricist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private Path run(String name, String start) throws IOException {
    Path run = Files.createDirectory(folder.resolve(name));
    Files.writeString(
        run.resolve("run.json"), "{\"start\": \"" + start + "\", \"status\": \"interrupted\"}");
    Files.writeString(run.resolve("config.yaml"), "training: {epochs: 9}");
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"epoch":1,"perplexity":8.5,"loss":2,"seconds":1.5,"charactersPerSecond":9,"gradientNorm":1,\
        "learningRate":1,"validationPerplexity":7.5}
        {"epoch":2,"perplexity":null,"loss":2,"seconds":1.25,"charactersPerSecond":9,"gradientNorm":1,\
        "learningRate":1,"validationPerplexity":7.75}
        """);
    return run;
  }

  @Test
  void runsAreInTheOrderInWhichTheyBegan() throws IOException {
    Path second = run("a", "2026-01-02T00:00:00Z");
    Path first = run("b", "2026-01-01T00:00:00Z");
    Path broken = run("c", "yesterday");
    Files.writeString(broken.resolve("metrics.jsonl"), "[]\n");
    Path untold = run("e", "some day");
    Path none = Files.createDirectory(folder.resolve("d"));
    Files.createFile(folder.resolve("report.html"));
    List<String> notices = new ArrayList<>();
    assertThat(new RunFolder(folder).runs(notices::add))
        .extracting(StoredRun::folder)
        .containsExactly(untold, first, second);
    assertThat(notices)
        .containsExactlyInAnyOrder(
            "left out: "
                + broken.resolve("metrics.jsonl")
                + ":1: no JSON object; name a run directory that is whole",
            "left out: " + none + ": no run; it has no run.json");
    assertThat(new RunFolder(folder).latest()).isEqualTo(second);
  }

  @Test
  void whereThereIsNoRunThereIsNoLatest() {
    assertThatThrownBy(() -> new RunFolder(folder).latest())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder + ": there is no run; train one, or name a run directory");
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> new RunFolder(absent))
        .hasMessage(
            absent
                + ": there is no such folder; train a run first, or name a folder that holds runs");
  }

  @Test
  void asJsonWhatIsNotFiniteIsNull() throws IOException {
    Path run = run("a", "2026-01-02T00:00:00Z");
    assertThat(RunJson.of(new RunFolder(folder).runs(notice -> {})))
        .isEqualToNormalizingWhitespace(
            """
            [ { "folder" : "%s", "name" : "a", "imported" : false, "status" : "interrupted",
            "start" : "2026-01-02T00:00:00Z", "end" : null, "backend" : null, "epochs" : 2,
            "perplexity" : null, "bestValidation" : 7.5, "bestValidationEpoch" : 1,
            "seconds" : 2.75 } ]
            """
                .formatted(run));
  }

  @Test
  void anImportedModelHasNeitherConfigNorEpochs() throws IOException {
    Path run = Files.createDirectory(folder.resolve("i"));
    Files.writeString(
        run.resolve("run.json"),
        "{\"imported\": {\"weights\": {\"file\": \"w\"}}, \"start\": \"2026-01-01T00:00:00Z\"}");
    StoredRun imported = StoredRun.overview(run);
    assertThat(imported.isImported()).isTrue();
    assertThat(imported.epochs()).isEmpty();
    assertThat(imported.config()).isEmpty();
  }
}
