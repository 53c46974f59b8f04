package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The text of the demo page in real browsers, one for each person. */
class BrowserTest {

  @TempDir private Path profiles;

  private Browsers browsers;

  @BeforeEach
  void startServer() throws IOException {
    browsers = new Browsers(profiles);
  }

  @AfterEach
  void closeBrowsers() {
    browsers.close();
  }

  @Test
  void twoPages_typeAtOnePlaceAndOneGoesOffline_showTheSameTextAgain() throws IOException {
    BrowserPage left = browsers.open("meeting");
    BrowserPage right = browsers.open("meeting");
    left.type("Hello ");
    right.waitForText("Hello ");

    together(() -> left.typeSlowly("aaaaaaaaaa"), () -> right.typeSlowly("bbbbbbbbbb"));
    waitForSameText(left, right, "Hello ".length() + 20);
    assertThat(left.text()).startsWith("Hello ").containsPattern("(a.*){10}");
    assertThat(left.text().chars().filter(unit -> unit == 'b').count()).isEqualTo(10);

    left.switchConnection();
    left.waitForState("offline");
    left.goToEnd();
    right.goToEnd();
    together(() -> left.type(" written offline 😀"), () -> right.type(" written online"));
    assertThat(right.text()).doesNotContain("offline");
    assertThat(left.text()).doesNotContain("online");
    browsers.screenshot("offline");

    left.switchConnection();
    waitForSameText(left, right, 26 + " written offline 😀".length() + " written online".length());
    assertThat(left.text()).contains(" written offline 😀").contains(" written online");
    left.waitForState("saved");
    right.waitForState("saved");
    assertThat(left.revision()).isEqualTo(right.revision());
    assertThat(browsers.onServer("meeting")).isEqualTo(left.text());
    browsers.screenshot("merged");
  }

  @Test
  void typing_whileThePageScrolls_staysInOrder() {
    BrowserPage page = browsers.open("scrolling");
    page.type("on");
    page.ask(
        """
        for (const letter of 'line') {
          document.execCommand('insertText', false, letter);
          collab.view.scrollDOM.dispatchEvent(new Event('scroll'));
        }
        """);
    page.waitForText("online");
  }

  @Test
  void onePage_undoes_onlyItsOwnTyping() {
    BrowserPage left = browsers.open("undo");
    BrowserPage right = browsers.open("undo");
    left.type("mine");
    right.waitForText("mine");
    right.goToEnd();
    right.type(" yours");
    left.waitForText("mine yours");
    left.undo();
    left.waitForText(" yours");
    right.waitForText(" yours");
  }

  @Test
  void page_whoseServerLostTheDocument_keepsTheTextAndCreatesItAgain() throws IOException {
    BrowserPage page = browsers.open("restart");
    page.type("before");
    page.waitForState("saved");
    browsers.stopServer();
    page.waitForState("reconnecting");
    page.goToEnd();
    page.type(" and after");
    browsers.startServer();
    page.waitForState("deleted");
    browsers.screenshot("lost");
    page.click("#notices button");
    page.waitForState("saved");
    assertThat(page.text()).contains("before");
    assertThat(browsers.onServer("restart")).isEqualTo(page.text());
  }

  @Test
  void connection_ofABrowser_isCompressed() {
    BrowserPage page = browsers.open("compressed");
    page.ask(
        "const socket = new WebSocket(`ws://${location.host}/collab`);"
            + "socket.onopen = () => (window.extensions = socket.extensions)");
    page.waitUntil("return window.extensions?.startsWith('permessage-deflate') === true");
  }

  @Test
  void shortExample_ofTheDocumentation_isAnEditor() throws IOException {
    BrowserPage page = browsers.open("today");
    String document = Files.readString(Path.of("..", "docs", "browser.md"));
    String start = "```html\n";
    int from = document.indexOf(start) + start.length();
    String example =
        document
            .substring(from, document.indexOf("```", from))
            .replace("'wss://example.org/collab'", "`ws://${location.host}/collab`")
            .replace("'notes'", "'documents'");
    page.type("Hello");
    page.waitForState("saved");
    BrowserPage other = browsers.open("elsewhere");
    other.ask("document.open(); document.write(arguments[0]); document.close()", example);
    other.waitUntil("return document.querySelector('#editor').value === 'Hello'");
    other.into("#editor").sendKeys(Keys.chord(Keys.CONTROL, Keys.END), ", world");
    page.waitForText("Hello, world");
    other.waitUntil("return document.querySelector('#state').textContent === 'Saved'");
    page.goToEnd();
    page.type("!");
    other.waitUntil("return document.querySelector('#editor').value === 'Hello, world!'");
  }

  private static void together(Runnable one, Runnable other) {
    ExecutorService people = Executors.newFixedThreadPool(2);
    try {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(one, people), CompletableFuture.runAsync(other, people))
          .join();
    } finally {
      people.shutdown();
    }
  }

  private static void waitForSameText(BrowserPage one, BrowserPage other, int length) {
    one.waitUntil("return collab.view.state.doc.length === arguments[0]", length);
    other.waitForText(one.text());
  }
}
