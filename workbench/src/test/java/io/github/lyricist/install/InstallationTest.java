package io.github.lyricist.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.NativePlatform;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  private final List<String> notices = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path engine;

  @BeforeEach
  void makeAnEngineThatNeedsTwoJars() throws IOException {
    engine = Files.createDirectories(folder.resolve("program/lib/engines/big"));
    Files.writeString(
        engine.resolve("engine.properties"),
        """
        library = The Big Library
        jars = com.example:big:1.5
        %1$s.jars = com.example:big:1.5:%1$s
        %1$s.size = 120 MB
        """
            .formatted(NativePlatform.name()));
    Files.createFile(engine.resolve("lyricist-backend-big-1.jar"));
  }

  private Installation installation(String commands) {
    return new Installation(
        folder.resolve("program"),
        folder.resolve("data"),
        name -> "lyricist install " + name,
        notices::add,
        commands);
  }

  /** A Maven that does this with the file of the project in {@code $project}. */
  private String maven(String script) throws IOException {
    Path commands = Files.createDirectories(folder.resolve("commands"));
    Path maven =
        Files.writeString(
            commands.resolve("mvn"), "#!/bin/sh\nproject=$4\nto=${6#*=}\n" + script + "\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    return commands.toString();
  }

  private String nativeJar() {
    return "big-1.5-" + NativePlatform.name() + ".jar";
  }

  private List<String> namesIn(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void tellsWhatCouldBeInstalled() {
    Installation installation = installation("");
    assertThat(installation.installed()).isEmpty();
    assertThat(installation.installable())
        .containsOnlyKeys("big")
        .containsEntry(
            "big", "for The Big Library, a download of some 120 MB: lyricist install big");
    assertThat(installation.find("small")).isEmpty();
  }

  /** Which needs the same on every platform. */
  private Path cluster() throws IOException {
    Path cluster = Files.createDirectories(folder.resolve("program/lib/engines/many"));
    Files.writeString(
        cluster.resolve("engine.properties"),
        "library = Many\nkind = cluster\nsize = 9 MB\njars = com.example:many:2\n");
    Path own = cluster.resolve("lyricist-many-1.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(own))) {
      jar.putNextEntry(new ZipEntry("many/Start.class"));
    }
    return cluster;
  }

  @Test
  void whatReachesAClusterIsNoEngine() throws IOException {
    Path cluster = cluster();
    Installation installation = installation(maven("touch \"$to/many-2.jar\""));
    assertThat(installation.installable()).containsOnlyKeys("big");
    URLClassLoader loader = (URLClassLoader) installation.find("many").orElseThrow();
    assertThat(notices).containsExactly("installing many: Many, a download of some 9 MB");
    assertThat(loader.getURLs()).hasSize(2);
    assertThat(namesIn(cluster)).contains("many-2.jar");
    assertThat(installation.installed()).isEmpty();
  }

  @Test
  void packsTheProgramWithItsEngines() throws IOException {
    cluster();
    Path bin = Files.createDirectories(folder.resolve("program/bin"));
    Files.writeString(bin.resolve("lyricist"), "#!/bin/sh\n");
    Files.writeString(folder.resolve("program/lib/lyricist-cli.jar"), "jar");
    Files.createFile(engine.resolve("big-1.5.jar"));
    Path packed = folder.resolve("packed.jar");
    installation("").pack(packed, Set.of());
    assertThat(entries(packed))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF",
            "bin/lyricist",
            "lib/lyricist-cli.jar",
            "lib/engines/many/lyricist-many-1.jar",
            "many/Start.class");
    installation("").pack(packed, Set.of("big", "scratch"));
    assertThat(entries(packed))
        .hasSize(8)
        .contains("lib/engines/big/engine.properties", "lib/engines/big/big-1.5.jar");
  }

  private static List<String> entries(Path packed) throws IOException {
    try (ZipFile zip = new ZipFile(packed.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void mavenBringsWhatIsMissing() throws IOException {
    String commands =
        maven(
            "cp \"$project\" '%s'; touch \"$to/big-1.5.jar\" \"$to/%s\""
                .formatted(folder.resolve("project"), nativeJar()));
    Installation installation = installation(commands);
    URLClassLoader loader = (URLClassLoader) installation.find("big").orElseThrow();
    assertThat(notices)
        .containsExactly("installing big: The Big Library, a download of some 120 MB");
    assertThat(Stream.of(loader.getURLs()).map(URL::getPath).map(Path::of).map(Path::getFileName))
        .map(Path::toString)
        .containsExactly("lyricist-backend-big-1.jar", "big-1.5.jar", nativeJar());
    assertThat(folder.resolve("project"))
        .content()
        .contains(
            "<classifier></classifier>",
            "<classifier>%s</classifier>".formatted(NativePlatform.name()));
    assertThat(namesIn(engine))
        .containsExactly(
            nativeJar(), "big-1.5.jar", "engine.properties", "lyricist-backend-big-1.jar");
    assertThat(installation.installable()).isEmpty();
    assertThat(installation.installed()).containsExactly(loader);
    assertThat(installation("").installed()).hasSize(1); // and is there the next time
  }

  @Test
  void jarsOfTheUsersDataFolderCount() throws IOException {
    Path users = Files.createDirectories(folder.resolve("data/lyricist/engines/big"));
    Files.createFile(users.resolve("big-1.5.jar"));
    Files.createFile(engine.resolve(nativeJar()));
    assertThat(installation("").installed()).hasSize(1);
  }

  @Test
  void withoutMavenTheFilesAreNamed() {
    assertThatThrownBy(() -> installation("/nowhere:").find("big"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "what big needs is not installed, and Maven, which brings it, is not on the PATH;"
                + " install Maven, version 3.8 or later, or put these files into "
                + engine
                + ": big-1.5.jar, "
                + nativeJar());
    assertThat(notices).isEmpty();
  }

  @Test
  void whatMavenSaysIsToldAndNothingIsLeft() throws IOException {
    String commands =
        maven(
            "touch \"$to/big-1.5.jar\"; printf '\\033[0m[ERROR] no network -> [Help 1]\\n[ERROR] so\\n'; exit 1");
    assertThatThrownBy(() -> installation(commands).install("big"))
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            "%s: Maven can't bring the jars that engine.properties lists (no network); mend that, or put them there"
                .formatted(engine));
    assertThat(namesIn(engine)).containsExactly("engine.properties", "lyricist-backend-big-1.jar");
  }

  @Test
  void mavenThatBringsTooLittleIsAFailure() throws IOException {
    String commands = maven("touch \"$to/big-1.5.jar\"");
    assertThatThrownBy(() -> installation(commands).install("big"))
        .isInstanceOf(RunFailedException.class)
        .hasMessage("%s: writing failed: there is no such file or folder".formatted(engine));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> installation("").install("huge"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("huge: there is nothing of that name to install; choose one of: big");
  }

  @Test
  void anEngineWithoutLibrariesForThisPlatformIsNoChoice() throws IOException {
    Files.writeString(
        engine.resolve("engine.properties"),
        "library = Big\njars = a:b:1\nplan9.jars = a:b:1:plan9\n");
    Installation installation = installation("");
    assertThat(installation.installable()).isEmpty();
    assertThat(installation.installed()).isEmpty();
    assertThatThrownBy(() -> installation.find("big"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there are no libraries of big for " + NativePlatform.name());
  }

  /** One that a user has put there. */
  @Test
  void anEngineThatNeedsNothingIsInstalled() throws IOException {
    Path own = Files.createDirectories(folder.resolve("program/lib/engines/own"));
    Files.createFile(own.resolve("own.jar"));
    URLClassLoader loader = (URLClassLoader) installation("").find("own").orElseThrow();
    assertThat(loader.getURLs()).containsExactly(own.resolve("own.jar").toUri().toURL());
  }

  @Test
  void aDamagedListIsNamed() throws IOException {
    Files.writeString(
        engine.resolve("engine.properties"),
        "jars = com.example\n%s.jars = a:b:1\n".formatted(NativePlatform.name()));
    assertThatThrownBy(() -> installation(""))
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            engine.resolve("engine.properties")
                + ": damaged (no coordinates: com.example); unpack the program again");
  }

  @Test
  void aProgramWithoutEnginesHasNone() {
    Installation none =
        new Installation(folder.resolve("none"), folder, name -> name, notices::add);
    assertThat(none.installed()).isEmpty();
    assertThat(none.installable()).isEmpty();
  }
}
