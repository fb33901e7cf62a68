/** How long engines take for training steps, beside what the machine can do. */
@NullMarked
package io.github.lyricist.bench;

import org.jspecify.annotations.NullMarked;
