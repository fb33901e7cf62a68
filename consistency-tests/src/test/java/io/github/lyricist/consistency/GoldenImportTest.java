package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.interchange.TorchImport;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that PyTorch made compute the same here, each character found by another id. */
class GoldenImportTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"lstm-2-f32", "gru-onehot-nobias-f64", "rnn-tied-f16", "lstm-nobias-tied-bf16"})
  void logitsAreThoseOfPyTorch(String name) throws IOException {
    Path golden = Path.of("golden", "import");
    TorchImport.into(
        folder.resolve("run"),
        golden.resolve(name + ".safetensors"),
        golden.resolve(name + ".vocabulary.json"),
        Tokens.CHARACTER,
        null);
    SavedModel model = SavedModel.open(folder.resolve("run"));
    assertThat(model.spec().tieWeights()).isEqualTo(name.contains("tied"));
    assertThat(model.spec().recurrentBias()).isEqualTo(!name.contains("nobias"));
    JsonNode expected = new ObjectMapper().readTree(golden.resolve(name + ".json").toFile());
    for (String engine : new String[] {"reference", "scratch"}) {
      try (Backend backend = BackendRegistry.installed().get(engine).open(DeviceRequest.CPU, 1);
          RecurrentModel onEngine =
              backend.createModel(model.spec(), model.parameters(), Use.INFERENCE)) {
        assertLogits(expected, model.tokenizer(), onEngine);
      }
    }
  }

  private static void assertLogits(JsonNode expected, Tokenizer tokenizer, RecurrentModel model) {
    float[] logits = new float[tokenizer.size()];
    int[] text = tokenizer.encode(expected.get("text").asText());
    try (Session session = model.newSession(1)) {
      for (int t = 0; t < text.length; t++) {
        session.next(new int[] {text[t]}, logits);
        for (int theirId = 0; theirId < logits.length; theirId++) {
          int id = tokenizer.encode(expected.get("characters").get(theirId).asText())[0];
          double logit = expected.get("logits").get(t).get(theirId).asDouble();
          assertThat((double) logits[id]).isCloseTo(logit, within(1e-6));
        }
      }
    }
  }
}
