package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The chat of the demo page in real browsers, one for each person. */
class BrowserChatTest {

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
  void messages_whateverHappensToConnections_arriveOnceAndInOneOrder() throws IOException {
    BrowserPage ada = browsers.open("chat");
    BrowserPage bob = browsers.open("chat");
    ada.introduce("Ada");
    bob.introduce("Bob");
    ada.say("one");
    waitForChat(bob, "one");
    bob.say("two");
    waitForChat(ada, "one", "two");

    // the connection goes while the message is under way, whose fate is then unknown
    ada.ask("collab.room.post('three'); collab.client.disconnect(); collab.client.connect()");
    waitForChat(bob, "one", "two", "three");
    waitForChat(ada, "one", "two", "three");

    ada.switchConnection();
    ada.waitForState("offline");
    ada.say("five");
    ada.say("six");
    waitForChat(ada, "one", "two", "three", "five…", "six…");
    bob.say("four");
    waitForChat(bob, "one", "two", "three", "four");
    browsers.screenshot("chat-offline");
    ada.switchConnection();
    waitForChat(ada, "one", "two", "three", "four", "five", "six");
    waitForChat(bob, "one", "two", "three", "four", "five", "six");
    browsers.screenshot("chat");
  }

  @Test
  void whoWrites_isShownUntilTheMessageIsThere() throws IOException {
    BrowserPage ada = browsers.open("typing");
    BrowserPage bob = browsers.open("typing");
    ada.introduce("Ada");
    bob.introduce("Bob");
    bob.into("#message").sendKeys("I am");
    ada.waitUntil("return document.querySelector('#typing').textContent === 'Bob is writing…'");
    assertThat(bob.texts("#typing", "node.textContent")).containsExactly("");
    browsers.screenshot("typing");
    bob.into("#message").sendKeys(" here", Keys.ENTER);
    waitForChat(ada, "I am here");
    ada.waitUntil("return document.querySelector('#typing').textContent === ''");
  }

  @Test
  void author_editsAndDeletesByKeyboard() {
    BrowserPage ada = browsers.open("edit");
    BrowserPage bob = browsers.open("edit");
    ada.say("helo");
    waitForChat(bob, "helo");
    assertThat(bob.texts("#messages .tools", "node.textContent")).isEmpty();

    ada.into("#message").sendKeys(Keys.ARROW_UP);
    ada.waitUntil("return document.activeElement.matches('.editing textarea')");
    ada.press(Keys.BACK_SPACE, "lo", Keys.ENTER);
    waitForChat(bob, "hello");
    assertThat(bob.texts("#messages .edited", "node.textContent")).containsExactly("edited");
    ada.waitUntil("return document.activeElement.id === 'message'");

    ada.ask("document.querySelector('.tools .delete').focus()");
    ada.press(Keys.ENTER);
    ada.press(Keys.ENTER);
    waitForChat(bob, "This message was deleted.");
  }

  @Test
  void messageOfOthers_countsAsUnreadWhereItIsNotSeen() {
    BrowserPage ada = browsers.open("unread");
    BrowserPage bob = browsers.open("unread");
    ada.resize(400, 700);
    ada.waitUntil(
        "return getComputedStyle(document.querySelector('#panel')).visibility === 'hidden'");
    bob.say("hello");
    ada.waitUntil("return document.title.startsWith('(1) ')");
    ada.waitUntil("return document.querySelector('#show-panel .badge').textContent === '1'");
    ada.click("#show-panel");
    ada.waitUntil("return !document.title.startsWith('(')");
  }

  private static void waitForChat(BrowserPage page, String... messages) {
    page.waitUntil(
        """
        const shown = [...document.querySelectorAll('#messages .message')].map((node) =>
          node.querySelector('.text').textContent
            + (node.classList.contains('pending') ? '…' : ''));
        return JSON.stringify(shown) === JSON.stringify(arguments[0]);
        """,
        List.of(messages));
  }
}
