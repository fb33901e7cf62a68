package io.github.lyricist.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendRegistryTest {

  private static class Named implements BackendProvider {
    private final String name;
    private final Availability availability;

    Named(String name, Availability availability) {
      this.name = name;
      this.availability = availability;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Availability availability() {
      return availability;
    }

    @Override
    public Backend open(DeviceRequest requested, int threads) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Other extends Named {
    Other(String name) {
      super(name, new Availability.Available("1", List.of("cpu"), ""));
    }
  }

  private static Named named(String name) {
    return new Named(name, new Availability.Available("1", List.of("cpu"), ""));
  }

  @Test
  void findsAnEngineByItsName() {
    BackendProvider b = named("b");
    BackendRegistry registry = new BackendRegistry(List.of(b, named("a")));
    assertThat(registry.get("b")).isSameAs(b);
    assertThat(registry.providers()).extracting(BackendProvider::name).containsExactly("a", "b");
  }

  @Test
  void listsTheEnginesWhenThereIsNone() {
    BackendRegistry registry = new BackendRegistry(List.of(named("b"), named("a")));
    assertThatThrownBy(() -> registry.get("c"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("there is no backend 'c'; choose one of: a, b");
  }

  /** An engine that a loader beside the program's finds. */
  public static final class Installed extends Named {
    public Installed() {
      super("installed", new Availability.Available("1", List.of("cpu"), ""));
    }
  }

  /** Has that engine, and could install another one. */
  private record Others(ClassLoader loader, List<String> asked) implements EngineSource {
    @Override
    public List<ClassLoader> installed() {
      return List.of(loader);
    }

    @Override
    public Optional<ClassLoader> find(String engine) {
      asked.add(engine);
      return engine.equals("installed") ? Optional.of(loader) : Optional.empty();
    }

    @Override
    public Map<String, String> installable() {
      return Map.of("c", "'install c' installs it");
    }
  }

  private static Others others(Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(BackendProvider.class.getName()), Installed.class.getName());
    URL[] urls = {folder.toUri().toURL()};
    return new Others(
        new URLClassLoader(urls, BackendRegistryTest.class.getClassLoader()), new ArrayList<>());
  }

  @Test
  void findsAnEngineBesideTheClassPathWhereItIsAskedFor(@TempDir Path folder) throws IOException {
    Others others = others(folder);
    BackendRegistry registry = new BackendRegistry(List.of(named("a")), others);
    assertThat(registry.get("a").name()).isEqualTo("a");
    assertThat(others.asked()).isEmpty();
    assertThat(registry.get("installed")).isInstanceOf(Installed.class);
    assertThat(registry.get("installed")).isSameAs(registry.get("installed"));
    assertThat(others.asked()).containsExactly("installed");
    assertThat(registry.providers())
        .extracting(BackendProvider::name)
        .containsExactly("a", "installed");
  }

  @Test
  void listsTheEnginesBesideTheClassPath(@TempDir Path folder) throws IOException {
    BackendRegistry registry = new BackendRegistry(List.of(named("a")), others(folder));
    assertThat(registry.providers())
        .extracting(BackendProvider::name)
        .containsExactly("a", "installed");
    assertThatThrownBy(() -> registry.get("d"))
        .hasMessage(
            "there is no backend 'd'; choose one of: a, installed; 'install c' installs it");
  }

  @Test
  void refusesTwoEnginesOfOneName() {
    assertThatThrownBy(() -> new BackendRegistry(List.of(named("a"), new Other("a"))))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("'a'")
        .hasMessageContaining(Named.class.getName())
        .hasMessageContaining(Other.class.getName());
  }

  @Test
  void refusesABlankName() {
    assertThatThrownBy(() -> new BackendRegistry(List.of(new Other(" "))))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(Other.class.getName());
  }

  @Test
  void saysWhyAnEngineCannotRun() {
    BackendRegistry registry =
        new BackendRegistry(
            List.of(new Named("a", new Availability.Unavailable("no native library"))));
    assertThatThrownBy(() -> registry.get("a"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no native library");
  }

  @Test
  void anEngineThatFailsToTellWhetherItRunsCannotRun() {
    BackendProvider broken =
        new Named("a", new Availability.Unavailable("")) {
          @Override
          public Availability availability() {
            throw new UnsatisfiedLinkError("no libgomp.so.1");
          }
        };
    assertThat(BackendRegistry.availability(broken))
        .isEqualTo(new Availability.Unavailable("java.lang.UnsatisfiedLinkError: no libgomp.so.1"));
    BackendRegistry registry = new BackendRegistry(List.of(broken));
    assertThatThrownBy(() -> registry.get("a"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no libgomp.so.1");
  }

  @Test
  void anEngineThatFailsToLoadDoesNotHideTheOthers() {
    Iterator<BackendProvider> names = List.<BackendProvider>of(named("a"), named("b")).iterator();
    Iterator<BackendProvider> failing =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < 3;
          }

          @Override
          public BackendProvider next() {
            if (next++ == 1) {
              throw new ServiceConfigurationError("Broken", new UnsatisfiedLinkError("libx.so"));
            }
            return names.next();
          }
        };
    BackendRegistry registry = new BackendRegistry(() -> failing);
    assertThat(registry.providers()).hasSize(2);
    assertThat(registry.broken()).singleElement().asString().contains("Broken", "libx.so");
    assertThatThrownBy(() -> registry.get("x")).hasMessageContaining("libx.so");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu", "cuda:0", "cuda:12"})
  void readsDevicesAsItWritesThem(String device) {
    assertThat(DeviceRequest.parse(device)).hasToString(device);
  }

  @Test
  void cudaAloneIsTheFirstDevice() {
    assertThat(DeviceRequest.parse("cuda")).hasToString("cuda:0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cuda:", "cuda:x", "cuda:1234", "CPU"})
  void refusesOtherDevices(String device) {
    assertThatThrownBy(() -> DeviceRequest.parse(device))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected auto, cpu, cuda or cuda:N");
  }
}
