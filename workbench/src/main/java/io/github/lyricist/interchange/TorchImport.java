package io.github.lyricist.interchange;

import io.github.lyricist.Build;
import io.github.lyricist.Bytes;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.Sha256;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.model.VocabularyChange;
import io.github.lyricist.run.ImportProvenance;
import io.github.lyricist.run.ImportProvenance.Source;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.tokens.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PyTorch model that became ours: {@code nn.Embedding} or one-hot vectors, then {@code nn.RNN},
 * {@code nn.GRU} or {@code nn.LSTM}, then {@code nn.Linear}, with any names before theirs.
 *
 * @param spec its architecture; dropout is no part of a state dict, so it is 0
 * @param tokenizer its tokens, in our order
 * @param parameters its weights, by our names, the tokens in our order
 */
public record TorchImport(ModelSpec spec, Tokenizer tokenizer, Parameters parameters) {
  private static final String WHAT_TO_DO =
      "give the state dict of an nn.Embedding or one-hot vectors, one nn.RNN, nn.GRU or nn.LSTM,"
          + " and one nn.Linear with a bias";

  /**
   * Imports a state dict into a run directory. Whatever can be found wrong is found before the
   * directory is made.
   *
   * @param stateDict a safetensors file
   * @param vocabularyFile JSON, which token each id is; null for bytes
   * @param tokens what its tokens are
   * @param input what the model reads; null to tell it by the shapes
   * @param folder new or empty
   * @throws InvalidInputException if one of them is not as it should be
   * @throws RunFailedException if reading or writing fails
   */
  public static TorchImport into(
      Path folder,
      Path stateDict,
      @Nullable Path vocabularyFile,
      Tokens tokens,
      @Nullable Input input) {
    Instant start = Instant.now();
    RunDirectory.requireUsable(folder);
    TorchImport model = read(stateDict, vocabularyFile, tokens, input);
    Source source = new Source(stateDict.toString(), sha256(stateDict));
    Source vocabulary =
        vocabularyFile == null
            ? null
            : new Source(vocabularyFile.toString(), sha256(vocabularyFile));
    try (RunDirectory directory = RunDirectory.create(folder)) {
      directory.writeTokenizer(model.tokenizer);
      directory.writeModel(model.spec, model.tokenizer, model.parameters);
      directory.writeProvenance(
          new ImportProvenance(Build.current(), source, vocabulary, start, Instant.now()));
    }
    return model;
  }

  /**
   * Reads a state dict.
   *
   * @param stateDict a safetensors file
   * @param vocabularyFile JSON, which token each id is; null for bytes
   * @param tokens what its tokens are
   * @param input what the model reads; null to tell it by the shapes
   * @throws InvalidInputException if one of them is not as it should be
   * @throws RunFailedException if reading fails
   */
  public static TorchImport read(
      Path stateDict, @Nullable Path vocabularyFile, Tokens tokens, @Nullable Input input) {
    StateDict tensors = StateDict.open(stateDict);
    try {
      Layout layout = Layout.of(tensors.shapes(), input);
      TokenTable table = VocabularyFile.read(vocabularyFile, tokens);
      if (table.size() != layout.vocabularySize()) {
        throw InvalidInputException.at(
            vocabularyFile == null ? "--tokens" : vocabularyFile.toString(),
            "it has %d %ss, but the model in %s has V=%d"
                .formatted(table.size(), tokens, stateDict, layout.vocabularySize()),
            "give the vocabulary that the model was trained with");
      }
      requireMemory(layout, stateDict);
      Parameters parameters = parameters(layout, tensors, table);
      return new TorchImport(tiedIfEqual(layout.spec(), parameters), table.tokenizer(), parameters);
    } catch (RefusedException e) {
      throw InvalidInputException.at(
          stateDict.toString(), String.valueOf(e.getMessage()), WHAT_TO_DO);
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> stateDict + ": " + key); // also a model beyond our own limits
    }
  }

  private static void requireMemory(Layout layout, Path stateDict) {
    long total = 0;
    long largest = 0;
    for (Shape shape : layout.spec().shapes(layout.vocabularySize()).values()) {
      total += shape.size();
      largest = Math.max(largest, shape.size());
    }
    long bytes = Float.BYTES * (total + largest); // a tensor is there twice when it is reordered
    long available = Runtime.getRuntime().maxMemory();
    if (bytes > available) {
      throw InvalidInputException.at(
          stateDict.toString(),
          "the model needs about %s, but there are only %s"
              .formatted(Bytes.text(bytes), Bytes.text(available)),
          "give Java more memory (JAVA_OPTS=-Xmx…)");
    }
  }

  private static Parameters parameters(Layout layout, StateDict tensors, TokenTable tokens) {
    Parameters parameters = new Parameters();
    VocabularyChange change = tokens.change(layout.spec());
    for (Map.Entry<String, Shape> expected :
        layout.spec().shapes(layout.vocabularySize()).entrySet()) {
      String name = expected.getKey();
      String source = layout.sources().get(name);
      float[] value =
          source == null ? new float[(int) expected.getValue().size()] : tensors.read(source);
      float[] ours = new float[value.length];
      change.copy(name, value, ours);
      parameters.put(name, expected.getValue(), ours);
    }
    return parameters;
  }

  /** A state dict doesn't say that weights are tied; that they are equal does. */
  private static ModelSpec tiedIfEqual(ModelSpec spec, Parameters parameters) {
    boolean tied =
        spec.embedding() != null
            && spec.embedding() == spec.hidden()
            && Arrays.equals(parameters.get("embedding.weight"), parameters.get("linear.weight"));
    return new ModelSpec(
        spec.cell(),
        spec.hidden(),
        spec.layers(),
        spec.embedding(),
        tied,
        spec.dropout(),
        spec.recurrentBias());
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    } catch (IOException e) {
      throw RunFailedException.reading(file, e);
    }
  }
}
