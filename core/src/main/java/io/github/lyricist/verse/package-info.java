/**
 * What a text of a given form is: lines, syllables, rhymes.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.verse;

import org.jspecify.annotations.NullMarked;
