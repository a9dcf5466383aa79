//! The memorandum in the four themes: what is marked how.

use recto::ui::theme::{Depth, Theme};

use super::driver::{Screen, setup};
use super::looks::sample;

/// Opens the memorandum with a fix narrowed, one rejected before it, one edited after it.
fn memo(theme: &str, depth: Depth, size: (u16, u16)) -> Screen {
    let (base, transcript) =
        (sample("memo-1963", "base.txt"), sample("memo-1963", "transcript.txt"));
    let mut setup = setup(&base, &transcript, size);
    setup.document = "memo-1963".to_owned();
    setup.theme = Theme::built_in(theme, depth).expect("built in");
    let mut screen = Screen::open(setup);
    screen.press(":84<Enter>a:74<Enter><Tab>re<C-u>my<Enter>ddN");
    if size.1 < 40 {
        // The whole paragraph has no room below the end of the one before.
        screen.press("zt");
    }
    screen
}

#[test]
fn the_screen_is_the_same_in_every_theme() {
    let text = memo("dark", Depth::True, (80, 24)).text();
    for theme in ["light", "mono", "contrast"] {
        assert_eq!(memo(theme, Depth::True, (80, 24)).text(), text, "{theme}");
    }
    insta::assert_snapshot!(text, @r#"
     memo-1963  p 1                open 22/25  accepted 1  rejected 1  edited 1  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
    > 74 Kumetssov said that he wished to   │2?d Kuznetsov said that he wished to  │
         stress that the role of our two    │    stress that the role of our two   │
         ⋯ 3 rows alike                     │    ⋯                                 ├
         and over to improve our relations  │    and over to improve our relations │
         and to enhance our efforts for the │ r  and to enhance our efforts for the│
         solution of bilateral and          │    solution of bilateral and         │
         ⋯ 20 rows alike                    │    ⋯                                 ├
         other problems. The Secretary      │    other problems. The Secretary     ├
         probably realises, Kumetssov said, │ e  probably realises, my said,       ├
         that the relations between us play │    that the relations between us play│
         ⋯ 2 rows alike                     │    ⋯                                 │
         depends to a great extent on our   │    depends to a great extent on our  ┣
         relations. Kumetssov said he had   │ ?  relations. Kuznetsov said he had  │
         no particular problem in mind but  │    no particular problem in mind but ├
         ⋯ 10 rows alike                    │    ⋯                                 │
      75                                    │                                      │
      76 The Secretary said that he was     │4?  The Secretary said that he was    ├
         very interested in Kumetssov's     │ ?  very interested in Kuznetsov's    ├
         views. He is interested in         │ ?  views. We are interested in       ├
    ── line 74, fix 1 of 4 ─────────────────────────────────────────────────────────
     Kumetssov → Kuznetsov   in: Kuznetsov said that                   word, 3 more
     a accept  r reject  e edit  Tab next fix  Esc whole line  ? keys  q quit   fix
    "#);
}

#[test]
fn dark() {
    insta::assert_snapshot!(memo("dark", Depth::Sixteen, (80, 24)).styles(), @r#"
    80:reverse
    2:darkgray 15:bold 26:darkgray 27:bold 10:darkgray
    1:reverse 3:darkgray 1: 2:reverse 1:underline+reverse+yellow 2:reverse 1:underline+reverse+yellow 3:reverse 26: 1:darkgray 2:bold 1:lightcyan 1: 2:reverse 2:underline+reverse+lightcyan 5:reverse 25: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    5: 14:darkgray 21: 1:darkgray 4: 1:darkgray 33: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    40: 1:darkgray 1: 1:yellow 9: 7:yellow 20: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    5: 15:darkgray 20: 1:darkgray 4: 1:darkgray 33: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    40: 1:darkgray 1: 1:italic+lightmagenta 21: 2:italic+lightmagenta 13: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    5: 14:darkgray 21: 1:darkgray 4: 1:darkgray 33: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    16: 2:underline 1:bold+underline+yellow 2:underline 1:bold+underline+yellow 3:underline 15: 1:darkgray 1: 1:bold 13: 2:underline 2:bold+underline+lightcyan 5:underline 14: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    5: 15:darkgray 20: 1:darkgray 4: 1:darkgray 33: 1:darkgray
    1: 3:darkgray 36: 1:darkgray 38: 1:darkgray
    1: 3:darkgray 36: 1:darkgray 2:bold 36: 1:darkgray
    24: 2:underline 1:bold+underline+yellow 2:underline 1:bold+underline+yellow 5:underline 5: 1:darkgray 1: 1:bold 21: 2:underline 2:bold+underline+lightcyan 7:underline 4: 1:darkgray
    12: 1:bold+underline+yellow 1:underline 1: 2:bold+underline+yellow 23: 1:darkgray 1: 1:bold 9: 1:bold+underline+lightcyan 1:underline 1: 3:bold+underline+lightcyan 21: 1:darkgray
    2:darkgray 21:bold 57:darkgray
    1: 21:bold 58:
    1: 1:bold+lightcyan 9: 1:bold+lightcyan 9: 1:bold+lightcyan 7: 3:bold+lightcyan 11: 3:bold+lightcyan 13: 1:bold+lightcyan 7: 1:bold+lightcyan 8: 3:bold 1:
    "#);
}

#[test]
fn dark_in_all_colours() {
    insta::assert_snapshot!(memo("dark", Depth::True, (80, 24)).styles(), @r#"
    80:reverse
    2:rgb(128, 128, 128) 15:bold 26:rgb(128, 128, 128) 27:bold 10:rgb(128, 128, 128)
    1:reverse 3:rgb(160, 160, 160) 1: 2:reverse 1:underline+reverse+rgb(255, 215, 95) 2:reverse 1:underline+reverse+rgb(255, 215, 95) 3:reverse 26: 1:rgb(128, 128, 128) 2:bold 1:rgb(95, 215, 255) 1: 2:reverse 2:underline+reverse+rgb(95, 215, 255) 5:reverse 25: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 38: 1:rgb(128, 128, 128)
    5: 14:rgb(160, 160, 160) 21: 1:rgb(128, 128, 128) 4: 1:rgb(160, 160, 160) 33: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 38: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 1: 1:rgb(215, 175, 95) 9: 7:rgb(215, 175, 95) 20: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 38: 1:rgb(128, 128, 128)
    5: 15:rgb(160, 160, 160) 20: 1:rgb(128, 128, 128) 4: 1:rgb(160, 160, 160) 33: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 38: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 1: 1:italic+rgb(215, 175, 255) 21: 2:italic+rgb(215, 175, 255) 13: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 38: 1:rgb(128, 128, 128)
    5: 14:rgb(160, 160, 160) 21: 1:rgb(128, 128, 128) 4: 1:rgb(160, 160, 160) 33: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 38: 1:rgb(128, 128, 128)
    16: 2:underline 1:bold+underline+rgb(255, 215, 95) 2:underline 1:bold+underline+rgb(255, 215, 95) 3:underline 15: 1:rgb(128, 128, 128) 1: 1:bold 13: 2:underline 2:bold+underline+rgb(95, 215, 255) 5:underline 14: 1:rgb(128, 128, 128)
    40: 1:rgb(128, 128, 128) 38: 1:rgb(128, 128, 128)
    5: 15:rgb(160, 160, 160) 20: 1:rgb(128, 128, 128) 4: 1:rgb(160, 160, 160) 33: 1:rgb(128, 128, 128)
    1: 3:rgb(160, 160, 160) 36: 1:rgb(128, 128, 128) 38: 1:rgb(128, 128, 128)
    1: 3:rgb(160, 160, 160) 36: 1:rgb(128, 128, 128) 2:bold 36: 1:rgb(128, 128, 128)
    24: 2:underline 1:bold+underline+rgb(255, 215, 95) 2:underline 1:bold+underline+rgb(255, 215, 95) 5:underline 5: 1:rgb(128, 128, 128) 1: 1:bold 21: 2:underline 2:bold+underline+rgb(95, 215, 255) 7:underline 4: 1:rgb(128, 128, 128)
    12: 1:bold+underline+rgb(255, 215, 95) 1:underline 1: 2:bold+underline+rgb(255, 215, 95) 23: 1:rgb(128, 128, 128) 1: 1:bold 9: 1:bold+underline+rgb(95, 215, 255) 1:underline 1: 3:bold+underline+rgb(95, 215, 255) 21: 1:rgb(128, 128, 128)
    2:rgb(128, 128, 128) 21:bold 57:rgb(128, 128, 128)
    1: 21:bold 58:
    1: 1:bold+rgb(95, 215, 255) 9: 1:bold+rgb(95, 215, 255) 9: 1:bold+rgb(95, 215, 255) 7: 3:bold+rgb(95, 215, 255) 11: 3:bold+rgb(95, 215, 255) 13: 1:bold+rgb(95, 215, 255) 7: 1:bold+rgb(95, 215, 255) 8: 3:bold 1:
    "#);
}

#[test]
fn light() {
    insta::assert_snapshot!(memo("light", Depth::Sixteen, (80, 24)).styles(), @r#"
    80:reverse
    2:darkgray 15:bold 26:darkgray 27:bold 10:darkgray
    1:reverse 3:darkgray 1: 2:reverse 1:bold+underline+reverse 2:reverse 1:bold+underline+reverse 3:reverse 26: 1:darkgray 2:bold 1:blue 1: 2:reverse 2:bold+underline+reverse+blue 5:reverse 25: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    5: 14:darkgray 21: 1:darkgray 4: 1:darkgray 33: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    40: 1:darkgray 1: 1:red 9: 7:red 20: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    5: 15:darkgray 20: 1:darkgray 4: 1:darkgray 33: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    40: 1:darkgray 1: 1:italic+magenta 21: 2:italic+magenta 13: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    5: 14:darkgray 21: 1:darkgray 4: 1:darkgray 33: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    16: 2:underline 1:bold+underline 2:underline 1:bold+underline 3:underline 15: 1:darkgray 1: 1:bold 13: 2:underline 2:bold+underline+blue 5:underline 14: 1:darkgray
    40: 1:darkgray 38: 1:darkgray
    5: 15:darkgray 20: 1:darkgray 4: 1:darkgray 33: 1:darkgray
    1: 3:darkgray 36: 1:darkgray 38: 1:darkgray
    1: 3:darkgray 36: 1:darkgray 2:bold 36: 1:darkgray
    24: 2:underline 1:bold+underline 2:underline 1:bold+underline 5:underline 5: 1:darkgray 1: 1:bold 21: 2:underline 2:bold+underline+blue 7:underline 4: 1:darkgray
    12: 1:bold+underline 1:underline 1: 2:bold+underline 23: 1:darkgray 1: 1:bold 9: 1:bold+underline+blue 1:underline 1: 3:bold+underline+blue 21: 1:darkgray
    2:darkgray 21:bold 57:darkgray
    1: 21:bold 58:
    1: 1:bold+blue 9: 1:bold+blue 9: 1:bold+blue 7: 3:bold+blue 11: 3:bold+blue 13: 1:bold+blue 7: 1:bold+blue 8: 3:bold 1:
    "#);
}

#[test]
fn mono() {
    insta::assert_snapshot!(memo("mono", Depth::Sixteen, (80, 24)).styles(), @r#"
    80:reverse
    2:dim 15:bold 26:dim 27:bold 10:dim
    1:reverse 3:dim 1: 2:reverse 1:bold+underline+reverse 2:reverse 1:bold+underline+reverse 3:reverse 26: 1:dim 3:bold 1: 2:reverse 2:bold+underline+reverse 5:reverse 25: 1:dim
    40: 1:dim 38: 1:dim
    5: 14:dim 21: 1:dim 4: 1:dim 33: 1:dim
    40: 1:dim 38: 1:dim
    40: 1:dim 38: 1:dim
    40: 1:dim 38: 1:dim
    5: 15:dim 20: 1:dim 4: 1:dim 33: 1:dim
    40: 1:dim 38: 1:dim
    40: 1:dim 1: 1:italic 21: 2:italic 13: 1:dim
    40: 1:dim 38: 1:dim
    5: 14:dim 21: 1:dim 4: 1:dim 33: 1:dim
    40: 1:dim 38: 1:dim
    16: 2:underline 1:bold+underline 2:underline 1:bold+underline 3:underline 15: 1:dim 1: 1:bold 13: 2:underline 2:bold+underline 5:underline 14: 1:dim
    40: 1:dim 38: 1:dim
    5: 15:dim 20: 1:dim 4: 1:dim 33: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 36: 1:dim 2:bold 36: 1:dim
    24: 2:underline 1:bold+underline 2:underline 1:bold+underline 5:underline 5: 1:dim 1: 1:bold 21: 2:underline 2:bold+underline 7:underline 4: 1:dim
    12: 1:bold+underline 1:underline 1: 2:bold+underline 23: 1:dim 1: 1:bold 9: 1:bold+underline 1:underline 1: 3:bold+underline 21: 1:dim
    2:dim 21:bold 57:dim
    1: 21:bold 58:
    1: 1:bold 9: 1:bold 9: 1:bold 7: 3:bold 11: 3:bold 13: 1:bold 7: 1:bold 8: 3:bold 1:
    "#);
}

#[test]
fn contrast() {
    insta::assert_snapshot!(memo("contrast", Depth::Sixteen, (80, 24)).styles(), @r#"
    80:bold+reverse
    2: 15:bold 26: 27:bold 10:
    1:reverse 4: 2:reverse 1:underline+reverse+black+on-yellow 2:reverse 1:underline+reverse+black+on-yellow 3:reverse 27: 3:bold 1: 2:reverse 2:underline+reverse+black+on-lightcyan 5:reverse 26:
    80:
    80:
    80:
    80:
    80:
    80:
    80:
    42: 1:bold+italic 21: 2:bold+italic 14:
    80:
    80:
    80:
    16: 2:underline 1:black+on-yellow 2:underline 1:black+on-yellow 3:underline 17: 1:bold 13: 2:underline 2:black+on-lightcyan 5:underline 15:
    80:
    80:
    80:
    41: 2:bold 37:
    24: 2:underline 1:black+on-yellow 2:underline 1:black+on-yellow 5:underline 7: 1:bold 21: 2:underline 2:black+on-lightcyan 7:underline 5:
    12: 1:black+on-yellow 1:underline 1: 2:black+on-yellow 25: 1:bold 9: 1:black+on-lightcyan 1:underline 1: 3:black+on-lightcyan 22:
    2: 21:bold 57:
    1: 21:bold 58:
    1: 1:bold 9: 1:bold 9: 1:bold 7: 3:bold 11: 3:bold 13: 1:bold 7: 1:bold 8: 3:bold 1:
    "#);
}

#[test]
fn a_larger_screen() {
    let screen = memo("dark", Depth::Sixteen, (120, 40));
    insta::assert_snapshot!(screen.text(), @r#"
     memo-1963  p 1                                                        open 22/25  accepted 1  rejected 1  edited 1  mk
    ── OCR  base.txt ───────────────────────────────────────────┬── corrected  transcript.txt ──────────────────────────────
      67                                                        │                                                          │
      68 BEST COPY AVAILABLE                                    │    BEST COPY AVAILABLE                                   │
      69                                                        │                                                          │
      70 CU-1148                                                │    CU-1148                                               │
      71                                                        │                                                          │
    > 72 important circumstance has been noted in Moscow. But   │ ?  important circumstance has been noted in Moscow. But  ├
         with this, it is worth saying that it took only five   │    with this, it is worth saying that it took only five  │
         days to agree to avert the·nuclear war but two and a   │ ?  days to agree to avert thermonuclear war but two and a│
         half months to agree on a document reflecting the      │    half months to agree on a document reflecting the     │
         essence and spirit of the basic agreement.             │    essence and spirit of the basic agreement.            │
      73                                                        │                                                          │
      74 Kumetssov said that he wished to stress that the role  │2?d Kumetssov said that he wished to stress that the role │
         of our two countries is outstanding as the whole world │    of our two countries is outstanding as the whole world├
         recognises. It is, therefore, important to try over    │    recognises. It is, therefore, important to try over   │
         and over to improve our relations and to enhance our   │ e  and over to improve our relations and to my our       │
         efforts for the solution of bilateral and              │    efforts for the solution of bilateral and             ├
         ⋯ 11 rows alike                                        │    ⋯                                                     ├
         relations and then to unite our efforts to solve other │    relations and then to unite our efforts to solve other│
         problems. The Secretary probably realises, Kumetssov   │ ?  problems. The Secretary probably realises, Kuznetsov  ┃
         said, that the relations between us play an important  │    said, that the relations between us play an important ┃
         role in international affairs and the world situation  │    role in international affairs and the world situation ┣
         depends to a great extent on our relations. Kumetssov  │ ?  depends to a great extent on our relations. Kuznetsov ┣
         said he had no particular problem in mind but believed │    said he had no particular problem in mind but believed│
         ⋯ 7 rows alike                                         │    ⋯                                                     │
      75                                                        │                                                          │
      76 The Secretary said that he was very interested in      │4?  The Secretary said that he was very interested in     ├
         Kumetssov's views. He is interested in improving our   │ ?  Kuznetsov's views. We are interested in improving our │
         relations, as the President said. We do not doubt that │    relations, as the President said. We do not doubt that│
         ⋯ 12 rows alike                                        │    ⋯                                                     │
         now possible to talk with some degree of understanding │    now possible to talk with some degree of understanding├
         across the ideological gap which separates us... One of│ ?  across the ideological gap which separates us. One of ├
         our great problems, the Secretary said, is that we     │    our great problems, the Secretary said, is that we    ├
         ⋯ 5 rows alike                                         │    ⋯                                                     │
      77                                                        │                                                          │
      78 Two ..                                                 │    Two ..                                                ├
    ── line 72 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
     the nuclear → thermonuclear   in: to avert thermonuclear war but two                                              word
     a accept  r reject  e edit  n next open  u undo        ? keys  q quit                                             line
    "#);
}

#[test]
fn a_larger_screen_in_every_theme_has_the_text_of_one_and_styles_where_the_others_have_them() {
    let bare = |theme| memo(theme, Depth::Sixteen, (120, 40)).text();
    let lit = |theme| memo(theme, Depth::Sixteen, (120, 40)).reversed();
    for theme in ["light", "mono", "contrast"] {
        assert_eq!(bare(theme), bare("dark"), "{theme}");
        assert_eq!(lit(theme).concat(), lit("dark").concat(), "{theme}");
    }
}
