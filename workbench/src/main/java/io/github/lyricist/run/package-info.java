/** What a run leaves on disk: the run directory, its files and their formats. */
@NullMarked
package io.github.lyricist.run;

import org.jspecify.annotations.NullMarked;
