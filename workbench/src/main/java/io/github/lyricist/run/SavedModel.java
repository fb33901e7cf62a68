package io.github.lyricist.run;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A {@code model.safetensors} that can be gone on with. */
public final class SavedModel {
  public static final String FILE = "model.safetensors";
  private static final String OTHER_VERSION = "use the version of Lyricist that wrote it";
  private static final String WHAT_TO_DO = "give a run directory, or the model.safetensors of one";

  private final Path file;
  private final SafetensorsFile tensors;
  private final ModelSpec spec;
  private final Tokenizer tokenizer;

  private SavedModel(Path file, SafetensorsFile tensors, ModelSpec spec, Tokenizer tokenizer) {
    this.file = file;
    this.tensors = tensors;
    this.spec = spec;
    this.tokenizer = tokenizer;
  }

  /**
   * Opens the model of a run, or a model file, and checks all but the weights themselves.
   *
   * @throws InvalidInputException if it is none, or broken
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public static SavedModel open(Path runDirectoryOrFile) {
    Path file =
        Files.isDirectory(runDirectoryOrFile)
            ? runDirectoryOrFile.resolve(FILE)
            : runDirectoryOrFile;
    if (!Files.isRegularFile(file)) {
      throw refusal(
          runDirectoryOrFile,
          Files.isDirectory(runDirectoryOrFile)
              ? "there is no model.safetensors in it"
              : "there is no such file or folder");
    }
    SafetensorsFile tensors = SafetensorsFile.open(file);
    Map<String, String> metadata = tensors.metadata();
    if (!"lyricist".equals(metadata.get("format"))) {
      throw refusal(file, "this safetensors file was not written by Lyricist");
    }
    String version = metadata.getOrDefault("format_version", "missing");
    if (!ModelFile.READABLE_VERSIONS.contains(version)) {
      throw InvalidInputException.at(
          file.toString(),
          "its format version is %s, this program reads %s"
              .formatted(Excerpt.of(version), String.join(" and ", ModelFile.READABLE_VERSIONS)),
          OTHER_VERSION);
    }
    try {
      ModelSpec spec = ModelFile.spec(file.toString(), metadata.getOrDefault("model", ""));
      Tokenizer tokenizer = tokenizer(file, tensors);
      Map<String, Shape> expected = spec.shapes(tokenizer.size());
      Map<String, Shape> found = weights(tensors.shapes());
      if (!expected.equals(found)) {
        throw refusal(
            file, "its tensors are not those of its model: " + difference(expected, found));
      }
      return new SavedModel(file, tensors, spec, tokenizer);
    } catch (ArithmeticException e) {
      throw refusal(file, "its metadata 'model' is broken: " + e.getMessage());
    }
  }

  /** The first tensor that is not as it should be, of which there may be many. */
  private static String difference(Map<String, Shape> expected, Map<String, Shape> found) {
    for (Map.Entry<String, Shape> tensor : expected.entrySet()) {
      Shape shape = found.get(tensor.getKey());
      if (!Objects.equals(shape, tensor.getValue())) {
        return "'%s' should be %s, but is %s"
            .formatted(tensor.getKey(), tensor.getValue(), shape == null ? "missing" : shape);
      }
    }
    Set<String> others = new LinkedHashSet<>(found.keySet());
    others.removeAll(expected.keySet());
    return "'%s' is none of them".formatted(Excerpt.of(others.iterator().next()));
  }

  /** Without what a checkpoint has besides. */
  private static Map<String, Shape> weights(Map<String, Shape> tensors) {
    Map<String, Shape> weights = new LinkedHashMap<>(tensors);
    weights
        .keySet()
        .removeIf(
            name ->
                name.startsWith(CheckpointFile.OPTIMIZER) || name.startsWith(CheckpointFile.STATE));
    return weights;
  }

  private static Tokenizer tokenizer(Path file, SafetensorsFile tensors) {
    Map<String, String> metadata = tensors.metadata();
    String kind = metadata.getOrDefault(ModelFile.TOKENIZER, CharacterTokenizer.KIND);
    if (TokenizerJson.has(kind)) {
      byte[] json = tensors.bytes(ModelFile.TOKENIZER, Limits.TOKENIZER_BYTES);
      return TokenizerJson.parse(file + ": its tensor 'tokenizer'", WHAT_TO_DO, json)
          .requireOwn(kind);
    }
    if (!List.of(CharacterTokenizer.KIND, ByteTokenizer.KIND).contains(kind)) {
      throw InvalidInputException.at(
          file.toString(),
          "its tokenizer is '%s', which this program does not know".formatted(Excerpt.of(kind)),
          OTHER_VERSION);
    }
    try {
      return Tokenizer.of(
          kind,
          metadata.containsKey(ModelFile.UNKNOWN),
          metadata.getOrDefault(ModelFile.VOCABULARY, ""));
    } catch (IllegalArgumentException e) {
      throw refusal(file, "its metadata 'vocabulary' " + e.getMessage());
    }
  }

  private static InvalidInputException refusal(Path file, String what) {
    return InvalidInputException.at(file.toString(), what, WHAT_TO_DO);
  }

  /**
   * Writes such a file; where there is one already, it is replaced as a whole.
   *
   * @throws InvalidInputException if it can't be put there
   * @throws io.github.lyricist.RunFailedException if writing fails; then what was there still is
   */
  public static void write(Path file, ModelSpec spec, Tokenizer tokenizer, Parameters parameters) {
    AtomicFile.write(file, out -> ModelFile.write(out, spec, tokenizer, parameters));
  }

  /** What its weights are of, by the names that its file has for that: model, tokenizer. */
  public Map<String, String> description() {
    Map<String, String> description = new LinkedHashMap<>(ModelFile.metadata(spec, tokenizer));
    if (TokenizerJson.has(tokenizer)) {
      description.put("tokenizer.json", TokenizerJson.of(tokenizer));
    }
    return description;
  }

  Map<String, String> metadata() {
    return tensors.metadata();
  }

  SafetensorsFile tensors() {
    return tensors;
  }

  public ModelSpec spec() {
    return spec;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /**
   * Reads the weights.
   *
   * @throws InvalidInputException if they are not what was written, one is not finite, or tied
   *     weights differ
   */
  public Parameters parameters() {
    tensors.requireIntact();
    Parameters parameters = tensors.read(List.copyOf(spec.shapes(tokenizer.size()).keySet()));
    if (!parameters.areFinite()) {
      throw refusal(file, "it has weights that are not finite");
    }
    if (spec.tieWeights()
        && !Arrays.equals(parameters.get("embedding.weight"), parameters.get("linear.weight"))) {
      throw refusal(file, "its tied weights embedding.weight and linear.weight differ");
    }
    return parameters;
  }
}
