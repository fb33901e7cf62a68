/**
 * Trains with several workers, which share out the shards of each batch, and ends in the same bytes
 * as one process. {@link io.github.lyricist.distributed.WorkerGroup} is what leads them, {@link
 * io.github.lyricist.distributed.Worker} what they do.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.distributed;

import org.jspecify.annotations.NullMarked;
