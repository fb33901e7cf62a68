package io.github.lyricist.consistency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's filter of standard error, which takes Java's warning out and nothing else. */
class EndToEndFilterTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private Path script(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void nothingIsSaidAfterTheExitCode() throws IOException {
    String path = System.getenv("PATH");
    script("bin/cat", "PATH='" + path + "'\n[ $# -gt 0 ] || sleep 1\nexec cat \"$@\"\n");
    Outcome outcome =
        Program.in(folder).with("PATH", folder.resolve("bin") + ":" + path).run("eval", "absent");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("lyricist: absent: ").endsWith("\n");
  }

  @Test
  void javasWarningIsNeverShown() throws IOException {
    TinyExperiment.write(folder);
    Outcome run = Program.in(folder).run(TinyExperiment.run("--out", "r")).requireDone();
    assertThat(run.err()).contains("writing to r").doesNotContain("WARNING");
    for (String[] command : new String[][] {{"resume", "r", "--epochs", "5"}, {"backends"}}) {
      assertThat(Program.in(folder).run(command).requireDone().err()).doesNotContain("WARNING");
    }
  }

  /** With a Java that says what Java might say. */
  @Test
  void bytesThatAreNoTextPassAndTheExitCodeIsJavas() throws Exception {
    Path java =
        script(
            "jdk/bin/java",
            """
            case $* in *Prepare* | *-version*) exec '%s/bin/java' "$@" ;; esac
            printf 'WARNING: Using incubator modules: jdk.incubator.vector\\n' >&2
            printf 'no text: \\xff\\n\\x00last\\n' >&2
            exit 7
            """
                .formatted(System.getProperty("java.home")));
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(Program.ROOT.resolve("lyricist").toString(), "eval", "r")
            .redirectError(errors.toFile());
    builder.environment().put("JAVA_HOME", java.getParent().getParent().toString());
    Process process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!Files.readString(errors, ISO_8859_1).endsWith("last\n")) { // this Java does not wait
      assertThat(System.nanoTime()).as("the last line in time").isLessThan(deadline);
      Thread.sleep(20);
    }
    assertThat(Files.readString(errors, ISO_8859_1))
        .isEqualTo(
            """
            lyricist: preparing the first start with this Java; the next ones are fast
            no text: \u00ff
            \u0000last
            """);
  }
}
