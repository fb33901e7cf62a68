package io.github.lyricist.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher makes of the folder, the locale and the files that it is started among. */
class EndToEndLauncherTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(folder);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFolderWithAColonIsRefused() throws IOException {
    Path home = Files.createDirectory(folder.resolve("a:b")).toRealPath();
    Path launcher = Files.copy(Program.ROOT.resolve("lyricist"), home.resolve("lyricist"));
    Outcome outcome = Program.in(folder).through(launcher).run("--version");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "lyricist: %s: a path with a colon, at which Java's class path splits;".formatted(home)
                + " move Lyricist to a folder without\n");
  }

  @Test
  void tooFewOpenFilesAreAFault() throws IOException {
    Path limited = folder.resolve("limited");
    Files.writeString(
        limited, "#!/bin/bash\nulimit -n 60\nexec '%s' \"$@\"\n".formatted(Program.LAUNCHER));
    assertThat(limited.toFile().setExecutable(true)).isTrue();
    Outcome outcome = Program.in(folder).through(limited).run(TinyExperiment.run("--out", "r"));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "lyricist: this shell allows 60 open files; raise that to 128 or more with ulimit -n\n");
  }

  /** The first is what ssh sends from a Mac; the others are installed nowhere. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "xx_XX.UTF-8", "xx_XX.utf8"})
  void aLocaleThatIsOnlySpelledUtf8(String locale) {
    Outcome outcome =
        Program.in(folder)
            .with("LC_ALL", "")
            .with("LC_CTYPE", locale)
            .run(TinyExperiment.run("--out", "结果"))
            .requireDone();
    assertThat(outcome.out()).matches(TinyExperiment.OUTPUT);
    assertThat(folder.resolve("结果/model.safetensors")).exists();
  }

  @Test
  void theHomeFolderGetsNothingButOurCache() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Program.in(folder)
        .with("HOME", home.toString())
        .with("XDG_CACHE_HOME", "")
        .run(TinyExperiment.run("--out", "r"))
        .requireDone();
    assertThat(folder.resolve("r/curves.png")).isNotEmptyFile(); // drawn with fonts
    assertThat(names(home)).containsExactly(".cache");
    assertThat(names(home.resolve(".cache"))).containsExactly("lyricist");
  }

  @Test
  void aCrashLeavesItsLogInTheTemporaryFolder() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Program program = Program.in(folder).with("TMPDIR", temporary.toString());
    String[] endless = TinyExperiment.run("--out", "r", "--set", "training.epochs=1000000");
    try (Running running = program.start(endless)) {
      running.awaitContent(folder.resolve("r/metrics.jsonl")).signal("SEGV");
      assertThat(running.end().exitCode()).isNotZero();
    }
    assertThat(names(temporary))
        .anyMatch(name -> name.matches("lyricist-crash-\\d+\\.log"))
        .noneMatch(name -> name.startsWith("hs_err"));
    assertThat(names(folder)).noneMatch(name -> name.matches("(hs_err|replay)_pid.*"));
  }

  /** In a home of its own, where Maven has nothing to build. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0005, 0.5, 0.999})
  void aClassArchiveThatWasCutOffStopsNoStart(double part) throws Exception {
    Path home = home();
    Files.setLastModifiedTime(
        home.resolve("pom.xml"), FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    assertThat(version(home)).contains("building");
    Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.fromMillis(0));
    List<Path> archives;
    try (Stream<Path> files = Files.list(home.resolve("target"))) {
      archives = files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
    assertThat(archives).hasSize(2);
    for (Path archive : archives) {
      byte[] whole = Files.readAllBytes(archive);
      Files.delete(archive); // it can't be written
      Files.write(archive, Arrays.copyOf(whole, (int) (part * whole.length)));
    }
    assertThat(version(home)).startsWith("lyricist 0").doesNotContain("building");
  }

  private Path home() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    for (String file : List.of("lyricist", "pom.xml")) {
      Files.copy(Program.ROOT.resolve(file), home.resolve(file));
    }
    for (String module :
        List.of(
            "core",
            "workbench",
            "backend-scratch",
            "backend-nd4j",
            "backend-djl",
            "cli",
            "configs")) {
      Files.createSymbolicLink(home.resolve(module), Program.ROOT.resolve(module));
    }
    Path maven = Files.createDirectory(home.resolve("bin")).resolve("mvn");
    Files.writeString(maven, "#!/usr/bin/env bash\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    return home;
  }

  /** What the program says of its version, with its standard error. */
  private static String version(Path home) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("lyricist").toString(), "--version")
            .redirectErrorStream(true);
    builder.environment().merge("PATH", home.resolve("bin").toString(), (a, b) -> b + ":" + a);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
