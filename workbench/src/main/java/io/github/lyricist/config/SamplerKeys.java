package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.FLAG;
import static io.github.lyricist.config.ValueTypes.INTEGER;

import io.github.lyricist.sampling.SamplerSpec;

/** The keys of {@code sampler}. */
final class SamplerKeys extends Table<SamplerSpec> {
  private final Key<SamplerSpec, SamplerSpec.Type> type =
      key(
          "type",
          ValueTypes.choice(SamplerSpec.Type.values()),
          SamplerSpec::type,
          "Whether a batch holds examples in random order, or continues the batch before it.");
  private final Key<SamplerSpec, Integer> batchSize =
      key("batchSize", INTEGER, SamplerSpec::batchSize, "at least 1", "B, sequences in a batch.");
  private final Key<SamplerSpec, Integer> steps =
      key(
          "steps",
          INTEGER,
          SamplerSpec::steps,
          "at least 1",
          "T, tokens in a sequence; at most 67108864 are in a batch.");
  private final Key<SamplerSpec, Boolean> carryState =
      key(
          "carryState",
          FLAG,
          SamplerSpec::carryState,
          "Whether consecutive sampling carries the hidden state over to the next epoch, as it does"
              + " to the next batch.");

  SamplerKeys() {
    super(SamplerSpec.DEFAULT);
  }

  @Override
  SamplerSpec make(Values<SamplerSpec> values) {
    return new SamplerSpec(
        values.get(type), values.get(batchSize), values.get(steps), values.get(carryState));
  }
}
