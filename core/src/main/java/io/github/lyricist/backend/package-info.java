/**
 * The service provider interface that an engine implements, and the registry that finds it.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.backend;

import org.jspecify.annotations.NullMarked;
