/**
 * The arithmetic that takes the time, with the Vector API and without: matrix products, activation
 * functions, softmax cross-entropy, sums.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.scratch.kernels;

import org.jspecify.annotations.NullMarked;
