//! The project's own memorandum, every fix of which is right: one key each is enough.

use super::driver::{Screen, setup};
use super::looks::sample;

/// Presses `key` until nothing is open, and returns how many records that made: one each time.
fn played(screen: &mut Screen, key: &str) -> usize {
    let open = |screen: &Screen| screen.model.review().counts().open;
    let mut keys = 0;
    while open(screen) > 0 {
        let (records, before) = (screen.log.len(), open(screen));
        screen.press(key);
        keys += 1;
        assert_eq!(screen.log.len(), records + 1, "key {keys} decides\n{}", screen.text());
        assert!(open(screen) < before, "key {keys} decides what is open\n{}", screen.text());
    }
    keys
}

#[test]
fn going_through_the_memorandum_takes_one_key_each_and_none_to_move() {
    let (base, transcript) =
        (sample("memo-1963", "base.txt"), sample("memo-1963", "transcript.txt"));
    let open = |size| Screen::open(setup(&base, &transcript, size));
    // 25 fixes on 15 lines; two paragraphs are too long for a small screen and are gone through
    // fix by fix.
    for (size, keys) in [((80, 24), 21), ((200, 50), 15)] {
        let mut screen = open(size);
        assert_eq!(played(&mut screen, "a"), keys, "{size:?}");
        assert_eq!(screen.model.review().ledger().established(), transcript);
        let mut screen = open(size);
        assert_eq!(played(&mut screen, "r"), keys, "{size:?}");
        assert_eq!(screen.model.review().ledger().established(), base);
    }
    // A screen on which a paragraph does not fit takes one key a fix at most.
    let mut screen = open((50, 16));
    let fixes = screen.model.review().counts().open;
    assert!(played(&mut screen, "a") <= fixes);
    assert_eq!(screen.model.review().ledger().established(), transcript);
}
