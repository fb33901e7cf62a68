/** Training in this process, watched as it goes. */
@NullMarked
package io.github.lyricist.studio.training;

import org.jspecify.annotations.NullMarked;
