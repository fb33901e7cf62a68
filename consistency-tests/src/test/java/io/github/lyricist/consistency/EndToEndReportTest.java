package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on runs of the packaged program. */
class EndToEndReportTest {
  private Path folder;

  @BeforeEach
  void run(@TempDir Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("a folder"));
    TinyExperiment.write(folder);
    lyricist(TinyExperiment.run("--out", "运行 1", "--quiet")).requireDone();
  }

  private Outcome lyricist(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  @Test
  void ofOneRunIsInItsFolder() {
    Outcome outcome = lyricist("report", "运行 1").requireDone();
    assertThat(outcome.out()).isEqualTo("运行 1/report.html\n");
    assertThat(outcome.err()).isEmpty();
    assertThat(folder.resolve("运行 1/report.html"))
        .content()
        .contains("<h1>tiny</h1>", "finished", "4 of 4", "<b>春雨</b>", "<h3>Epoch 4</h3>");
    assertThat(lyricist("report", "运行 1")).isEqualTo(outcome);
  }

  @Test
  void ofSeveralRunsIsInTheCurrentFolderOrWhereOneSays() {
    lyricist(TinyExperiment.run("--out", "second", "--set", "seed=2")).requireDone();
    Outcome outcome = lyricist("report", "运行 1", "second").requireDone();
    assertThat(outcome.out()).isEqualTo("report.html\n");
    assertThat(folder.resolve("report.html"))
        .content()
        .contains(">seed</th><td data-column=\"运行 1\">1</td><td data-column=\"second\">2<")
        .doesNotContain("training.epochs");
    assertThat(lyricist("report", "second", "--out", "页.html").requireDone().out())
        .isEqualTo("页.html\n");
    assertThat(folder.resolve("页.html")).exists();
    assertThat(folder.resolve("second/report.html")).doesNotExist();
  }

  @Test
  void ofWhatIsNoRunIsRefused() throws IOException {
    Outcome outcome = lyricist("report", "absent");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "lyricist: absent: there is no such folder; name a run directory, as in runs/\n");
    assertThat(lyricist("report").exitCode()).isEqualTo(2);
    Files.writeString(folder.resolve("运行 1/metrics.jsonl"), "{\n");
    Outcome broken = lyricist("report", "运行 1");
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.err()).startsWith("lyricist: 运行 1/metrics.jsonl:1: not JSON: ");
    assertThat(broken.err().lines()).hasSize(1);
  }
}
