/**
 * New text out of a model, one character at a time.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.generation;

import org.jspecify.annotations.NullMarked;
