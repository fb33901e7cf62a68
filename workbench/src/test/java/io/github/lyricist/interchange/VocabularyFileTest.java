package io.github.lyricist.interchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.tokens.BpeTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyFileTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private TokenTable read(byte[] bytes) throws IOException {
    return VocabularyFile.read(Files.write(folder.resolve("v.json"), bytes), Tokens.CHARACTER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"分\", \"\\n\", \"\\ud83d\\ude00\", \"0\"]",
        "{\"分\": 0, \"\\n\": 1, \"\\ud83d\\ude00\": 2, \"0\": 3}",
        "{\"0\": 3, \"😀\": 2, \"\\n\": 1, \"分\": 0}",
        "{\"0\": \"分\", \"1\": \"\\n\", \"2\": \"😀\", \"3\": \"0\"}",
        "\uFEFF {\"3\": \"0\", \"2\": \"😀\", \"1\": \"\\n\", \"0\": \"分\"}\n",
      })
  void takesEveryForm(String json) throws IOException {
    TokenTable table = read(json.getBytes(UTF_8));
    assertThat(table.tokenizer().content()).isEqualTo("\n0分😀");
    assertThat(table.ourIds()).containsExactly(2, 0, 3, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it is neither a list nor an object",
        "1 | it is neither a list nor an object",
        "[ | :1:2: it is not JSON",
        "[\"a\" \"b\"] | :1:6: it is not JSON",
        "[] | it is empty",
        "{} | it is empty",
        "[\"a\"] 1 | something follows",
        "[\"a\", 1] | token 1 is '1', not a character",
        "[\"a\", [\"b\"]] | token 1 is '[', not a character",
        "[\"a\", null] | token 1 is 'null', not a character",
        "[\"<unk>\", \"a\"] | token 0 is '<unk>', not one character",
        "[\"\"] | token 0 is '', not one character",
        "[\"\\ud83d\"] | token 0 is half of a character, U+D83D",
        "[\"a\", \"b\", \"a\"] | the character 'a' (U+0061) is there twice",
        "{\"a\": 0, \"a\": 1} | the character 'a' (U+0061) is there twice",
        "{\"a\": 0, \"b\": 0} | the id 0 is there twice",
        "{\"0\": \"a\", \"0\": \"b\"} | the id 0 is there twice",
        "{\"0\": \"a\", \"1\": \"a\"} | the character 'a' (U+0061) is there twice",
        "{\"a\": 0, \"b\": 2} | of its 2 ids, 1 is missing",
        "{\"1\": \"a\", \"2\": \"b\"} | of its 2 ids, 0 is missing",
        "{\"a\": -1} | '-1' is no token id",
        "{\"a\": 99999999999999999999} | '99999999999999999999' is no token id",
        "{\"00\": \"a\"} | '00' is no token id",
        "{\"x\": \"a\"} | 'x' is no token id",
        "{\"ab\": 0} | token 0 is 'ab', not one character",
        "{\"a\": 0.0} | '0.0' is neither an id nor a character",
        "{\"a\": {\"b\": 0}} | '{' is neither an id nor a character",
        "{\"a\": true} | 'true' is neither an id nor a character",
      })
  void refusesWhatIsNone(String json, String message) {
    assertThatThrownBy(() -> read(json.getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(folder.resolve("v.json").toString())
        .hasMessageContaining(message)
        .hasMessageContaining("; give a JSON list");
  }

  @Test
  void cutsAndEscapesWhatItQuotes() {
    String evil = "a\u001b" + "x".repeat(10_000);
    assertThatThrownBy(() -> read(("[" + evil).getBytes(UTF_8)))
        .hasMessageContaining("v.json:1:")
        .hasMessageContaining(": it is not JSON: Unrecognized token 'a\\u001bxxx")
        .hasMessageContaining("x…; give a JSON list");
    assertThatThrownBy(() -> read("[\"a\\ud83d\"]".getBytes(UTF_8)))
        .hasMessageContaining("token 0 is 'a\\ud83d', not one character;");
  }

  @Test
  void refusesWhatIsNotUtf8OrTooLargeOrNotThere() throws IOException {
    assertThatThrownBy(() -> read(new byte[] {'[', '"', (byte) 0xE5, '"', ']'}))
        .hasMessageContaining("not UTF-8");
    Path large = folder.resolve("large.json");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(Limits.VOCABULARY_BYTES + 1L);
    }
    assertThatThrownBy(() -> VocabularyFile.read(large, Tokens.CHARACTER))
        .hasMessageContaining("larger than the limit of 67.1 MB");
    assertThatThrownBy(() -> VocabularyFile.read(folder.resolve("none"), Tokens.CHARACTER))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void whatIsWrongEarlyOnIsRefusedBeforeTheRestIsRead() throws IOException {
    byte[] large = new byte[Limits.VOCABULARY_BYTES];
    Arrays.fill(large, (byte) ' ');
    byte[] beginning = "[\"a\", \"ab\",".getBytes(UTF_8);
    System.arraycopy(beginning, 0, large, 0, beginning.length);
    Path file = Files.write(folder.resolve("v.json"), large);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> VocabularyFile.read(file, Tokens.CHARACTER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("token 1 is 'ab', not one character");
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(large.length / 8);
  }

  private TokenTable read(String json, Tokens tokens) throws IOException {
    return VocabularyFile.read(Files.writeString(folder.resolve("v.json"), json), tokens);
  }

  @Test
  void wordsHaveTheUnknownFirst() throws IOException {
    for (String json :
        new String[] {"[\"the\", \"<unk>\", \" \"]", "{\" \": 2, \"the\": 0, \"<unk>\": 1}"}) {
      TokenTable table = read(json, Tokens.WORD);
      assertThat(table.tokenizer().encode("the cat")).containsExactly(1, 2, 0);
      assertThat(table.ourIds()).containsExactly(1, 0, 2);
    }
    assertThatThrownBy(() -> read("[\"the\", \"cat\"]", Tokens.WORD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it has no <unk>, which stands for all other words");
    assertThatThrownBy(() -> read("[\"<unk>\", \"\"]", Tokens.WORD))
        .hasMessageContaining("token 1 is '', not one word");
    assertThatThrownBy(() -> read("[\"<unk>\", \"a\", \"a\"]", Tokens.WORD))
        .hasMessageContaining("the word 'a' is there twice");
  }

  @Test
  void bytesNeedNone() {
    TokenTable table = VocabularyFile.read(null, Tokens.BYTE);
    assertThat(table.size()).isEqualTo(256);
    assertThat(table.ourIds()[255]).isEqualTo(255);
    assertThatThrownBy(() -> VocabularyFile.read(null, Tokens.CHARACTER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "--vocabulary: only bytes need none; name the file that says what each token id is");
  }

  /** Whose ids may be any: here the two tokens that were merged come first. */
  @Test
  void subwordsHaveOurIdsOfTheirs() throws IOException {
    StringBuilder vocabulary = new StringBuilder("\"ab\": 0, \"Ġab\": 1");
    Tokenizer ours = Tokenizer.of("bpe", false, "a b\nĠ ab");
    for (int id = 0; id < 256; id++) {
      String spelling =
          ((BpeTokenizer) ours).spelling(id).replace("\\", "\\\\").replace("\"", "\\\"");
      vocabulary.append(", \"%s\": %d".formatted(spelling, id + 2));
    }
    String json =
        """
        {"version": "1.0", "added_tokens": [], "normalizer": null,
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
         "model": {"type": "BPE", "vocab": {%s}, "merges": [["a", "b"], "Ġ ab"]}}
        """
            .formatted(vocabulary);
    TokenTable table = read(json, Tokens.BPE);
    assertThat(table.tokenizer().identity()).isEqualTo(ours.identity());
    assertThat(table.ourIds()).startsWith(256, 257, 0, 1).hasSize(258);
    assertThatThrownBy(() -> read(json.replace("false", "true"), Tokens.BPE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cuts text in another way");
    assertThatThrownBy(
            () -> read(json.replace("\"added_tokens\": []", "\"added_tokens\": [1]"), Tokens.BPE))
        .hasMessageContaining("has added tokens, which no text is encoded to");
    assertThatThrownBy(() -> read(json.replace(", \"Ġ ab\"", ""), Tokens.BPE))
        .hasMessageContaining("has 258 tokens, but all bytes and its merges are 257");
    assertThatThrownBy(() -> read(json.replace("\"Ġab\": 1", "\"Ġab\": 0"), Tokens.BPE))
        .hasMessageContaining("has no id of its own for 'Ġab'");
    assertThatThrownBy(() -> read("{\"a\": 0}", Tokens.BPE)).hasMessageContaining("v.json: cuts");
    assertThatThrownBy(() -> read("[", Tokens.BPE)).hasMessageContaining("not JSON: ");
  }
}
