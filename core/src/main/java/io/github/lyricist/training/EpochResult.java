package io.github.lyricist.training;

import org.jspecify.annotations.Nullable;

/**
 * What one epoch measured.
 *
 * @param epoch from 1
 * @param perplexity {@code exp(loss)}; infinite where that is beyond a double's range
 * @param loss mean cross-entropy of a prediction, in nats, as training saw them
 * @param bitsPerCharacter the same of a character, in bits
 * @param seconds wall time of its training steps
 * @param charactersPerSecond characters of the predicted tokens per second
 * @param gradientNorm mean over its updates of the gradient norm before clipping
 * @param learningRate the rate of its last update
 * @param validationPerplexity of the held-out text after the epoch; null where there is none. It
 *     depends on the sampler's batch size and steps, as {@link Scoring#inRows} lays the text out
 * @param validationBitsPerCharacter likewise
 */
public record EpochResult(
    int epoch,
    double perplexity,
    double loss,
    double bitsPerCharacter,
    double seconds,
    double charactersPerSecond,
    double gradientNorm,
    double learningRate,
    @Nullable Double validationPerplexity,
    @Nullable Double validationBitsPerCharacter) {}
