package dev.collab.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One browser, with one window that shows a document to one person. */
final class BrowserPage {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Tells what a script returns when the page has been drawn again. */
  private static final String SOON =
      """
      const tell = arguments[arguments.length - 1];
      requestAnimationFrame(() => requestAnimationFrame(() => tell((() => { %s })())));
      """;

  private final ChromeDriver browser;

  BrowserPage(Path profile) {
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
        "--window-size=1000,800",
        "--user-data-dir=" + profile);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(Tools.require("chromedriver", install).toFile())
                .usingAnyFreePort()
                .build(),
            options);
  }

  void go(String address) {
    browser.get(address);
  }

  void quit() {
    browser.quit();
  }

  /** Makes the window so wide, in CSS pixels. */
  void resize(int width, int height) {
    Map<String, Object> screen =
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false);
    browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", screen);
  }

  /** Types at the cursor, as a person does. */
  void type(String text) {
    into(".cm-content").sendKeys(text);
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
    into(selector).click();
  }

  /** Clicks, and again after a while as a person does, until a script returns true. */
  void clickUntil(String selector, String script) {
    new WebDriverWait(browser, PATIENCE, Duration.ofSeconds(2))
        .withMessage(() -> script + " in a page that shows " + shown())
        .until(
            driver -> {
              click(selector);
              return Boolean.TRUE.equals(browser.executeAsyncScript(SOON.formatted(script)));
            });
  }

  /** Presses keys wherever the focus is. */
  void press(CharSequence... keys) {
    browser.switchTo().activeElement().sendKeys(keys);
  }

  WebElement into(String selector) {
    return browser.findElement(By.cssSelector(selector));
  }

  void switchConnection() {
    click("label.switch");
  }

  /** Takes a name, as a person does. */
  void introduce(String name) {
    click("#me");
    WebElement input = into("#own-name");
    input.clear();
    input.sendKeys(name, Keys.ENTER);
    waitUntil("return document.querySelector('#my-name').textContent === arguments[0]", name);
    waitForState("saved");
  }

  /** Says something in the chat. */
  void say(String message) {
    into("#message").sendKeys(message, Keys.ENTER);
  }

  /** Returns what a script makes of each {@code node} that a selector finds. */
  @SuppressWarnings("unchecked") // the script returns strings
  List<String> texts(String selector, String expression) {
    String script =
        "return [...document.querySelectorAll(arguments[0])].map((node) => " + expression + ")";
    return (List<String>) browser.executeScript(script, selector);
  }

  String text() {
    return (String) ask("return collab.view.state.doc.toString()");
  }

  String revision() {
    return (String) ask("return document.body.dataset.revision");
  }

  /** Runs a script in the page and returns its value. */
  Object ask(String script, Object... arguments) {
    return browser.executeScript(script, arguments);
  }

  void waitForText(String text) {
    waitUntil("return collab.view.state.doc.toString() === arguments[0]", text);
  }

  void waitForState(String state) {
    waitUntil("return document.body.dataset.state === arguments[0]", state);
  }

  /** Waits until a script returns true. */
  void waitUntil(String script, Object... arguments) {
    new WebDriverWait(browser, PATIENCE)
        .withMessage(() -> script + " " + List.of(arguments) + " in a page that shows " + shown())
        .until(driver -> Boolean.TRUE.equals(browser.executeScript(script, arguments)));
  }

  /** What somebody wants to know first when a page does not become as it should. */
  private Object shown() {
    return ask(
        """
        const { text, view } = collab;
        return JSON.stringify({
          state: document.body.dataset.state, phase: text.phase, revision: text.revision,
          unsaved: text.unsavedEdits, editor: view.state.doc.toString(), text: text.text,
          others: text.presence.others,
        });
        """);
  }

  byte[] screenshot() {
    return browser.getScreenshotAs(OutputType.BYTES);
  }
}
