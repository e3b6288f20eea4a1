package dev.reeve.service.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublicationWindowTest {
  private final PublicationWindow window = new PublicationWindow();

  @Test
  void who_found_it_full_hears_of_room_once_when_half_of_it_is_free() {
    for (int i = 1; i <= PublicationWindow.COMMITS_MAX; i++) {
      window.add(i, 1);
    }
    assertThat(window.isFull()).isTrue();

    int told = 0;
    for (int i = 1; i < PublicationWindow.COMMITS_MAX; i++) {
      told += window.acknowledged(i) ? 1 : 0;
    }

    assertThat(told).isEqualTo(1);
    assertThat(window.isFull()).isFalse();
  }

  @Test
  void a_commit_of_many_messages_fills_it_too() {
    window.add(1, PublicationWindow.MESSAGES_MAX);

    assertThat(window.isFull()).isTrue();
    assertThat(window.acknowledged(1)).isFalse();
    assertThat(window.isFull()).isFalse();
  }

  @Test
  void acknowledgements_out_of_order_move_the_cursor_no_further_than_the_first_gap() {
    window.add(5, 1);
    window.add(7, 2);
    window.add(9, 1);

    boolean last = window.acknowledged(9);
    boolean first = window.acknowledged(5);
    boolean half = window.acknowledged(7);

    assertThat(window.reached(12)).isEqualTo(6);
    assertThat(last || first || half).isFalse();
    assertThat(window.acknowledged(7)).isTrue();
    assertThat(window.reached(12)).isEqualTo(12);
  }
}
