/**
 * What every engine must do, as test classes to extend: a backend's module has one subclass of each
 * contract, and passes.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.testkit;

import org.jspecify.annotations.NullMarked;
