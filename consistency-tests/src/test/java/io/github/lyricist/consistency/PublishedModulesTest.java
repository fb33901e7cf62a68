package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users of the library may rely on: the names of modules, and which packages are API. */
class PublishedModulesTest {
  private static final String API = " * <p>API: what changes is named in the changelog.";
  private static final String INTERNAL = " * <p>Internal: may change with any version.";

  private static Stream<Path> files(Path folder, String name) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.getFileName().toString().matches(name)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void eachJarIsAModuleWithPackagesOfItsOwn() {
    Path[] jars = files(Program.INSTALLED.resolve("lib"), "lyricist-.*[.]jar").toArray(Path[]::new);

    List<ModuleDescriptor> modules =
        ModuleFinder.of(jars).findAll().stream().map(ModuleReference::descriptor).toList();

    assertThat(modules)
        .allMatch(ModuleDescriptor::isAutomatic)
        .extracting(ModuleDescriptor::name)
        .containsExactlyInAnyOrder(
            "io.github.lyricist.core",
            "io.github.lyricist.workbench",
            "io.github.lyricist.studio",
            "io.github.lyricist.cli",
            "io.github.lyricist.scratch",
            "io.github.lyricist.nd4j",
            "io.github.lyricist.djl",
            "io.github.lyricist.spark",
            "io.github.lyricist.phonetics");
    assertThat(modules.stream().flatMap(module -> module.packages().stream()))
        .contains("io.github.lyricist", "io.github.lyricist.config")
        .doesNotHaveDuplicates();
  }

  @Test
  void eachPackageSaysWhetherItIsApi() throws IOException {
    List<Path> packages = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(Program.ROOT)) {
      for (Path module : modules) {
        Path sources = module.resolve("src/main/java");
        if (Files.exists(sources) && !module.endsWith("benchmarks")) {
          files(sources, ".*[.]java").map(Path::getParent).distinct().forEach(packages::add);
        }
      }
    }

    assertThat(packages)
        .contains(Program.ROOT.resolve("core/src/main/java/io/github/lyricist"))
        .allSatisfy(
            folder ->
                assertThat(Files.readAllLines(folder.resolve("package-info.java")))
                    .filteredOn(line -> line.equals(API) || line.equals(INTERNAL))
                    .hasSize(1));
  }
}
