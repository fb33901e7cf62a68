/** Carries one experiment out: puts its parts together, trains, previews, and keeps the results. */
@NullMarked
package io.github.lyricist.experiment;

import org.jspecify.annotations.NullMarked;
