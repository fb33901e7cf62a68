/** The service provider interface that an engine implements, and the registry that finds it. */
@NullMarked
package io.github.lyricist.backend;

import org.jspecify.annotations.NullMarked;
