package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** How people see each other on the demo page, in real browsers, one for each person. */
class BrowserPeopleTest {

  /** Whether what a selector finds first stands where a position of the text is. */
  private static final String STANDS_AT =
      """
      const [selector, position] = arguments;
      const node = document.querySelector(selector);
      if (node === null) return false;
      const shown = node.getBoundingClientRect();
      const place = collab.view.coordsAtPos(position);
      return Math.abs(shown.left + shown.width / 2 - place.left) < 2
        && shown.top < place.bottom && shown.bottom > place.top;
      """;

  /** Whether the marked range is where a range of one line is. */
  private static final String COVERS =
      """
      const [from, to] = arguments;
      const marks = [...document.querySelectorAll('.cm-remote-selection')];
      if (marks.length !== 1) return false;
      const shown = marks[0].getBoundingClientRect();
      const start = collab.view.coordsAtPos(from);
      const end = collab.view.coordsAtPos(to);
      return Math.abs(shown.left - start.left) < 2 && Math.abs(shown.right - end.left) < 2
        && shown.top < start.bottom && shown.bottom > start.top;
      """;

  private static final String ACTIVITY =
      """
      const row = [...document.querySelectorAll('#people-list li')].find((each) =>
        each.querySelector('.name').textContent === arguments[0]);
      return row !== undefined && row.dataset.status === arguments[1]
        && row.querySelector('.activity').textContent.startsWith(arguments[2]);
      """;

  private static final String NUMBER =
      """
      const shown = document.querySelector(`[data-number=${arguments[0]}] dd`);
      return shown !== null && Number.parseFloat(shown.textContent) >= arguments[1];
      """;

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
  void cursorAndSelection_ofTheOther_standWhereTheyAreAndMoveAlong() throws IOException {
    BrowserPage ada = browsers.open("cursors");
    BrowserPage bob = browsers.open("cursors");
    ada.introduce("Ada");
    bob.introduce("Bob 😀");
    ada.type("first line\nsecond line");
    bob.waitForText("first line\nsecond line");

    bob.type(Keys.chord(Keys.CONTROL, Keys.HOME));
    bob.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    ada.waitUntil(STANDS_AT, ".cm-remote-cursor", 2);
    assertThat(ada.texts(".cm-remote-cursor.named .cm-remote-name", "node.textContent"))
        .containsExactly("Bob 😀");

    bob.press(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT));
    ada.waitUntil(COVERS, 2, 5);
    ada.waitUntil(STANDS_AT, ".cm-remote-cursor", 5);

    ada.type(Keys.chord(Keys.CONTROL, Keys.HOME));
    ada.press("> ");
    ada.waitUntil(COVERS, 4, 7);
    bob.waitUntil(STANDS_AT, ".cm-remote-cursor", 2);
    browsers.screenshot("cursors");

