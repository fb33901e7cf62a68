/** Trains many variations of one experiment, and finds the best. */
@NullMarked
package io.github.lyricist.sweep;

import org.jspecify.annotations.NullMarked;
