/** How much of a text stands in another one. */
@NullMarked
package io.github.lyricist.originality;

import org.jspecify.annotations.NullMarked;
