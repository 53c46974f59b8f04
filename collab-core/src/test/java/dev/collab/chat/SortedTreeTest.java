package dev.collab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SortedTreeTest {

  private static SortedTree<Integer, String> counted(int size) {
    SortedTree<Integer, String> tree = SortedTree.empty();
    for (int i = 0; i < size; i++) {
      tree = tree.put(i, "v" + i);
    }
    return tree;
  }

  @Test
  void empty_hasNothing() {
    SortedTree<Integer, String> empty = SortedTree.empty();

    assertThat(empty.size()).isZero();
    assertThat(empty.get(1)).isEmpty();
    assertThat(empty.values()).isEmpty();
    assertThat(empty.values(0, 0)).isEmpty();
    assertThat(empty.countBelow(5)).isZero();
    assertThat(empty.remove(1)).isSameAs(empty);
  }

  @Test
  void values_outsideTheRange_areRefused() {
    List<String> values = counted(3).values();

    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> values.get(3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> values.get(-1));
  }

  @Test
  void put_onTenThousand_copiesOnlyThePathToTheRoot() {
    SortedTree<Integer, String> before = counted(10_000);

    for (int key : new int[] {-1, 0, 4_999, 5_000, 9_999, 10_000}) {
      assertThat(before.put(key, "new").nodesNotIn(before)).isLessThan(40);
      assertThat(before.remove(key).nodesNotIn(before)).isLessThan(40);
    }
    assertThat(before).isEqualTo(counted(10_000));
  }

  @Test
  void putting_inAnyOrder_staysInBalance() {
    for (int size : new int[] {1, 2, 3, 4, 7, 8, 100, 5_000}) {
      SortedTree<Integer, String> up = counted(size);
      SortedTree<Integer, String> down = SortedTree.empty();
      for (int i = size - 1; i >= 0; i--) {
        down = down.put(i, "v" + i);
      }
      up.checkInvariants();
      down.checkInvariants();
      assertThat(up).isEqualTo(down).hasSameHashCodeAs(down);
    }
  }

  @Test
  void removing_allFromOneEnd_staysInBalance() {
    SortedTree<Integer, String> tree = counted(2_000);
    for (int i = 0; i < 2_000; i++) {
      tree = tree.remove(i);
      tree.checkInvariants();
      assertThat(tree.size()).isEqualTo(1_999 - i);
    }
  }

  @Property(tries = 200)
  void changes_any_areThoseOfATreeMap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int keys, @ForAll @Size(4) int[] at) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<Integer, String> expected = new TreeMap<>();
    SortedTree<Integer, String> tree = SortedTree.empty();
    for (int step = 0; step < 200; step++) {
      int key = random.nextInt(keys);
      if (random.nextInt(5) < 3) {
        tree = tree.put(key, "v" + step);
        expected.put(key, "v" + step);
      } else {
        tree = tree.remove(key);
        expected.remove(key);
      }
      tree.checkInvariants();
      assertThat(tree.get(key)).isEqualTo(Optional.ofNullable(expected.get(key)));
      assertThat(tree.countBelow(key)).isEqualTo(expected.headMap(key).size());
    }
    List<String> values = new ArrayList<>(expected.values());
    assertThat(tree.values()).isEqualTo(values);
    for (int from : at) {
      int begin = Math.floorMod(from, values.size() + 1);
      int end = begin + (values.size() - begin) / 2;
      assertThat(tree.values(begin, end)).isEqualTo(values.subList(begin, end));
    }
  }
}
