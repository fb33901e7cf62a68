package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/library.md, as they stand: compiled and started by somebody else. */
class EndToEndLibraryTest {
  private static final Path DOCUMENT = Program.ROOT.resolve("docs/library.md");
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeEach
  void compile() throws IOException {
    List<Path> sources = new ArrayList<>();
    Matcher program = PROGRAM.matcher(Files.readString(DOCUMENT));
    while (program.find()) {
      Matcher name = CLASS.matcher(program.group(1));
      assertThat(name.find()).isTrue();
      sources.add(Files.writeString(folder.resolve(name.group(1) + ".java"), program.group(1)));
    }
    assertThat(sources).hasSize(4);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
      List<String> options = List.of("-d", folder.toString(), "-cp", library(), "-Xlint:all");
      compiler
          .getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    assertThat(found.getDiagnostics()).isEmpty();
  }

  /** What is shipped, without the program itself: more than a project needs, and nothing else. */
  private static String library() throws IOException {
    try (Stream<Path> jars = Files.list(Program.INSTALLED.resolve("lib"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar"))
          .filter(jar -> !jar.toString().matches(".*lyricist-(cli|studio)\\.jar"))
          .map(Path::toString)
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  @Test
  void theyRun() throws IOException {
    List<String> trained = start(VECTORS, "Twinkle").requireDone().out().lines().toList();
    assertThat(trained).hasSize(3);
    assertThat(trained.get(0)).startsWith("Twinkle, twinkle, little star, how").hasSize(7 + 80);
    assertThat(trained.get(1)).startsWith("When").hasSize(4 + 80);
    assertThat(Double.parseDouble(trained.get(2))).isBetween(1.0, 3.0);

    Outcome watched = start(VECTORS, "Watch").requireDone();
    assertThat(watched.out()).contains("0: '", "2: ", " nats)").contains("Alternative[text=");

    List<String> plotted = start(VECTORS, "Plot").requireDone().out().lines().toList();
    assertThat(plotted).hasSizeBetween(10, 149).first().asString().contains("██████");
    assertThat(plotted.get(plotted.size() - 1)).matches(" *\\d+ +1\\.4\\d .*");

    assertThat(start(VECTORS, "TimedEngine").requireDone().out())
        .matches("\\d+\\.\\d s in steps\n");
  }

  @Test
  void theProgramWritesWhatTheLibraryDoes() throws IOException {
    String written =
        start(VECTORS, "Twinkle").requireDone().out().lines().findFirst().orElseThrow();
    Outcome program =
        Program.in(folder)
            .run(
                "generate",
                "twinkle.safetensors",
                "--prefix",
                "Twinkle",
                "--length",
                "80",
                "--temperature",
                "0");
    assertThat(program.requireDone().out()).isEqualTo(written + "\n");
  }

  @Test
  void aMissingFlagIsToldFirst() throws IOException {
    Outcome slow = start("Twinkle").requireDone();
    String first = slow.err().lines().limit(2).collect(Collectors.joining("\n"));
    assertThat(first).contains("WARNING: ", "--add-modules jdk.incubator.vector");
    assertThat(slow.err().lines()).hasSize(2);
  }

  private Outcome start(String... arguments) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    String classPath = folder + File.pathSeparator + library();
    return Program.in(folder)
        .as(List.of(java, "-Duser.language=en", "-cp", classPath))
        .run(arguments);
  }
}
