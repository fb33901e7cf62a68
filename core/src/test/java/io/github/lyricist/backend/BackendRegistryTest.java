package io.github.lyricist.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
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

  @Test
  void tellsHowAnEngineThatIsMissingIsInstalled() {
    BackendRegistry registry =
        new BackendRegistry(List.of(named("a")), Map.of("c", "run --backend c installs it"));
    assertThatThrownBy(() -> registry.get("c"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the backend 'c' is not installed; run --backend c installs it");
    assertThatThrownBy(() -> registry.get("d"))
        .hasMessage("there is no backend 'd'; choose one of: a; run --backend c installs it");
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
