package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as a process, started from another folder. */
class EndToEndTest {
  private Path folder;

  @BeforeEach
  void writeExperiment(@TempDir Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("a folder 歌词"));
    TinyExperiment.write(folder);
  }

  private Outcome lyricist(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  private List<JsonNode> jsonLines(String file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (Stream<String> lines = Files.lines(folder.resolve(file))) {
      return lines
          .map(
              line -> {
                try {
                  return mapper.readTree(line);
                } catch (IOException e) {
                  throw new AssertionError(line, e);
                }
              })
          .toList();
    }
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }

  @Test
  void versionNamesTheProgramAndItsCommit() {
    Outcome outcome = lyricist("--version").requireDone();
    assertThat(outcome.out())
        .matches("lyricist \\d+\\.\\d+\\.\\d+ \\((\\p{XDigit}{40}|unknown)\\)\n");
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void helpListsTheCommands(String option) {
    Outcome outcome = lyricist(option).requireDone();
    assertThat(outcome.out())
        .contains("Usage: " + Program.LAUNCHER, "run", "report", "validate", "backends");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void noArgumentsIsAskingForHelp() {
    assertThat(lyricist()).isEqualTo(lyricist("--help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "report", "validate", "backends"})
  void everyCommandHasHelp(String command) {
    assertThat(lyricist(command, "--help").requireDone().out())
        .startsWith("Usage: " + Program.LAUNCHER + " " + command);
  }

  @Test
  void backendsTellsWhatCanRunHere() {
    assertThat(lyricist("backends").requireDone().out().lines())
        .anyMatch(
            line ->
                line.matches(
                    "scratch +Lyricist \\S+, cpu \\(.+\\); from .+backend-scratch-\\S+\\.jar"));
  }

  @Test
  void completionIsAScriptThatBashReads() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, lyricist("generate-completion").requireDone().out());
    assertThat(new ProcessBuilder("bash", "-n", script.toString()).start().waitFor()).isZero();
  }

  @Test
  void validatePrintsTheCompleteConfigWhichIsItselfValid() throws IOException {
    Outcome first = lyricist("validate", TinyExperiment.CONFIG).requireDone();
    assertThat(first.out())
        .contains("batchSize: 4\n", "clipNorm: 0.01\n", folder.resolve("text.txt").toString());
    Files.writeString(folder.resolve("complete.yaml"), first.out());
    assertThat(lyricist("validate", "complete.yaml")).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random-scratch", "consecutive-scratch"})
  void theShippedConfigsAreValid(String name) {
    String config = Program.ROOT.resolve("configs").resolve(name + ".yaml").toString();
    assertThat(lyricist("validate", config).requireDone().out()).contains("name: " + name + "\n");
  }

  @Test
  void runPrintsThePreviewsAndFillsItsDirectory() throws IOException {
    Outcome outcome = lyricist(TinyExperiment.run("--out", "运行 1")).requireDone();
    assertThat(outcome.out()).matches(TinyExperiment.OUTPUT);
    assertThat(outcome.err()).contains("运行 1");
    try (Stream<Path> files = Files.list(folder.resolve("运行 1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(
              "config.yaml", "run.json", "metrics.jsonl", "previews.jsonl", "model.safetensors")
          .noneMatch(name -> name.endsWith(".tmp"));
    }
    JsonNode provenance = json("运行 1/run.json");
    assertThat(provenance.path("status").asText()).isEqualTo("finished");
    assertThat(provenance.path("backend").asText()).isEqualTo("scratch");
    assertThat(provenance.path("corpus").path("characters").asInt()).isEqualTo(360);
    assertThat(jsonLines("运行 1/metrics.jsonl"))
        .extracting(line -> line.path("epoch").asInt())
        .containsExactly(1, 2, 3, 4);
    assertThat(jsonLines("运行 1/previews.jsonl"))
        .extracting(line -> line.path("epoch").asInt() + line.path("prefix").asText())
        .containsExactly("2春雨", "2雨", "4春雨", "4雨");
  }

  @Test
  void previewsOnStdoutAndInTheFileAreTheSame() throws IOException {
    String out = lyricist(TinyExperiment.run("--out", "r")).requireDone().out();
    List<String> written =
        jsonLines("r/previews.jsonl").stream()
            .map(line -> " - " + line.path("prefix").asText() + line.path("text").asText())
            .toList();
    assertThat(out.lines().filter(line -> line.startsWith(" - "))).isEqualTo(written);
  }

  @Test
  void withoutOutTheRunGetsAFolderOfItsName() throws IOException {
    lyricist(TinyExperiment.run()).requireDone();
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      assertThat(runs.map(run -> run.getFileName().toString()).toList())
          .singleElement()
          .asString()
          .matches("tiny-\\d{8}-\\d{6}");
    }
  }

  @Test
  void theWrittenConfigRepeatsTheRun() throws IOException {
    lyricist(TinyExperiment.run("--out", "first", "--set", "seed=7")).requireDone();
    lyricist("run", "first/config.yaml", "--out", "second").requireDone();
    assertThat(bytes("second/model.safetensors")).isEqualTo(bytes("first/model.safetensors"));
    assertThat(bytes("second/config.yaml")).isEqualTo(bytes("first/config.yaml"));
  }

  @Test
  void anotherSeedIsAnotherRun() throws IOException {
    lyricist(TinyExperiment.run("--out", "first")).requireDone();
    lyricist(TinyExperiment.run("--out", "second", "--set", "seed=2")).requireDone();
    assertThat(bytes("second/model.safetensors")).isNotEqualTo(bytes("first/model.safetensors"));
  }

  @Test
  void theNumberOfThreadsChangesNoBit() throws IOException {
    for (String threads : List.of("1", "2", "3")) {
      lyricist(
              TinyExperiment.run(
                  "--out", threads, "--threads", threads, "--set", "model.hidden=61"))
          .requireDone();
      assertThat(json(threads + "/run.json").path("threads").asText()).isEqualTo(threads);
      assertThat(bytes(threads + "/model.safetensors")).isEqualTo(bytes("1/model.safetensors"));
    }
  }

  @Test
  void withoutEpochsTheInitialParametersAreWritten() throws IOException {
    Outcome outcome = lyricist(TinyExperiment.run("--out", "r", "--set", "training.epochs=0"));
    assertThat(outcome.requireDone().out()).isEmpty();
    assertThat(folder.resolve("r/model.safetensors")).isNotEmptyFile();
    assertThat(folder.resolve("r/metrics.jsonl")).isEmptyFile();
  }

  @Test
  void quietLeavesStderrEmpty() {
    Outcome outcome = lyricist(TinyExperiment.run("--quiet", "--out", "r")).requireDone();
    assertThat(outcome.out()).matches(TinyExperiment.OUTPUT);
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX"})
  void textIsUtf8WhateverTheLocale(String locale) {
    Outcome outcome =
        Program.in(folder)
            .with("LC_ALL", locale)
            .with("NO_COLOR", "1")
            .run(TinyExperiment.run("--out", "结果", "--set", "preview.prefixes=[灯, 窗前]"))
            .requireDone();
    assertThat(outcome.out()).contains(" - 灯").contains(" - 窗前");
    assertThat(outcome.err()).contains("结果").doesNotContain("\033");
    assertThat(folder.resolve("结果/model.safetensors")).exists();
  }

  @Test
  void aSymbolicLinkStartsTheProgram() throws IOException {
    Path relative = folder.resolve("first link");
    Files.createSymbolicLink(
        relative, folder.toRealPath().relativize(Program.ROOT.toRealPath().resolve("lyricist")));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("first link"));
    assertThat(Program.in(folder).through(link).run("--version").requireDone().out())
        .startsWith("lyricist ");
  }

  @Test
  void neitherHomeNorMavenIsNeededToStart() {
    assertThat(
            Program.in(folder)
                .with("HOME", "/nonexistent")
                .with("PATH", "/usr/bin:/bin")
                .run("--version")
                .requireDone()
                .out())
        .startsWith("lyricist ");
  }
}
