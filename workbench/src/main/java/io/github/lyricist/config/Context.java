package io.github.lyricist.config;

import java.nio.file.Path;

/**
 * What reading a configuration needs besides its text.
 *
 * @param folder what relative paths in the file are relative to
 * @param currentFolder what relative paths in settings of the command line are relative to
 * @param architectures of the models to start from
 */
record Context(Path folder, Path currentFolder, SavedArchitecture architectures) {}
