/**
 * What comes before the program: the flags that Java is started with, and archives of its classes.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.cli.start;

import org.jspecify.annotations.NullMarked;
