package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.cli.InProcess.Outcome;
import io.github.lyricist.testkit.fake.FakeBackendProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mistaken calls of {@code mistakes.txt}: exit code, whole message, and nothing touched. */
class MistakesTest {
  private static final String TABLE = "mistakes.txt";

  private final InProcess lyricist = new InProcess(new FakeBackendProvider());

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @Test
  void eachSaysWhatIsWrongAndWhatToDo() throws IOException {
    Path run = folder.resolve("run");
    Outcome trained =
        lyricist.execute("run", InProcess.experiment(folder), "--out", run, "--quiet");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    List<String> table = List.of(table().strip().split("\n\n+"));
    List<String> found = new ArrayList<>();
    int mistakes = 0;
    for (String paragraph : table) {
      if (paragraph.startsWith("#")) {
        found.add(paragraph);
      } else {
        Path at = Files.createDirectory(folder.resolve("m" + mistakes++));
        found.add(made(Mistake.of(paragraph), at, run).toString());
      }
    }
    Files.writeString(Path.of("target", TABLE), String.join("\n\n", found) + "\n");
    found.removeAll(table);
    assertThat(found).as("what came of it otherwise than the table has it").isEmpty();
    assertThat(mistakes).isGreaterThan(100);
  }

  private static String table() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(MistakesTest.class.getResourceAsStream(TABLE), TABLE)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private Mistake made(Mistake mistake, Path at, Path run) throws IOException {
    InProcess.experiment(at);
    mistake.prepare(at, run);
    List<Path> before = files(at);
    Outcome outcome = lyricist.execute(mistake.arguments(at));
    assertThat(outcome.out()).as(mistake.call()).isEmpty();
    assertThat(files(at)).as(mistake.call()).isEqualTo(before);
    return mistake.with(outcome, at);
  }

  private static List<Path> files(Path at) throws IOException {
    try (Stream<Path> files = Files.walk(at)) {
      return files.filter(file -> !file.endsWith(".lock")).sorted().toList();
    }
  }
}
