/** What the page asks for, and programs may. */
@NullMarked
package io.github.lyricist.studio.api;

import org.jspecify.annotations.NullMarked;
