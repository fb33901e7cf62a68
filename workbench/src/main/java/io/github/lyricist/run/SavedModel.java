package io.github.lyricist.run;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.Vocabulary;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code model.safetensors} that can be gone on with. */
public final class SavedModel {
  static final String FILE = "model.safetensors";
  private static final String WHAT_TO_DO = "give a run directory, or the model.safetensors of one";

  private final Path file;
  private final SafetensorsFile tensors;
  private final ModelSpec spec;
  private final Vocabulary vocabulary;

  private SavedModel(Path file, SafetensorsFile tensors, ModelSpec spec, Vocabulary vocabulary) {
    this.file = file;
    this.tensors = tensors;
    this.spec = spec;
    this.vocabulary = vocabulary;
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
      throw refusal(runDirectoryOrFile, "there is no model");
    }
    SafetensorsFile tensors = SafetensorsFile.open(file);
    Map<String, String> metadata = tensors.metadata();
    if (!"lyricist".equals(metadata.get("format"))) {
      throw refusal(file, "this safetensors file was not written by Lyricist");
    }
    String version = metadata.get("format_version");
    if (!ModelFile.FORMAT_VERSION.equals(version)) {
      throw refusal(
          file,
          "its format version is %s, this program reads %s"
              .formatted(version, ModelFile.FORMAT_VERSION));
    }
    try {
      ModelSpec spec = ModelFile.spec(file.toString(), metadata.getOrDefault("model", ""));
      Vocabulary vocabulary = vocabulary(file, metadata.getOrDefault("vocabulary", ""));
      Map<String, Shape> expected = spec.shapes(vocabulary.size());
      Map<String, Shape> found = weights(tensors.shapes());
      if (!expected.equals(found)) {
        throw refusal(
            file,
            "its tensors are not those of its model: expected %s, found %s"
                .formatted(expected, found));
      }
      return new SavedModel(file, tensors, spec, vocabulary);
    } catch (ArithmeticException e) {
      throw refusal(file, "its metadata 'model' is broken: " + e.getMessage());
    }
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

  private static Vocabulary vocabulary(Path file, String characters) {
    Vocabulary vocabulary = Vocabulary.of(characters.codePoints().toArray());
    if (characters.isEmpty() || !vocabulary.characters().equals(characters)) {
      throw refusal(
          file, "its metadata 'vocabulary' is not distinct characters in ascending order");
    }
    return vocabulary;
  }

  private static InvalidInputException refusal(Path file, String what) {
    return InvalidInputException.at(file.toString(), what, WHAT_TO_DO);
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

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * Reads the weights.
   *
   * @throws InvalidInputException if one is not finite, or tied weights differ
   */
  public Parameters parameters() {
    Parameters parameters = tensors.read(List.copyOf(spec.shapes(vocabulary.size()).keySet()));
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
