/**
 * Looking at runs: their curves as pictures, and one or more of them side by side as a page.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.report;

import org.jspecify.annotations.NullMarked;
