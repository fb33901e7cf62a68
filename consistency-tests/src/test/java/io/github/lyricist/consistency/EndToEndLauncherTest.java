package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
    Path bin = Files.createDirectory(home.resolve("bin"));
    Path launcher = Files.copy(Program.INSTALLED.resolve("bin/lyricist"), bin.resolve("lyricist"));
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

  /** A copy of the sources, whose Maven says so and does this. */
  private Path sources(String maven) throws IOException {
    Path home = Files.createDirectory(folder.resolve("sources"));
    Files.copy(Program.LAUNCHER, home.resolve("lyricist"));
    Files.createFile(home.resolve("pom.xml"));
    for (String folder : List.of("core/src/main", "configs", "distribution/src")) {
      Files.createDirectories(home.resolve(folder));
    }
    for (String module : List.of("core", "distribution")) {
      Files.createFile(home.resolve(module).resolve("pom.xml"));
    }
    Path commands = Files.createDirectory(folder.resolve("commands"));
    Path command = Files.writeString(commands.resolve("mvn"), "#!/bin/sh\n" + maven + "\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private Program program(Path sources) {
    return Program.in(folder)
        .through(sources.resolve("lyricist"))
        .with("PATH", folder.resolve("commands") + ":" + System.getenv("PATH"));
  }

  @Test
  void sourcesAreBuiltWhereTheyAreNewer() throws IOException {
    Path built =
        Files.writeString(
            folder.resolve("built"),
            "#!/bin/sh\nexec '%s/bin/lyricist' \"$@\"\n".formatted(Program.INSTALLED));
    assertThat(built.toFile().setExecutable(true)).isTrue();
    Path home =
        sources(
            """
            cd distribution
            mkdir -p target/lyricist/bin
            echo new >target/lyricist-1.zip
            cp '%s' target/lyricist/bin/lyricist"""
                .formatted(built));
    String building = "lyricist: building, this once; Maven may download what it lacks";
    assertThat(program(home).runWhateverItBuilds("--version").requireDone().err())
        .startsWith(building);
    assertThat(program(home).run("--version").requireDone().err()).isEmpty();
    Path source = Files.createFile(home.resolve("core/src/main/New.java"));
    Files.setLastModifiedTime(
        source, FileTime.fromMillis(System.currentTimeMillis() + TimeUnit.MINUTES.toMillis(1)));
    assertThat(program(home).runWhateverItBuilds("--version").requireDone().err())
        .startsWith(building);
    Files.setLastModifiedTime(source, FileTime.fromMillis(0));
    Outcome help = program(home).run("--help").requireDone();
    assertThat(help.out()).startsWith("Usage: " + home.resolve("lyricist") + " ");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void aBuildThatFailsSaysWhy() throws IOException {
    Path home = sources("echo '[INFO] a'; echo '[ERROR] no compiler'; exit 1");
    Outcome outcome = program(home).runWhateverItBuilds("--version");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .endsWith(
            "[ERROR] no compiler\nlyricist: the build failed; see %s\n"
                .formatted(home.toRealPath().resolve("distribution/target/build.log")));
  }
}
