package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.LONG;
import static io.github.lyricist.config.ValueTypes.TEXT;

import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ExperimentSpec.CheckpointSpec;
import io.github.lyricist.config.ExperimentSpec.PreviewSpec;
import io.github.lyricist.config.ModelKeys.ModelSection;
import io.github.lyricist.config.TrainingKeys.TrainingSection;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.SamplerSpec;
import org.jspecify.annotations.Nullable;

/** All keys of the configuration, in the order in which they are written. */
final class ExperimentKeys extends Table<ExperimentSpec> {
  private final Key<ExperimentSpec, String> name =
      key("name", TEXT, ExperimentSpec::name, ExperimentSpec.NAME_RANGE, "Names the run's folder.");
  private final Key<ExperimentSpec, Long> seed =
      key("seed", LONG, ExperimentSpec::seed, "Every random number derives from it.");
  private final Key<ExperimentSpec, String> backend =
      key(
          "backend",
          TEXT,
          ExperimentSpec::backend,
          "the name of an installed engine",
          "The engine that computes.");
  private final Key<ExperimentSpec, String> device =
      key(
          "device",
          TEXT,
          spec -> spec.device().toString(),
          "auto, cpu, cuda or cuda:N",
          "Where the engine computes; auto is cuda if the engine sees one, else cpu.");
  private final Key<ExperimentSpec, @Nullable Integer> threads =
      key(
          "threads",
          ValueTypes.orAuto(INTEGER),
          ExperimentSpec::threads,
          "from 1 to 1024",
          "Threads to compute with; auto is the machine's cores.");
  private final Key<ExperimentSpec, CorpusSpec> corpus =
      key("corpus", new CorpusKeys(), ExperimentSpec::corpus, "The text to learn from.");
  private final Key<ExperimentSpec, SamplerSpec> sampler =
      key(
          "sampler",
          new SamplerKeys(),
          ExperimentSpec::sampler,
          "How the text is cut into batches.");
  private final Key<ExperimentSpec, ModelSection> model =
      key("model", new ModelKeys(), ModelSection::of, "The network and its initial parameters.");
  private final Key<ExperimentSpec, TrainingSection> training =
      key("training", new TrainingKeys(), TrainingSection::of, "How the network is trained.");
  private final Key<ExperimentSpec, PreviewSpec> preview =
      key(
          "preview",
          new PreviewKeys(),
          ExperimentSpec::preview,
          "Text that is generated while the network is trained.");
  private final Key<ExperimentSpec, CheckpointSpec> checkpoint =
      key(
          "checkpoint",
          new CheckpointKeys(),
          ExperimentSpec::checkpoint,
          "When the run's whole state is saved.");

  ExperimentKeys() {
    super(ExperimentSpec.DEFAULT);
  }

  @Override
  ExperimentSpec make(Values<ExperimentSpec> values) {
    CorpusSpec corpus = values.section(this.corpus);
    ModelSection model = values.section(this.model);
    ModelSpec architecture =
        model.hiddenByText() ? model.spec().withHidden(HiddenSize.of(corpus)) : model.spec();
    TrainingSection training = values.section(this.training);
    return new ExperimentSpec(
        values.get(name),
        values.get(seed),
        values.get(backend),
        DeviceRequest.parse(values.get(device)),
        values.get(threads),
        corpus,
        values.section(sampler),
        architecture,
        model.initialization(),
        model.dropoutKind(),
        model.from(),
        training.spec(),
        training.tensorBoard(),
        values.section(preview),
        values.section(checkpoint));
  }
}
