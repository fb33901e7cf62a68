/**
 * The model on ND4J. Matrices lie column by column ({@code 'f'} order), one column a position of
 * the batch, time-major, so that one time step is one contiguous block and a product reads as in
 * the paper: {@code W h}. Nothing is allocated in a step: each array belongs to a {@link
 * io.github.lyricist.nd4j.NativeArrays} that closes it. One thread computes at a time, whatever
 * asks for it.
 *
 * <p>Legend: B batch size, T time steps, V vocabulary size, E embedding size, H hidden units, L
 * layers, G gates.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.nd4j;

import org.jspecify.annotations.NullMarked;
