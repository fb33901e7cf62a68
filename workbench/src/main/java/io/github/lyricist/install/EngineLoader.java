package io.github.lyricist.install;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;

/**
 * Loads an engine and the jars that it needs, apart from other engines', which may need other
 * versions. What it shares with the program, it has from the program's loader.
 */
final class EngineLoader extends URLClassLoader {
  static {
    ClassLoader.registerAsParallelCapable();
  }

  EngineLoader(String engine, URL... jars) {
    super(engine, jars, EngineLoader.class.getClassLoader());
  }

  /** Services are those of this engine alone: the program's own loader finds the others. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.startsWith("META-INF/services/") ? findResources(name) : super.getResources(name);
  }
}
