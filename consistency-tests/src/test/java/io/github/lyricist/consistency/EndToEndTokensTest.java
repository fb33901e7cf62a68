package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.run.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of several files in words and subwords, and models that learn new tokens. */
class EndToEndTokensTest {
  private static final String ENGLISH = "The cat and the dog, and the bird.\nA cat can't fly.\n";

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeEach
  void writeTexts() throws IOException {
    TinyExperiment.write(folder);
    Path deep = Files.createDirectories(folder.resolve("songs/deep"));
    Files.writeString(folder.resolve("songs/b.txt"), ENGLISH.repeat(20));
    Files.writeString(deep.resolve("a.txt"), "An owl can fly.\n".repeat(20));
    Files.writeString(folder.resolve("songs/notes.md"), "not a text");
  }

  private Outcome program(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  private Outcome train(String corpus, String out, String... more) {
    String[] arguments =
        TinyExperiment.run(
            "--set", "corpus=" + corpus, "--set", "preview.prefixes=auto", "--out", out);
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return program(all).requireDone();
  }

  @Test
  void wordsOfAFolder() {
    Outcome trained =
        train("{source: songs, newlines: keep, tokens: word, validation: 0.1}", "words");
    // 20 times 52 characters, a line feed, and 20 times 16
    assertThat(trained.err()).contains("1,361 characters in ", " tokens (the last ");
    assertThat(trained.out()).contains("\n - The");
    assertThat(program("show", "words").requireDone().out())
        .containsPattern("vocabulary +18 tokens: word\n");
    String written =
        program("generate", "words", "--prefix", "The cat", "--length", "30").requireDone().out();
    assertThat(written.strip()).startsWith("The cat").doesNotContain("<unk>");
    assertThat(program("eval", "words").requireDone().out())
        .containsPattern(
            "perplexity [0-9.]+, [0-9.]+ bits per character, \\d+ characters in \\d+ tokens\n");
    Outcome unknown = program("generate", "words", "--prefix", "The fish");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("the model does not know the word 'fish' of the prefix 'The fish'");
    assertThat(folder.resolve("words/metrics.jsonl"))
        .content()
        .contains("\"bitsPerCharacter\":", "\"validationBitsPerCharacter\":");
  }

  @Test
  void subwordsOfAPatternJudgedByATextOfItsOwn() {
    train(
        "{source: songs/**/*.txt, tokens: bpe, vocabulary: 270, validation: songs/deep, test:"
            + " songs/deep/a.txt}",
        "subwords");
    assertThat(folder.resolve("subwords/tokenizer.json")).content().contains("\"ByteLevel\"");
    assertThat(program("eval", "subwords").requireDone().out())
        .contains("scored: " + folder.resolve("songs/deep") + ", which was held out\n");
    assertThat(program("eval", "subwords", "--part", "test").requireDone().out())
        .contains("a.txt, which was held out for the test\n");
    String written =
        program("generate", "subwords", "--prefix", "猫", "--length", "30", "--seed", "2")
            .requireDone()
            .out()
            .stripTrailing();
    assertThat(written.codePointCount(0, written.length())).isBetween(20, 31);
    program("resume", "subwords", "--epochs", "5").requireDone();
    program("eval", "subwords", "--corpus", "text.txt").requireDone();
  }

  @Test
  void aFolderIsLearnedWithoutAConfig() {
    Outcome trained =
        program(
            "run",
            "songs/",
            "--epochs",
            "1",
            "--set",
            "sampler={type: random, batchSize: 2, steps: 8}",
            "--out",
            "folder");
    assertThat(trained.requireDone().out()).startsWith("epoch 1, perplexity ");
    assertThat(folder.resolve("folder/config.yaml"))
        .content()
        .contains("name: songs\n", "hidden: 128\n", "source: " + folder.resolve("songs") + "\n");
  }

  @Test
  void newCharactersGetRowsOfTheirOwn() throws IOException {
    train("{source: text.txt}", "small");
    Files.writeString(folder.resolve("more.txt"), "春雨,夏日,秋风,冬雪。".repeat(20));
    String from = "model={from: small}";
    Outcome refused =
        program(
            TinyExperiment.run(
                "--set", "corpus={source: more.txt}", "--set", from, "--out", "refused"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("the text has characters that the model does not know: ");

    String corpus = "{source: more.txt, unknown: grow}";
    train(corpus, "start", "--set", from, "--epochs", "0");
    SavedModel small = SavedModel.open(folder.resolve("small"));
    SavedModel grown = SavedModel.open(folder.resolve("start"));
    assertThat(grown.tokenizer().content()).contains("夏", "冬", "城");
    Parameters before = small.parameters();
    Parameters after = grown.parameters();
    int[] ids = grown.tokenizer().encode(small.tokenizer().content());
    for (int id = 0; id < ids.length; id++) {
      assertThat(after.get("linear.bias")[ids[id]]).isEqualTo(before.get("linear.bias")[id]);
      assertThat(after.get("rnn.weight_ih_l0")[ids[id]])
          .isEqualTo(before.get("rnn.weight_ih_l0")[id]);
    }
    assertThat(after.get("rnn.weight_hh_l0")).isEqualTo(before.get("rnn.weight_hh_l0"));

    train(corpus, "grown", "--set", from);
    program("resume", "grown", "--epochs", "6").requireDone();
    assertThat(program("generate", "grown", "--prefix", "夏").requireDone().out()).startsWith("夏");
  }

  @Test
  void newWordsFollowTheOldOnes() {
    train("{source: songs/b.txt, tokens: word}", "few");
    train(
        "{source: songs, tokens: word, unknown: grow}",
        "many",
        "--set",
        "model={from: few}",
        "--epochs",
        "1");
    String few = SavedModel.open(folder.resolve("few")).tokenizer().content();
    assertThat(SavedModel.open(folder.resolve("many")).tokenizer().content())
        .startsWith(few)
        .contains("owl");
  }
}
