/**
 * Models that are opened once, and shared.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.studio.models;

import org.jspecify.annotations.NullMarked;
