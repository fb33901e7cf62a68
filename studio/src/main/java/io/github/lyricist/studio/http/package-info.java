/** HTTP as the studio speaks it, by the server that comes with Java. */
@NullMarked
package io.github.lyricist.studio.http;

import org.jspecify.annotations.NullMarked;
