/**
 * Engines that come with the program without their libraries: what these are, and how they come.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.install;

import org.jspecify.annotations.NullMarked;
