package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.DocumentId;
import dev.collab.examples.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The demo page in real browsers, one for each person. */
class BrowserTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Page> pages = new ArrayList<>();

  @TempDir private Path profiles;

  private DemoServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = DemoServer.start("127.0.0.1", 0);
  }

  @AfterEach
  void closeBrowsers() {
    pages.forEach(page -> page.browser.quit());
    server.close();
  }

  @Test
  void twoPages_typeAtOnePlaceAndOneGoesOffline_showTheSameTextAgain() throws IOException {
    Page left = open("meeting");
    Page right = open("meeting");
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
    screenshot("offline");

    left.switchConnection();
    waitForSameText(left, right, 26 + " written offline 😀".length() + " written online".length());
    assertThat(left.text()).contains(" written offline 😀").contains(" written online");
    left.waitForState("saved");
    right.waitForState("saved");
    assertThat(left.revision()).isEqualTo(right.revision());
    assertThat(onServer("meeting")).isEqualTo(left.text());
    screenshot("merged");
  }

  @Test
  void onePage_undoes_onlyItsOwnTyping() {
    Page left = open("undo");
    Page right = open("undo");
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
    Page page = open("restart");
    page.type("before");
    page.waitForState("saved");
    int port = server.address().getPort();
    server.close();
    page.waitForState("reconnecting");
    page.goToEnd();
    page.type(" and after");
    server = DemoServer.start("127.0.0.1", port); // its memory, and with it the log, is new
    page.waitForState("deleted");
    screenshot("lost");
    page.click("#notices button");
    page.waitForState("saved");
    assertThat(page.text()).contains("before");
    assertThat(onServer("restart")).isEqualTo(page.text());
  }

  private Page open(String document) {
    Page page = new Page(profiles.resolve("" + pages.size()));
    pages.add(page);
    page.browser.get(server.address() + "?doc=" + document);
    page.waitForState("saved");
    return page;
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

  private static void waitForSameText(Page one, Page other, int length) {
    new WebDriverWait(one.browser, PATIENCE)
        .until(driver -> one.text().equals(other.text()) && one.text().length() == length);
  }

  private String onServer(String document) {
    return server
        .collab()
        .snapshot(new DocumentId("documents", document))
        .toCompletableFuture()
        .join()
        .content()
        .orElseThrow()
        .state()
        .toString();
  }

  private void screenshot(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    for (Page page : pages) {
      Files.write(
          folder.resolve(name + "-" + pages.indexOf(page) + ".png"),
          page.browser.getScreenshotAs(OutputType.BYTES));
    }
  }

  /** One browser window that shows a document. */
  private static final class Page {

    private final ChromeDriver browser;

    Page(Path profile) {
      String install = "install Chromium and its driver (Debian: chromium, chromium-driver)";
      ChromeOptions options = new ChromeOptions();
      options.setBinary(Tools.require("chromium", install).toFile());
      options.addArguments(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--window-size=1000,700",
          "--user-data-dir=" + profile);
      browser =
          new ChromeDriver(
              new ChromeDriverService.Builder()
                  .usingDriverExecutable(Tools.require("chromedriver", install).toFile())
                  .usingAnyFreePort()
                  .build(),
              options);
    }

    /** Types at the cursor, as a person does. */
    void type(String text) {
      browser.findElement(By.cssSelector(".cm-content")).sendKeys(text);
    }

    /** Types one character after the other at the end of the text. */
    void typeSlowly(String text) {
      goToEnd();
      text.chars().forEach(unit -> type(String.valueOf((char) unit)));
    }

    void goToEnd() {
      type(Keys.chord(Keys.CONTROL, Keys.END));
    }

    void undo() {
      type(Keys.chord(Keys.CONTROL, "z"));
    }

    void click(String selector) {
      browser.findElement(By.cssSelector(selector)).click();
    }

    void switchConnection() {
      click("label.switch");
    }

    String text() {
      return (String) browser.executeScript("return window.collab.view.state.doc.toString()");
    }

    String revision() {
      return (String) browser.executeScript("return document.body.dataset.revision");
    }

    void waitForText(String text) {
      new WebDriverWait(browser, PATIENCE).until(driver -> text().equals(text));
    }

    void waitForState(String state) {
      new WebDriverWait(browser, PATIENCE)
          .until(
              driver -> state.equals(browser.executeScript("return document.body.dataset.state")));
    }
  }
}
