package io.github.lyricist.studio.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The page, and the files that it is made of. */
public final class Page {
  private static final String FOLDER = "/io/github/lyricist/studio/page/";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private Page() {}

  /** What it answers. */
  public static List<Route> routes() {
    return List.of(
        new Route("GET", "/", call -> answer(call, "index.html")),
        new Route("GET", "/app/{name}", call -> answer(call, call.placeholder("name"))));
  }

  private static void answer(Call call, String name) throws IOException {
    String type =
        name.matches("[a-z-]+\\.[a-z]+") ? TYPES.get(name.replaceFirst(".*\\.", "")) : null;
    try (InputStream file = type == null ? null : Page.class.getResourceAsStream(FOLDER + name)) {
      if (type == null || file == null) {
        throw Refusal.notFound("file '" + name + "'");
      }
      call.answer(200, type, file.readAllBytes());
    }
  }
}
