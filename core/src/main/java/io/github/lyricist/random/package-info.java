/**
 * The streams of random numbers, each derived from the seed and what it is for.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.random;

import org.jspecify.annotations.NullMarked;
