/**
 * What comes before the program: the flags that Java is started with, and archives of its classes.
 */
@NullMarked
package io.github.lyricist.cli.start;

import org.jspecify.annotations.NullMarked;
