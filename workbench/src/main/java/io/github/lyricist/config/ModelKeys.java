package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.FLAG;
import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.NUMBER;
import static io.github.lyricist.config.ValueTypes.TEXT;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ModelKeys.ModelSection;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.training.Dropout;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of {@code model}. */
final class ModelKeys extends Table<ModelSection> {

  /**
   * What the section says: an architecture, and where its parameters come from.
   *
   * @param hiddenByText whether H is yet to be chosen by the text's length; the spec's is none
   * @param from a run directory or model file to start from, or null
   */
  record ModelSection(
      ModelSpec spec,
      boolean hiddenByText,
      Initialization initialization,
      Dropout.Kind dropoutKind,
      @Nullable String from) {
    static ModelSection of(ExperimentSpec experiment) {
      return new ModelSection(
          experiment.model(),
          false,
          experiment.initialization(),
          experiment.dropoutKind(),
          experiment.from());
    }
  }

  private final Key<ModelSection, Cell> cell =
      key(
          "cell",
          ValueTypes.choice(Cell.all(), Cell::name),
          section -> section.spec().cell(),
          "The recurrent cell.");
  private final Key<ModelSection, @Nullable Integer> hidden =
      key(
          "hidden",
          ValueTypes.orAuto(INTEGER),
          section -> section.spec().hidden(),
          "from 1 to 1048576",
          "H, hidden units of each layer; auto chooses by the text's length: "
              + HiddenSize.steps()
              + "; the run's config has the number.");
  private final Key<ModelSection, Integer> layers =
      key(
          "layers",
          INTEGER,
          section -> section.spec().layers(),
          "from 1 to 1024",
          "L, recurrent layers, each of which reads the one below.");
  private final Key<ModelSection, @Nullable Integer> embedding =
      key(
          "embedding",
          ValueTypes.orNull(INTEGER),
          section -> section.spec().embedding(),
          "from 1 to 1048576",
          "E, the size of a learned embedding of the input; null is one-hot input.");
  private final Key<ModelSection, Boolean> tieWeights =
      key(
          "tieWeights",
          FLAG,
          section -> section.spec().tieWeights(),
          "Whether the output layer's weights are the embedding's, which needs E = H.");
  private final Key<ModelSection, Double> dropout =
      key(
          "dropout",
          NUMBER,
          section -> section.spec().dropout(),
          "from 0 to below 1",
          "The probability with which an element of a layer's output is dropped in training.");
  private final Key<ModelSection, Dropout.Kind> dropoutKind =
      key(
          "dropoutKind",
          ValueTypes.choice(Dropout.Kind.values()),
          ModelSection::dropoutKind,
          "Whether other elements are dropped at each time step, or the same at all of a batch.");
  private final Key<ModelSection, Initialization.Type> init =
      key(
          "init",
          ValueTypes.choice(Initialization.Type.values()),
          section -> section.initialization().type(),
          "How the initial parameters are drawn: weights from a normal distribution, and biases 0;"
              + " all from a uniform one; or as PyTorch does, from a uniform one in ±1/√H, and the"
              + " embedding from N(0, 1).");
  private final Key<ModelSection, Double> initScale =
      key(
          "initScale",
          NUMBER,
          section -> section.initialization().scale(),
          "above 0",
          "The standard deviation with init: normal, the bound with init: uniform.");
  private final Key<ModelSection, Boolean> recurrentBias =
      key(
          "recurrentBias",
          FLAG,
          section -> section.spec().recurrentBias(),
          "Whether the second bias of each layer, bias_hh, is trained or stays zero.");
  private final Key<ModelSection, @Nullable String> from =
      key(
          "from",
          ValueTypes.orNull(TEXT),
          ModelSection::from,
          "a run directory, or the model.safetensors of one",
          "A saved model to start from: its weights, architecture and vocabulary.");

  /** Not declared, and so neither written nor suggested: no value but false is allowed. */
  private final Key<ModelSection, Boolean> bidirectional =
      new Key<>("bidirectional", FLAG, section -> false, "", "");

  ModelKeys() {
    super(ModelSection.of(ExperimentSpec.DEFAULT));
  }

  @Override
  boolean isKnown(String name) {
    return super.isKnown(name) || name.equals(bidirectional.name());
  }

  @Override
  ModelSection make(Values<ModelSection> values) {
    if (values.get(bidirectional)) {
      throw InvalidInputException.ofKey(
          bidirectional.name(),
          "a bidirectional network sees the characters that it should predict, so a language"
              + " model can't be one",
          "take the key out");
    }
    Path file = values.path(from);
    ModelSpec saved = file == null ? null : values.architectures().of(file);
    return new ModelSection(
        saved == null ? architecture(values, sizeInstead(values)) : agreed(values, saved),
        saved == null && values.get(hidden) == null && !values.get(tieWeights),
        new Initialization(values.get(init), values.get(initScale)),
        values.get(dropoutKind),
        file == null ? null : file.toString());
  }

  /** Tied weights leave no choice. */
  private int sizeInstead(Values<ModelSection> values) {
    Integer size = values.get(embedding);
    return values.get(tieWeights) && size != null ? size : ModelSpec.DEFAULT.hidden();
  }

  /**
   * @param otherwise H, where it is auto
   */
  private ModelSpec architecture(Values<ModelSection> values, int otherwise) {
    Integer size = values.get(hidden);
    return new ModelSpec(
        values.get(cell),
        size == null ? otherwise : size,
        values.get(layers),
        values.get(embedding),
        values.get(tieWeights),
        values.get(dropout),
        values.get(recurrentBias));
  }

  /** The architecture of a model to start from: what the section says of it must agree. */
  private ModelSpec agreed(Values<ModelSection> values, ModelSpec saved) {
    ModelSection absent =
        new ModelSection(
            saved.withDropout(ModelSpec.DEFAULT.dropout()),
            false,
            absent().initialization(),
            absent().dropoutKind(),
            null);
    ModelSpec asked = architecture(values.orElse(absent), saved.hidden());
    ModelSection here =
        new ModelSection(asked, false, absent.initialization(), absent.dropoutKind(), null);
    List<Key<ModelSection, ?>> differing =
        Stream.of(cell, hidden, layers, embedding, tieWeights, recurrentBias)
            .filter(key -> !Objects.equals(key.get().apply(here), key.get().apply(absent)))
            .toList();
    if (!differing.isEmpty()) {
      String contradictions =
          differing.stream()
              .map(
                  key ->
                      "%s is %s here and %s there"
                          .formatted(key.name(), key.get().apply(here), key.get().apply(absent)))
              .collect(Collectors.joining(", "));
      throw InvalidInputException.ofKey(
          differing.get(0).name(),
          "contradicts the model to start from: " + contradictions,
          "take such keys out; --set 'model={from: …}' takes all from the model");
    }
    return asked;
  }
}
