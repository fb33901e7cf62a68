package io.github.lyricist.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.run.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchImportTest {
  private static final int V = 3;
  private static final int E = 4;
  private static final int H = 2;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  /** Ids in an order that is not ours: a is 2 there, and 0 here. */
  private Path vocabulary() throws IOException {
    return Files.writeString(folder.resolve("vocabulary.json"), "[\"分\", \"b\", \"a\"]");
  }

  private TorchImport read(StateDictFile stateDict) throws IOException {
    return TorchImport.read(
        stateDict.write(folder.resolve("m.safetensors")), vocabulary(), Tokens.CHARACTER, null);
  }

  private static StateDictFile withEmbedding(String module, int gates, int layers) {
    return new StateDictFile()
        .with("encoder.weight", V, E)
        .recurrent(module, gates, E, H, layers, true)
        .with("decoder.weight", V, H)
        .with("decoder.bias", V);
  }

  private static StateDictFile tied() {
    return new StateDictFile()
        .with("encoder.weight", V, H)
        .recurrent("rnn.", 3, H, H, 1, true)
        .withCopy("decoder.weight", "encoder.weight")
        .with("decoder.bias", V);
  }

  @ParameterizedTest
  @CsvSource({
    "rnn., 1, rnn, 1",
    "lstm., 4, lstm, 2",
    "model.gru., 3, gru, 3",
    "a.b.c.net., 4, lstm, 1",
    "'', 3, gru, 1"
  })
  void isFoundByAnyName(String module, int gates, String cell, int layers) throws IOException {
    StateDictFile stateDict = withEmbedding(module, gates, layers);
    TorchImport model = read(stateDict);
    ModelSpec spec = new ModelSpec(Cell.called(cell).orElseThrow(), H, layers, E, false, 0, true);
    assertThat(model.spec()).isEqualTo(spec);
    assertThat(model.tokenizer().content()).isEqualTo("ab分");
    Parameters parameters = model.parameters();
    parameters.requireShapes(spec.shapes(V));
    for (String name : parameters.names()) {
      if (name.startsWith("rnn.")) {
        assertThat(parameters.get(name)).isEqualTo(stateDict.value(module + name.substring(4)));
      }
    }
  }

  @Test
  void tokensAreReordered() throws IOException {
    StateDictFile stateDict =
        new StateDictFile()
            .with("out.weight", V, H) // 1 2, 3 4, 5 6
            .with("out.bias", V) // 7 8 9
            .with("weight_ih_l0", H, V) // 10 11 12, 13 14 15
            .with("weight_hh_l0", H, H);
    Parameters parameters = read(stateDict).parameters();
    assertThat(parameters.get("linear.weight")).containsExactly(5, 6, 3, 4, 1, 2);
    assertThat(parameters.get("linear.bias")).containsExactly(9, 8, 7);
    assertThat(parameters.get("rnn.weight_ih_l0")).containsExactly(12, 11, 10, 15, 14, 13);
    Parameters embedded = read(withEmbedding("rnn.", 1, 1)).parameters();
    assertThat(embedded.get("embedding.weight"))
        .containsExactly(9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4);
  }

  /** As wide as the vocabulary: one-hot vectors, or an embedding that is shared. */
  @Test
  void whereShapesLeaveOpenWhatItReadsItIsAsked() throws IOException {
    Path file =
        new StateDictFile()
            .recurrent("rnn.", 1, V, V, 1, true)
            .with("linear.weight", V, V)
            .with("linear.bias", V)
            .write(folder.resolve("m.safetensors"));
    assertThatThrownBy(() -> TorchImport.read(file, vocabulary(), Tokens.CHARACTER, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + ": --input: V and H are both 3: it may read one-hot vectors, or an embedding that is"
                + " shared with the output layer; give --input one-hot or --input embedding");
    assertThat(
            TorchImport.read(file, vocabulary(), Tokens.CHARACTER, Input.ONE_HOT)
                .spec()
                .embedding())
        .isNull();
    ModelSpec shared =
        TorchImport.read(file, vocabulary(), Tokens.CHARACTER, Input.EMBEDDING).spec();
    assertThat(shared.embedding()).isEqualTo(V);
    assertThat(shared.tieWeights()).isTrue();
  }

  @Test
  void withoutBiasesTheyAreZeroAndUntrained() throws IOException {
    TorchImport model =
        read(
            new StateDictFile()
                .recurrent("rnn.", 4, V, H, 2, false)
                .with("linear.weight", V, H)
                .with("linear.bias", V));
    assertThat(model.spec()).isEqualTo(new ModelSpec(Cell.LSTM, H, 2, null, false, 0, false));
    assertThat(model.parameters().get("rnn.bias_ih_l1")).containsOnly(0).hasSize(4 * H);
    assertThat(model.parameters().get("rnn.bias_hh_l0")).containsOnly(0).hasSize(4 * H);
  }

  @Test
  void tiedWeightsAreThoseThatAreEqual() throws IOException {
    assertThat(read(tied()).spec().tieWeights()).isTrue();
    StateDictFile untied = tied();
    untied.value("decoder.weight")[0]++;
    assertThat(read(untied).spec().tieWeights()).isFalse();
  }

  /** What safetensors leaves of them: one, and with save_model the other's name in the metadata. */
  @Test
  void tiedWeightsMayBeThereOnce() throws IOException {
    float[] weight = {5, 6, 3, 4, 1, 2};
    for (StateDictFile once :
        new StateDictFile[] {
          tied().without("decoder.weight"),
          tied().without("encoder.weight"),
          tied().without("decoder.weight").withMetadata("decoder.weight", "encoder.weight"),
          tied().without("encoder.weight").withMetadata("encoder.weight", "decoder.weight"),
        }) {
      TorchImport model = read(once.withMetadata("format", "pt"));
      assertThat(model.spec()).isEqualTo(new ModelSpec(Cell.GRU, H, 1, H, true, 0, true));
      assertThat(model.parameters().get("embedding.weight")).containsExactly(weight);
      assertThat(model.parameters().get("linear.weight")).containsExactly(weight);
    }
  }

  @Test
  void leavesARunDirectory() throws IOException {
    Path run = folder.resolve("run");
    Path file = withEmbedding("lstm.", 4, 2).write(folder.resolve("m.safetensors"));
    TorchImport model = TorchImport.into(run, file, vocabulary(), Tokens.CHARACTER, null);
    SavedModel saved = SavedModel.open(run);
    assertThat(saved.spec()).isEqualTo(model.spec());
    assertThat(saved.tokenizer().content()).isEqualTo("ab分");
    Parameters parameters = saved.parameters();
    model
        .parameters()
        .forEach((name, value) -> assertThat(parameters.get(name)).containsExactly(value));
    assertThat(run.resolve("run.json"))
        .content()
        .contains("m.safetensors", "vocabulary.json", "\"status\" : \"finished\"")
        .containsPattern("\"sha256\" : \"[0-9a-f]{64}\"");
    assertThatThrownBy(() -> TorchImport.into(run, file, vocabulary(), Tokens.CHARACTER, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("exists and is not an empty folder");
  }

  @Test
  void nothingIsWrittenOfWhatIsRefused() throws IOException {
    Path run = folder.resolve("run");
    Path file = tied().with("more", 2).write(folder.resolve("m.safetensors"));
    assertThatThrownBy(() -> TorchImport.into(run, file, vocabulary(), Tokens.CHARACTER, null))
        .isInstanceOf(InvalidInputException.class);
    assertThat(run).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnn.weight_ih_l0_reverse | 2,4 | it is bidirectional (rnn.weight_ih_l0_reverse)",
        "rnn.weight_hr_l0 | 2,2 | its LSTM has projections (rnn.weight_hr_l0)",
        "b.weight_ih_l0 | 2,4 | several recurrent modules: b., rnn.",
        "rnn.weight_ih_l01 | 2,4 | belong to no embedding, recurrent module or output layer: rnn.weight_ih_l01",
        "rnn.weight_ih_l2 | 2,2 | belong to no embedding, recurrent module or output layer: rnn.weight_ih_l2",
        "rnn.weight_hh_l1 | 2,2 | the tensor 'rnn.weight_ih_l1' is missing",
        "scale | 1 | belong to no embedding, recurrent module or output layer: scale",
        "other.weight | 3,4 | each of encoder.weight, other.weight could be its embedding",
        "norm.bias | 2 | several biases: decoder.bias, norm.bias",
        "rnn.weight_hh_l0 | 5,2 | 'rnn.weight_hh_l0' has the shape [5, 2], expected [G*H, H]",
        "rnn.weight_hh_l0 | 4,2 | 'rnn.weight_hh_l0' has the shape [4, 2], expected [G*H, H]",
        "rnn.weight_hh_l0 | 2 | 'rnn.weight_hh_l0' has the shape [2], expected [G*H, H]",
        "rnn.weight_hh_l0 | 0,0 | 'rnn.weight_hh_l0' has the shape [0, 0], expected [G*H, H]",
        "rnn.weight_ih_l0 | 2,5 | 'rnn.weight_ih_l0' has the shape [2, 5], expected [2, 4]",
        "rnn.bias_hh_l0 | 3 | 'rnn.bias_hh_l0' has the shape [3], expected [2]",
        "encoder.weight | 9,4 | 'encoder.weight' has the shape [9, 4], expected [3, 4]",
        "decoder.weight | 3,4 | 'decoder.weight' has the shape [3, 4], expected [3, 2]",
        "decoder.weight | 3 | 'decoder.weight' has the shape [3], expected [3, 2]",
      })
  void whatIsNoSuchModelIsRefused(String tensor, String dimensions, String message)
      throws IOException {
    int[] shape = Arrays.stream(dimensions.split(",")).mapToInt(Integer::parseInt).toArray();
    assertRefused(withEmbedding("rnn.", 1, 1).with(tensor, shape), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnn.weight_ih_l0 | the tensor 'rnn.weight_ih_l0' is missing",
        "rnn.weight_hh_l0 | the tensor 'rnn.weight_hh_l0' is missing",
        "rnn.bias_hh_l0 | the tensor 'rnn.bias_hh_l0' is missing",
        "rnn.bias_ih_l0 | belong to no embedding, recurrent module or output layer: rnn.bias_hh_l0",
        "encoder.weight | 'rnn.weight_ih_l0' has the shape [2, 4], expected [2, 3]",
        "decoder.bias | it has no bias, where an output layer with a bias was expected",
        "decoder.weight | 'encoder.weight' has the shape [3, 4], expected [3, 2]",
      })
  void whatLacksATensorIsRefused(String tensor, String message) throws IOException {
    assertRefused(withEmbedding("rnn.", 1, 1).without(tensor), message);
  }

  private void assertRefused(StateDictFile stateDict, String message) {
    assertThatThrownBy(() -> read(stateDict))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(folder.resolve("m.safetensors") + ": ")
        .hasMessageContaining(message)
        .hasMessageContaining("; give ");
  }

  @Test
  void otherFaultsAreRefused() throws IOException {
    assertRefused(new StateDictFile(), "it has no tensor …weight_ih_l0");
    StateDictFile infinite = tied();
    infinite.value("rnn.bias_hh_l0")[1] = Float.NEGATIVE_INFINITY;
    assertRefused(infinite, "'rnn.bias_hh_l0' has numbers that are not finite");
    assertThatThrownBy(
            () -> TorchImport.read(folder.resolve("none"), vocabulary(), Tokens.CHARACTER, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no such file");
    Path zip = Files.write(folder.resolve("m.pt"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> TorchImport.read(zip, vocabulary(), Tokens.CHARACTER, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("what torch.save writes");
    Path two = Files.writeString(folder.resolve("two.json"), "[\"a\", \"b\"]");
    Path file = tied().write(folder.resolve("m.safetensors"));
    assertThatThrownBy(() -> TorchImport.read(file, two, Tokens.CHARACTER, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(two + ": it has 2 characters, but the model in " + file)
        .hasMessageContaining("V=3");
  }
}
