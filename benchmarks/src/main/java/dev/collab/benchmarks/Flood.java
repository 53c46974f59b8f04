package dev.collab.benchmarks;

import java.util.List;
import java.util.Locale;

/** What a connection may send far too much of. */
enum Flood {
  OPERATIONS("{'a':'op','c':'texts','d':'flood','v':null,'seq':%d,'op':['f']}"),
  PRESENCE(
      "{'a':'p','ch':'texts.flood','id':'1','p':{'selections':[]},'pv':%d,'c':'texts',"
          + "'d':'flood','v':0,'t':'http://sharejs.org/types/textv1'}"),
  CHAT("{'a':'cp','r':'flood','seq':%d,'e':{'post':{'text':'f'}}}"),
  GARBAGE("nonsense"),
  SUBSCRIPTIONS("{'a':'s','c':'texts','d':'s%d','v':null}"),
  MIXED("");

  private static final List<Flood> MIXTURE =
      List.of(OPERATIONS, PRESENCE, CHAT, GARBAGE, SUBSCRIPTIONS);

  private final String frame;

  Flood(String frame) {
    this.frame = frame.replace('\'', '"');
  }

  /** Returns the frame with a number, from 1, of a connection. */
  String frame(long number) {
    Flood kind = this == MIXED ? MIXTURE.get((int) (number % MIXTURE.size())) : this;
    return kind.frame.formatted(number);
  }

  /** Returns what the table calls it. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
