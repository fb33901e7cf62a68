/**
 * How Chinese and English sound.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.phonetics;

import org.jspecify.annotations.NullMarked;
