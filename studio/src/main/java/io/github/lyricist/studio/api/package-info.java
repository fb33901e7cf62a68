/**
 * What the page asks for, and programs may.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.studio.api;

import org.jspecify.annotations.NullMarked;
