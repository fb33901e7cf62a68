/**
 * How long engines take for training steps, beside what the machine can do.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.bench;

import org.jspecify.annotations.NullMarked;
