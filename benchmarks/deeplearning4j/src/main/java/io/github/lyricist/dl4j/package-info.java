/** DL4J's own layers as an engine of {@code bench}. */
@NullMarked
package io.github.lyricist.dl4j;

import org.jspecify.annotations.NullMarked;
