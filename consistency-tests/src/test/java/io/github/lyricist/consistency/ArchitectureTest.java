package io.github.lyricist.consistency;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The rules of the architecture, held against the production classes of every module. */
class ArchitectureTest {
  private static final String OURS = "io.github.lyricist";

  private final JavaClasses core = module("core");
  private final JavaClasses workbench = module("workbench");
  private final JavaClasses studio = module("studio");
  private final JavaClasses cli = module("cli");
  private final JavaClasses testkit = module("testkit");
  private final Map<String, JavaClasses> backends = backends();
  private final JavaClasses all = all();

  private static JavaClasses module(String folder) {
    Path classes = Program.ROOT.resolve(folder).resolve("target/classes");
    return new ClassFileImporter()
        .importPaths(Files.exists(classes) ? List.of(classes) : List.of());
  }

  private static List<String> backendFolders() {
    List<String> folders = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Program.ROOT, "backend-*")) {
      found.forEach(folder -> folders.add(folder.getFileName().toString()));
    } catch (IOException e) {
      throw new AssertionError("the project's root is unreadable", e);
    }
    return folders;
  }

  private static Map<String, JavaClasses> backends() {
    Map<String, JavaClasses> backends = new TreeMap<>();
    backendFolders().forEach(folder -> backends.put(folder, module(folder)));
    return backends;
  }

  private static JavaClasses all() {
    List<Path> folders = new ArrayList<>();
    List<String> modules =
        new ArrayList<>(List.of("core", "workbench", "studio", "cli", "testkit"));
    modules.addAll(backendFolders());
    for (String module : modules) {
      folders.add(Program.ROOT.resolve(module).resolve("target/classes"));
    }
    folders.removeIf(Files::notExists);
    return new ClassFileImporter().importPaths(folders);
  }

  private static DescribedPredicate<JavaClass> in(String module, JavaClasses classes) {
    Set<String> names = new HashSet<>();
    classes.forEach(type -> names.add(type.getName()));
    return describe(
        "are in " + module, type -> names.contains(type.getBaseComponentType().getName()));
  }

  private DescribedPredicate<JavaClass> inABackend() {
    DescribedPredicate<JavaClass> any = describe("none", type -> false);
    for (Map.Entry<String, JavaClasses> backend : backends.entrySet()) {
      any = any.or(in(backend.getKey(), backend.getValue()));
    }
    return any.as("are in a backend");
  }

  private DescribedPredicate<JavaClass> inWorkbench() {
    return in("workbench", workbench);
  }

  private DescribedPredicate<JavaClass> inStudio() {
    return in("studio", studio);
  }

  /** What only the command line may know. */
  private DescribedPredicate<JavaClass> inStudioOrCli() {
    return inStudio().or(in("cli", cli)).as("are in studio or cli");
  }

  @Test
  void theModulesWereFound() {
    assertThat(core).isNotEmpty();
    assertThat(workbench).isNotEmpty();
    assertThat(studio).isNotEmpty();
    assertThat(cli).isNotEmpty();
    assertThat(backends)
        .containsKey("backend-scratch")
        .allSatisfy((name, b) -> assertThat(b).isNotEmpty());
  }

  @Test
  void coreKnowsNoEngineNoFileFormatAndNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat(
            inABackend().or(inWorkbench()).or(inStudioOrCli()).or(in("testkit", testkit)))
        .check(core);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.nd4j..",
            "ai.djl..",
            "jdk.incubator..",
            "com.fasterxml..",
            "tools.jackson..",
            "com.google.protobuf..")
        .check(core);
  }

  @Test
  void theWorkbenchSeesCoreAlone() {
    noClasses()
        .should()
        .dependOnClassesThat(inABackend().or(inStudioOrCli()).or(in("testkit", testkit)))
        .check(workbench);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "ai.djl..", "jdk.incubator..")
        .check(workbench);
  }

  @Test
  void thePackagesOfCoreAreFreeOfCycles() {
    slices().matching(OURS + ".(*)..").should().beFreeOfCycles().check(core);
  }

  @Test
  void thePackagesOfTheWorkbenchAreFreeOfCycles() {
    slices().matching(OURS + ".(*)..").should().beFreeOfCycles().check(workbench);
  }

  @Test
  void theStudioSeesCoreAndTheWorkbenchAlone() {
    noClasses()
        .should()
        .dependOnClassesThat(inABackend().or(in("cli", cli)).or(in("testkit", testkit)))
        .check(studio);
    slices().matching(OURS + ".studio.(*)..").should().beFreeOfCycles().check(studio);
  }

  @Test
  void noPackageIsInTwoModules() {
    Map<String, Set<String>> modules = new TreeMap<>();
    all.forEach(
        type -> {
          String location = type.getSource().orElseThrow().getUri().toString();
          modules
              .computeIfAbsent(type.getPackageName(), name -> new HashSet<>())
              .add(location.replaceAll("/target/classes/.*", ""));
        });
    assertThat(modules).allSatisfy((name, places) -> assertThat(places).as(name).hasSize(1));
  }

  @Test
  void thePackagesOfABackendAreFreeOfCycles() {
    for (JavaClasses backend : backends.values()) {
      slices()
          .matching(OURS + ".*.(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(backend);
    }
  }

  @Test
  void theCommandLineKnowsCoreTheWorkbenchAndTheStudioAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            in("core", core)
                .or(inWorkbench())
                .or(inStudioOrCli())
                .or(
                    describe(
                        "are not ours",
                        type -> !type.getBaseComponentType().getName().startsWith(OURS))))
        .check(cli);
  }

  @Test
  void noBackendSeesMoreThanCore() {
    for (Map.Entry<String, JavaClasses> backend : backends.entrySet()) {
      DescribedPredicate<JavaClass> itself = in(backend.getKey(), backend.getValue());
      noClasses()
          .should()
          .dependOnClassesThat(
              inABackend()
                  .and(not(itself))
                  .or(inWorkbench())
                  .or(inStudioOrCli())
                  .or(in("testkit", testkit)))
          .as(backend.getKey() + " should see core alone")
          .check(backend.getValue());
    }
  }

  @Test
  void testkitSeesCoreAlone() {
    noClasses()
        .should()
        .dependOnClassesThat(inABackend().or(inWorkbench()).or(inStudioOrCli()))
        .allowEmptyShould(true)
        .check(testkit);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Helper|Helpers|Impl)").check(all);
  }

  /**
   * Text is tokens; only the tokenizers, the readers and judges of text and what draws it see its
   * units.
   */
  @Test
  void onlyTokenizersAndReadersAndWritersOfTextKnowCodePoints() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            OURS + ".tokens",
            OURS + ".corpus",
            OURS + ".inspection",
            OURS + ".verse",
            OURS + ".originality",
            OURS + ".report",
            OURS + ".config.yaml")
        .should()
        .callMethodWhere(
            describe(
                "a code point is taken or made",
                call ->
                    call.getTarget().getName().matches("codePoint.*|appendCodePoint|toChars")
                        || call.getTarget()
                            .getFullName()
                            .equals("java.lang.Character.toString(int)")))
        .check(all);
  }

  @Test
  void nothingIsSerialized() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
        .check(all);
    noClasses()
        .that(not(assignableTo(Throwable.class)).and(not(describe("enums", JavaClass::isEnum))))
        .should()
        .implement(Serializable.class)
        .check(all);
  }

  @Test
  void randomNumbersComeFromCommonsRng() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Random.class, SplittableRandom.class, ThreadLocalRandom.class, RandomGenerator.class)
        .check(all);
    noClasses().should().callMethod(Math.class, "random").check(all);
  }

  @Test
  void onlyTheCommandLineTouchesTheStandardStreams() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(all.that(not(in("cli", cli))));
  }
}
