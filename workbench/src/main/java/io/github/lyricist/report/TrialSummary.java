package io.github.lyricist.report;

import io.github.lyricist.training.EpochResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trial of a sweep, as its page shows it.
 *
 * @param name such as {@code trial 7}
 * @param description what tells it from others, in a few words
 * @param values of the keys that are varied, in the same order for all trials
 * @param objective less is better; null where it has none
 * @param epochs how many it has trained
 * @param seconds that they took
 * @param status how it ended
 * @param results of its epochs
 */
public record TrialSummary(
    String name,
    String description,
    Map<String, String> values,
    @Nullable Double objective,
    int epochs,
    double seconds,
    String status,
    List<EpochResult> results) {}
