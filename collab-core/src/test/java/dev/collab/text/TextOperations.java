package dev.collab.text;

import dev.collab.value.JsonReader;
import java.util.random.RandomGenerator;

/** Operations for tests. */
final class TextOperations {

  private TextOperations() {}

  /** Reads an operation's JSON form, with apostrophes for quotation marks. */
  static TextOperation op(String json) {
    return TextType.TEXT.decodeOperation(JsonReader.read(json.replace('\'', '"')));
  }

  /** Returns an operation that fits a text of that length. */
  static TextOperation random(RandomGenerator random, int length, int maxEdits) {
    TextOperation.Builder builder = TextOperation.builder();
    int left = length;
    for (int edits = random.nextInt(maxEdits + 1); edits > 0; edits--) {
      int retained = random.nextInt(left / 2 + 1);
      builder.retain(retained);
      left -= retained;
      if (random.nextBoolean()) {
        builder.insert("abcd".substring(random.nextInt(4)));
      } else {
        int deleted = random.nextInt(Math.min(left, 4) + 1);
        builder.delete(deleted);
        left -= deleted;
      }
    }
    return builder.build();
  }

  /** Returns a single edit that fits a text of that length. */
  static TextOperation randomSingle(RandomGenerator random, int length) {
    int position = random.nextInt(length + 1);
    int deleted = random.nextInt(Math.min(length - position, 3) + 1);
    return TextOperation.replace(position, deleted, "xyz".substring(random.nextInt(4)));
  }
}
