/**
 * The same formulas, laid out for speed: large matrix products, work split over threads so that no
 * sum is ever split.
 */
@NullMarked
package io.github.lyricist.scratch.fast;

import org.jspecify.annotations.NullMarked;
