/**
 * HTTP as the studio speaks it, by the server that comes with Java.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.studio.http;

import org.jspecify.annotations.NullMarked;
