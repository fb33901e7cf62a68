/** Batches out of a corpus, by random or consecutive sampling. */
@NullMarked
package io.github.lyricist.sampling;

import org.jspecify.annotations.NullMarked;
