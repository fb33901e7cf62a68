/**
 * The same formulas, laid out for speed: large matrix products, work split over threads so that no
 * sum is ever split.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.scratch.fast;

import org.jspecify.annotations.NullMarked;
