/**
 * Carries one experiment out: puts its parts together, trains, previews, and keeps the results.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.experiment;

import org.jspecify.annotations.NullMarked;
