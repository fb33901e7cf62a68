package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where Java can't use vectors, or is told which kernels to take. */
class EndToEndKernelsTest {
  private static final String WITHOUT_C2 = "-XX:TieredStopAtLevel=1";
  private static final String NOTICE =
      "plain Java computes, far slower than vectors: Java's compiler C2 is off, without which each"
          + " vector is an object; take -XX:TieredStopAtLevel or -XX:CompilationMode out of Java's"
          + " options (JAVA_OPTS, JAVA_TOOL_OPTIONS)";

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(folder);
  }

  private Outcome lyricist(String javaOptions, String... arguments) {
    return Program.in(folder).with("JAVA_OPTS", javaOptions).run(arguments);
  }

  @Test
  void eachCommandThatComputesSaysWhyItFallsBackAndWhatMendsThat() {
    Outcome run = lyricist(WITHOUT_C2, TinyExperiment.run("--out", "r")).requireDone();
    assertThat(run.out()).matches(TinyExperiment.OUTPUT);
    assertThat(run.err().lines()).contains(NOTICE);
    assertThat(lyricist(WITHOUT_C2, "resume", "r", "--epochs", "6").requireDone().err().lines())
        .contains(NOTICE);
    assertThat(lyricist(WITHOUT_C2, "eval", "r").requireDone().err()).isEqualTo(NOTICE + "\n");
    assertThat(lyricist(WITHOUT_C2, "generate", "r", "--prefix", "雨").requireDone().err())
        .isEqualTo(NOTICE + "\n");
    assertThat(lyricist(WITHOUT_C2, "generate", "r", "--quiet").requireDone().err()).isEmpty();
    assertThat(lyricist(WITHOUT_C2, "backends").requireDone().out())
        .contains("plain Java: Java's compiler C2 is off");
  }

  @Test
  void vectorsThatAreDemandedAndCannotBeHadAreAFault() {
    String demand = "-Dlyricist.kernels=vectors";
    Outcome outcome = lyricist("-Xint " + demand, TinyExperiment.run("--out", "r", "--quiet"));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("lyricist: " + demand + ": this Java only interprets");
    assertThat(folder.resolve("r")).doesNotExist();
  }

  /** As on ARM, or on an early x86. */
  @Test
  void narrowVectorsAreTakenAsTheyAre() {
    Outcome outcome = lyricist("-XX:MaxVectorSize=16", TinyExperiment.run()).requireDone();
    assertThat(outcome.out()).matches(TinyExperiment.OUTPUT);
    assertThat(outcome.err()).contains("(Vector API, 128 bits) on cpu");
  }

  @Test
  void plainKernelsAreTakenWithoutANoticeWhereTheyAreAskedFor() {
    Outcome outcome = lyricist("-Dlyricist.kernels=plain", TinyExperiment.run()).requireDone();
    assertThat(outcome.err()).contains("(plain Java) on cpu").doesNotContain("far slower");
  }

  @Test
  void kernelsThatThereAreNotAreAFault() {
    Outcome outcome = lyricist("-Dlyricist.kernels=fast", TinyExperiment.run("--quiet"));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "lyricist: -Dlyricist.kernels=fast: there are no such kernels; expected auto, vectors"
                + " or plain\n");
  }
}
