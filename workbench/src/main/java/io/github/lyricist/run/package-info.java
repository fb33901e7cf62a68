/**
 * What a run leaves on disk: the run directory, its files and their formats.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.run;

import org.jspecify.annotations.NullMarked;
