/**
 * Batches out of a corpus, by random or consecutive sampling.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.sampling;

import org.jspecify.annotations.NullMarked;