    bob.press("x");
    ada.waitForText("> fi line\nsecond line".replace("fi", "fix"));
    ada.waitUntil("return document.querySelector('.cm-remote-selection') === null");
    ada.waitUntil(STANDS_AT, ".cm-remote-cursor", 5);
  }

  @Test
  void people_areListedWithWhatTheyDo() throws IOException {
    BrowserPage ada = browsers.open("people");
    ada.introduce("Ada");
    ada.waitUntil("return !document.querySelector('#people-hint').hidden");
    BrowserPage bob = browsers.open("people");
    bob.introduce("Bob");
    ada.waitUntil("return document.querySelector('#people-hint').hidden");
    assertThat(ada.texts("#people-list .name", "node.textContent")).containsExactly("Ada", "Bob");
    assertThat(bob.texts("#people-list .name", "node.textContent")).containsExactly("Bob", "Ada");

    bob.type("busy");
    ada.waitUntil(ACTIVITY, "Bob", "active", "editing");
    ada.waitUntil(ACTIVITY, "Bob", "idle", "idle");
    browsers.screenshot("idle");
    bob.type("again");
    ada.waitUntil(ACTIVITY, "Bob", "active", "editing");

    bob.switchConnection();
    ada.waitUntil(ACTIVITY, "Bob", "gone", "left just now");
    bob.waitUntil(ACTIVITY, "Bob", "gone", "you, offline");
    browsers.screenshot("left");
    bob.switchConnection();
    ada.waitUntil(ACTIVITY, "Bob", "active", "");
    assertThat(ada.texts("#people-list .name", "node.textContent")).containsExactly("Ada", "Bob");
  }

  @Test
  void clickOnAPerson_showsWhereTheyAre() {
    BrowserPage ada = browsers.open("visit");
    BrowserPage bob = browsers.open("visit");
    bob.introduce("Bob");
    bob.type("line\n".repeat(100));
    ada.waitForText("line\n".repeat(100));
    ada.waitUntil("return document.querySelector('.cm-scroller').scrollTop === 0");
    ada.waitUntil("return collab.text.presence.others[0]?.value.selections[0]?.head === 500");
    ada.waitUntil("return document.querySelector('#people-list button') !== null");
    ada.ask("document.querySelector('#people-list button').same = true");
    ada.clickUntil(
        "#people-list button", "return document.querySelector('.cm-scroller').scrollTop > 500");
    ada.waitUntil(STANDS_AT, ".cm-remote-cursor", 500);
    ada.waitUntil(ACTIVITY, "Bob", "idle", "idle");
    assertThat(ada.ask("return document.querySelector('#people-list button').same"))
        .as("a row that can be clicked while it changes")
        .isEqualTo(true);
  }

  @Test
  void numbersOfTheServer_followWhatHappens() {
    BrowserPage ada = browsers.open("numbers");
    ada.waitUntil(NUMBER, "connections", 1);
    BrowserPage bob = browsers.open("numbers");
    ada.waitUntil(NUMBER, "connections", 2);
    ada.waitUntil(NUMBER, "documents", 1);
    String line = (String) ada.ask("return document.querySelector('polyline').outerHTML");
    bob.typeSlowly("some edits, one after the other");
    ada.waitUntil(NUMBER, "rate", 1);
    ada.waitUntil(NUMBER, "latency", 0);
    ada.waitUntil("return document.querySelector('polyline').outerHTML !== arguments[0]", line);
  }

  @Test
  void page_isOperatedByKeyboard() {
    BrowserPage page = browsers.open("keyboard");
    page.into("body").sendKeys(Keys.TAB);
    assertThat(page.ask("return document.activeElement.className")).isEqualTo("skip");

    page.ask("document.querySelector('#online').focus()");
    assertThat(page.into("#online").getAriaRole()).isEqualTo("switch");
    page.press(Keys.SPACE);
    page.waitForState("offline");
    page.press(Keys.SPACE);
    page.waitForState("saved");

    page.ask("document.querySelector('#me').focus()");
    page.press(Keys.ENTER);
    page.waitUntil("return document.activeElement.id === 'own-name'");
    page.press(Keys.ESCAPE);
    page.waitUntil("return document.activeElement.id === 'me'");

    page.resize(400, 700);
    page.waitUntil(
        "return getComputedStyle(document.querySelector('#panel')).translate === '100%'");
    page.ask("document.querySelector('#show-panel').focus()");
    page.press(Keys.ENTER);
    page.waitUntil("return getComputedStyle(document.querySelector('#panel')).translate === '0px'");
    assertThat(page.into("#show-panel").getDomAttribute("aria-expanded")).isEqualTo("true");
    page.waitUntil("return document.activeElement.id === 'panel'");
    page.press(Keys.TAB);
    page.waitUntil("return document.activeElement.closest('#panel') !== null");
    page.press(Keys.ESCAPE);
    page.waitUntil("return document.activeElement.id === 'show-panel'");
    assertThat(page.into("#show-panel").getDomAttribute("aria-expanded")).isEqualTo("false");
  }

  @Test
  void page_atAnyWidth_isNotWiderThanTheWindow() throws IOException {
    BrowserPage page = browsers.open("A rather long name of a document, ".repeat(3));
    page.introduce("Wolfeschlegelsteinhausenbergerdorff".repeat(2).substring(0, 64));
    page.type("averylongword".repeat(30));
    page.say("anotherverylongword".repeat(20));
    for (int width : new int[] {320, 390, 600, 720, 900, 1000, 1600}) {
      page.resize(width, 700);
      page.waitUntil("return innerWidth === arguments[0]", width);
      assertThat(page.ask("return document.documentElement.scrollWidth"))
          .as("at %d", width)
          .isEqualTo((long) width);
      browsers.screenshot("width-" + width);
    }
  }
}
