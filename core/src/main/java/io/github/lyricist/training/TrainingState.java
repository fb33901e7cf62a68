package io.github.lyricist.training;

import io.github.lyricist.model.HiddenState;

/**
 * Where training stands between two batches. With the parameters, and the results of the epochs
 * before, it is all that an exact resume needs: learning rate, patience, shuffles and dropout masks
 * follow from those. A plain copy.
 *
 * @param epoch the epoch that is under way or begins next, from 1
 * @param totals of its batches so far
 * @param hidden the state that its last batch left
 * @param optimizer what the optimizer knows
 */
public record TrainingState(
    int epoch, EpochTotals totals, HiddenState hidden, OptimizerState optimizer) {}
