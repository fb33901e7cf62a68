package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The zip, unpacked in a folder whose name has a space and is not ASCII, with another such folder
 * for a home, and nothing on the path of commands but what the start script needs.
 */
class EndToEndDistributionTest {
  private static final List<String> COMMANDS =
      List.of("cat", "cksum", "dirname", "locale", "ls", "mkfifo", "readlink", "rm", "tput", "wc");

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path installed;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path cache;

  private Path commands = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    Path home = Files.createDirectory(folder.resolve("my home"));
    cache = home.resolve(".cache/lyricist");
    Path target = Files.createDirectory(folder.resolve("Lieder & 歌"));
    try (ZipFile zip = new ZipFile(packed().toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Path file = target.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
    installed = theOnlyOne(target, "lyricist-*");
    assertThat(installed.resolve("bin/lyricist").toFile().setExecutable(true)).isTrue();
    commands = Files.createDirectory(folder.resolve("commands"));
    for (String command : COMMANDS) {
      Path found =
          List.of(Path.of("/usr/bin", command), Path.of("/bin", command)).stream()
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Path script = commands.resolve(command);
      Files.writeString(script, "#!/bin/sh\nexec %s \"$@\"\n".formatted(found));
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
  }

  private static Path packed() throws IOException {
    return theOnlyOne(Program.INSTALLED.resolveSibling(""), "lyricist-*.zip");
  }

  private static Path theOnlyOne(Path folder, String glob) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      List<Path> all = new ArrayList<>();
      found.forEach(all::add);
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private Program program() {
    return Program.in(installed)
        .through(installed.resolve("bin/lyricist"))
        .with("PATH", commands.toString())
        .with("HOME", folder.resolve("my home").toString())
        .with("XDG_CACHE_HOME", "")
        .with("XDG_DATA_HOME", "");
  }

  private static String[] run(String... more) {
    String[] run = {"run", "configs/random-scratch.yaml", "--epochs=2", "--set=model.hidden=16"};
    return Stream.concat(Stream.of(run), Stream.of(more)).toArray(String[]::new);
  }

  private List<Path> starts() throws IOException {
    try (Stream<Path> found = Files.list(cache.resolve("start"))) {
      return found.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/dash", "/usr/bin/busybox sh", "/bin/bash --posix"})
  void javaAndAnyShellAreEnough(String shell) throws IOException {
    String[] words = shell.split(" ");
    assumeThat(Path.of(words[0])).as("no %s here", words[0]).exists();
    Outcome first = program().under(words).run(run("--out", "first")).requireDone();
    assertThat(first.out()).contains("epoch 2, perplexity ");
    assertThat(first.err())
        .startsWith("lyricist: preparing the first start with this Java; the next ones are fast\n")
        .contains("Vector API", "to write with it: '" + installed + "/bin/lyricist' generate first")
        .doesNotContain("WARNING");
    Outcome second = program().under(words).run(run("--out", "second")).requireDone();
    assertThat(second.err()).doesNotContain("preparing", "WARNING");
    assertThat(installed.resolve("first/model.safetensors"))
        .hasSameBinaryContentAs(installed.resolve("second/model.safetensors"));
  }

  @Test
  void whatAnEngineNeedsIsNamedWhereThereIsNoMaven() throws IOException {
    Outcome install = program().run("install", "djl");
    assertThat(install.exitCode()).isEqualTo(2);
    assertThat(install.err())
        .contains(
            "lyricist: what djl needs is not installed, and Maven, which brings it, is not on the"
                + " PATH; install Maven, version 3.8 or later, or put these files into "
                + installed.toRealPath().resolve("lib/engines/djl")
                + ": api-",
            ", pytorch-native-cpu-");
    Outcome run = program().run(run("--backend", "djl", "--out", "r"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--backend djl: what djl needs is not installed");
    assertThat(installed.resolve("r")).doesNotExist();
  }

  /** As one does who has fetched them elsewhere. */
  @Test
  void anEngineWhoseFilesWerePutThereRuns() throws IOException {
    Path users = folder.resolve("my home/.local/share/lyricist/engines/djl");
    Files.createDirectories(users);
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Program.INSTALLED.resolve("lib/engines/djl"), "*.jar")) {
      for (Path jar : jars) {
        if (!jar.getFileName().toString().startsWith("lyricist-")) {
          Files.copy(jar, users.resolve(jar.getFileName()));
        }
      }
    }
    Outcome outcome = program().run(run("--backend", "djl", "--out", "r")).requireDone();
    assertThat(outcome.err()).contains("PyTorch 2").doesNotContain("installing");
  }

  @Test
  void twoFirstStartsAtOnce() {
    try (Running one = program().start("--version");
        Running other = program().start("--version")) {
      assertThat(one.end().requireDone().out()).startsWith("lyricist 0");
      assertThat(other.end().requireDone().out()).startsWith("lyricist 0");
    }
    assertThat(program().run("--version").requireDone().err()).isEmpty();
  }

  @Test
  void aCacheThatIsRemovedIsMadeAgain() throws IOException {
    program().run("--version").requireDone();
    for (String part : List.of("plain", "plain.jsa", "environment")) {
      Files.delete(starts().get(0).resolve(part));
      assertThat(program().run("--version").requireDone().err()).as(part).contains("preparing");
    }
    assertThat(program().run("--version").requireDone().err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0005, 0.5, 0.999})
  void anArchiveThatWasCutOffIsMadeAgain(double part) throws IOException {
    program().run("--version").requireDone();
    Path archive = starts().get(0).resolve("plain.jsa");
    byte[] whole = Files.readAllBytes(archive);
    Files.delete(archive); // it can't be written
    Files.write(archive, Arrays.copyOf(whole, (int) (part * whole.length)));
    Outcome next = program().run("--version").requireDone();
    assertThat(next.out()).startsWith("lyricist 0");
    assertThat(next.err()).contains("preparing");
  }

  @Test
  void anArchiveInWhichABitFlippedStopsNoStart() throws IOException {
    program().run("--version").requireDone();
    Path archive = starts().get(0).resolve("plain.jsa");
    assertThat(archive.toFile().setWritable(true)).isTrue();
    try (RandomAccessFile bytes = new RandomAccessFile(archive.toFile(), "rw")) {
      for (long at : new long[] {3000, bytes.length() / 2, bytes.length() - 1}) {
        bytes.seek(at);
        int flipped = bytes.read() ^ 1;
        bytes.seek(at);
        bytes.write(flipped);
      }
    }
    Outcome next = program().run("--version").requireDone();
    assertThat(next.out()).startsWith("lyricist 0");
    assertThat(next.err()).isEmpty();
  }

  @Test
  void aCacheThatCanNotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("a file"));
    Outcome outcome = program().with("XDG_CACHE_HOME", file.toString()).run("--version");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("lyricist: " + file + "/lyricist: preparing the first start failed (")
        .endsWith("or set XDG_CACHE_HOME to one");
  }

  /** After an update of what is installed, or of Java. */
  @Test
  void whatWasPreparedForOtherJarsIsDeleted() throws IOException {
    program().run("--version").requireDone();
    Path before = starts().get(0);
    Files.copy(
        installed.resolve("lib/java.args"), installed.resolve("lib/another.args")); // counts as one
    assertThat(program().run("--version").requireDone().err()).contains("preparing");
    assertThat(starts()).hasSize(1).doesNotContain(before);
  }

  @Test
  void aLinkToTheScriptStartsIt() throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path link = bin.resolve("lyr");
    Files.createSymbolicLink(link, bin.relativize(installed.resolve("bin/lyricist")));
    Outcome outcome = program().through(link).run("--help").requireDone();
    assertThat(outcome.out()).startsWith("Usage: " + link + " ");
  }

  @Test
  void aJavaThatIsTooOldOrMissingIsNamed() throws IOException {
    Path old = Files.createDirectories(folder.resolve("old/bin"));
    Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 1\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("old/release"), "X=\"1\"\nJAVA_VERSION=\"11.0.2\"\n");
    Outcome tooOld = program().with("JAVA_HOME", folder.resolve("old").toString()).run("--version");
    assertThat(tooOld.exitCode()).isEqualTo(2);
    assertThat(tooOld.err())
        .isEqualTo("lyricist: found Java 11; install version 17 or later, or set JAVA_HOME\n");
    Files.delete(folder.resolve("old/release"));
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"12.0.1\" 2019-04-16' >&2\n");
    assertThat(program().with("JAVA_HOME", folder.resolve("old").toString()).run("x").err())
        .isEqualTo("lyricist: found Java 12; install version 17 or later, or set JAVA_HOME\n");
    assertThat(program().with("JAVA_HOME", "/no").run("--version").err())
        .isEqualTo(
            "lyricist: JAVA_HOME is /no, where there is no Java; set it to a Java, version 17 or"
                + " later\n");
    assertThat(program().with("JAVA_HOME", "").run("--version").err())
        .isEqualTo("lyricist: Java is missing; install it, version 17 or later\n");
  }

  @Test
  void allThatIsInItHasItsLicenceBesideIt() throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(installed.resolve("lib"), "*.jar")) {
      String list = Files.readString(installed.resolve("licences/README.md"));
      for (Path jar : jars) {
        String name = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
        if (!name.startsWith("lyricist-")) {
          assertThat(list).containsPattern("\\| `" + name + "` \\|[^\n]+\\| \\[[^\n]+\\]\\(");
        }
      }
      list.lines()
          .filter(line -> line.startsWith("| `"))
          .map(line -> line.replaceFirst(".*\\]\\(([^)]*)\\).*", "$1"))
          .forEach(
              file -> assertThat(installed.resolve("licences").resolve(file)).isNotEmptyFile());
    }
  }
}
