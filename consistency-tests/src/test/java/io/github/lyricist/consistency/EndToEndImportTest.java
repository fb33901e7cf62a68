package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model from PyTorch, imported by the packaged program and trained further. */
class EndToEndImportTest {
  private static final String MODEL =
      Path.of("golden", "import", "lstm-2-f32").toAbsolutePath().toString();

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private Outcome imported(String out) {
    return Program.in(folder)
        .run(
            "import",
            MODEL + ".safetensors",
            "--vocabulary",
            MODEL + ".vocabulary.json",
            "--out",
            out);
  }

  @Test
  void anImportedModelIsTrainedFurther() throws IOException {
    Outcome outcome = imported("run").requireDone();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("imported: ").contains("5 characters");
    Files.writeString(folder.resolve("corpus.txt"), "分az😀".repeat(20));
    Files.writeString(
        folder.resolve("c.yaml"),
        """
        corpus: {source: corpus.txt}
        sampler: {batchSize: 2, steps: 5}
        model: {from: run}
        training: {epochs: 1, optimizer: {type: adam, learningRate: 0.01}}
        preview: {every: 1, prefixes: [😀], length: 3}
        """);
    Outcome trained = Program.in(folder).run("run", "c.yaml", "--out", "on").requireDone();
    assertThat(trained.out()).contains("epoch 1, perplexity ").contains(" - 😀");
  }

  @Test
  void whatCannotBeImportedIsSaidInOneLine() {
    imported("run").requireDone();
    assertThat(imported("run").exitCode()).isEqualTo(2);
    Outcome outcome =
        Program.in(folder)
            .run("import", "none", "--vocabulary", MODEL + ".vocabulary.json", "--out", "other");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("lyricist: none: there is no such file; ").hasLineCount(1);
    assertThat(folder.resolve("other")).doesNotExist();
  }
}
