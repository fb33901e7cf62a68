/**
 * The model on DJL's PyTorch engine, with autograd. Native memory lives in managers: one for the
 * backend, one for each model and trainer, one for each step, and a manager that is closed frees
 * all that was made in it. An operation's result belongs to the manager of its first operand, so
 * what a step computes starts from arrays of the step's own manager.
 *
 * <p>Legend: B batch size, T time steps, V vocabulary size, I input size of a layer, H hidden
 * units, L layers, G gates.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.djl;

import org.jspecify.annotations.NullMarked;
