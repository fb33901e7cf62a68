/** Models that are opened once, and shared. */
@NullMarked
package io.github.lyricist.studio.models;

import org.jspecify.annotations.NullMarked;
