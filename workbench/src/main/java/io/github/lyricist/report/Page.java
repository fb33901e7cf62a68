package io.github.lyricist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.Build;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * What all our pages have in common: style, script, footer; each is one file and fetches nothing.
 */
final class Page {
  private final Markup html = new Markup();
  private final String script = resource("report.js");

  /**
   * The whole page.
   *
   * @param content writes what stands in it
   */
  static String of(String title, Consumer<Page> content) {
    Page page = new Page();
    page.begin(title);
    content.accept(page);
    return page.end();
  }

  Markup html() {
    return html;
  }

  /** A part under a heading. */
  void section(String heading, Runnable content) {
    html.open("section").element("h2", heading).line();
    content.run();
    html.close().line();
  }

  /** A line of text that stands back. */
  void remark(String text) {
    html.element("p", text, "class", "faint").line();
  }

  private void begin(String title) {
    html.open("html", "lang", "en").line();
    html.open("head").line();
    html.empty("meta", "charset", "utf-8").line();
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    // Should anything of a run ever get past the escaping, it can neither run nor fetch: no script
    // but our own.
    html.empty(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'"
                .formatted(Base64.getEncoder().encodeToString(sha256(script))))
        .line();
    html.element("title", title + " – Lyricist").line();
    html.style(
        Ink.definitions()
            + "body,svg{font-family:"
            + SvgCanvas.FONTS
            + "}\n"
            + resource("report.css"));
    html.line().close().line();
    html.open("body").open("main").line();
  }

  private String end() {
    html.element("footer", "Lyricist " + Build.current().version());
    html.close().line().script(script);
    html.close().close().line();
    return "<!DOCTYPE html>\n" + html;
  }

  private static byte[] sha256(String text) {
    return Sha256.digest().digest(text.getBytes(UTF_8));
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in != null) {
        return new String(in.readAllBytes(), UTF_8);
      }
    } catch (IOException e) {
      throw new RunFailedException("the program's own " + name + " is unreadable", e);
    }
    throw new RunFailedException("the program's own " + name + " is missing");
  }
}
