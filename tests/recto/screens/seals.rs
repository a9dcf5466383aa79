//! Sign-off and leaving ask for a seal; work goes on with and without.

use recto::ui::msg::{Effect, Msg};
use recto::ui::seals::Seals;

use super::driver::{Screen, setup};

const BASE: &str = "One eror.\n\u{c}Two erors.\n";
const TRANSCRIPT: &str = "One error.\n\u{c}Two errors.\n";

fn screen(seals: Seals) -> Screen {
    let mut setup = setup(BASE, TRANSCRIPT, (80, 24));
    setup.seals = seals;
    Screen::open(setup)
}

fn asked(screen: &Screen) -> usize {
    screen.asked.iter().filter(|effect| matches!(effect, Effect::Seal(_))).count()
}

#[test]
fn the_screen_asks_for_a_seal_after_a_sign_off_and_goes_on_without() {
    let mut screen = screen(Seals { at_sign_off: true, ..Seals::default() });
    screen.press("ay<Enter>");
    assert_eq!(asked(&screen), 1);
    let top = |screen: &Screen| screen.text().lines().next().unwrap_or_default().to_owned();
    assert!(top(&screen).contains("signed"), "{}", top(&screen));
    screen.send(Msg::NotSealed { why: "no ssh-agent answers".to_owned() });
    assert!(screen.text().contains("not sealed: no ssh-agent answers"), "{}", screen.text());
    assert!(top(&screen).contains("unsealed 2"), "{}", top(&screen));
    screen.press("ku");
    assert!(screen.text().contains("of an earlier session") || asked(&screen) == 1);
    screen.press("y<Enter>");
    assert_eq!(asked(&screen), 2);
    screen.send(Msg::Sealed { seq: 9 });
    assert!(screen.text().contains("sealed by record 9"), "{}", screen.text());
    assert!(!top(&screen).contains("unsealed"), "{}", top(&screen));
}

#[test]
fn leaving_waits_for_a_seal_only_where_that_is_wanted_and_only_once() {
    let quits = |screen: &Screen| screen.asked.iter().filter(|it| **it == Effect::Quit).count();
    let mut plain = screen(Seals::default());
    plain.press("aq");
    assert_eq!((asked(&plain), quits(&plain)), (0, 1));
    let wanted = Seals { on_leaving: true, ..Seals::default() };
    let mut sealed = screen(wanted.clone());
    sealed.press("aq");
    assert_eq!((asked(&sealed), quits(&sealed)), (1, 0));
    sealed.send(Msg::Sealed { seq: 9 });
    assert_eq!(quits(&sealed), 1);
    let mut impatient = screen(wanted.clone());
    impatient.press("aqq");
    assert_eq!((asked(&impatient), quits(&impatient)), (1, 1));
    // Nothing to seal, nothing to wait for.
    let mut idle = screen(wanted);
    idle.press("q");
    assert_eq!((asked(&idle), quits(&idle)), (0, 1));
}
