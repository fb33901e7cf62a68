/**
 * Trains many variations of one experiment, and finds the best.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.sweep;

import org.jspecify.annotations.NullMarked;
