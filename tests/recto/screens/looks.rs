//! What screens look like: text, and for some the styles.

use recto::text::visible::Repertoire;
use recto::ui::theme::Theme;

use super::driver::{Screen, setup};

pub(super) fn sample(name: &str, file: &str) -> String {
    let path = format!("{}/sample_docs/{name}/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn open(name: &str, size: (u16, u16)) -> Screen {
    let mut setup = setup(&sample(name, "base.txt"), &sample(name, "transcript.txt"), size);
    setup.document = name.to_owned();
    setup.first_opening = true;
    Screen::open(setup)
}

#[test]
fn the_first_opening_says_what_the_work_is() {
    insta::assert_snapshot!(open("memo-1963", (80, 24)).text(), @r#"
     memo-1963  p 1                open 25/25  accepted 0  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
       7 Approved in S                      │    Approved in S                     ┃
       8 1/16/63                            │    1/16/63                           ┃
       9                                    │                                      ┣
      10 (594)                              │    (594)                             │
      11                                    │                                      │
      12 DEPARTMENT OF STATE                │    DEPARTMENT OF STATE               ├
      13                                    │                                      ├
      14 pages, No. 5 of 5 copies.          │    pages, No. 5 of 5 copies.         │
      15 Series A.                          │    Series A.                         ├
      16                                    │                                      ├
      17 00544                              │    00544                             ├
      18                                    │                                      ├
    > 19 CU III-106/1                       │ ?  CUT III-106/1                     ├
      20                                    │                                      ├
      21 DATE: January 10, 1963             │    DATE: January 10, 1963            ├
    ── 25 differences on 15 lines ──────────────────────────────────────────────────
      13 words   5 names   4 spaces   2 punctuation   1 digit
      most often: a space → nothing (4) • Kumetssov → Kuznetsov (3) • CH → CU (2)
      left: what the OCR read   right: the text as it stands, fixes as proposed
    ── line 19 ─────────────────────────────────────────────────────────────────────
     CU → CUT   in: CUT III-106/1                                              word
     a accept  r reject  e edit  n next open  u undo        ? keys  q quit     line
    "#);
}

#[test]
fn a_folded_paragraph_narrowed_to_a_fix() {
    let mut screen = open("memo-1963", (80, 24));
    screen.press(":76<Enter><Tab>r");
    insta::assert_snapshot!(screen.text(), @r#"
     memo-1963  p 1                open 24/25  accepted 0  rejected 1  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
         ⋯ 10 rows alike                    │    ⋯                                 │
      75                                    │                                      │
      76 The Secretary said that he was     │3?  The Secretary said that he was    ├
         very interested in Kumetssov's     │ ?  very interested in Kuznetsov's    │
    >    views. He is interested in         │ ?  views. He are interested in       │
         improving our relations, as the    │    improving our relations, as the   │
         ⋯ 22 rows alike                    │    ⋯                                 ├
         ideological gap which separates    │    ideological gap which separates   ├
         us... One of our great problems,   │ ?  us. One of our great problems,    ├
         the Secretary said, is that we     │    the Secretary said, is that we    │
         ⋯ 7 rows alike                     │    ⋯                                 │
      77                                    │                                      ┣
      78 Two ..                             │    Two ..                            ┣
      79                                    │                                      ├
      80 SECRET                             │    SECRET                            │
      81                                    │                                      │
      82 BEST COPY AVAILABLE                │    BEST COPY AVAILABLE               ├
      83                                    │                                      ├
      84 CM-1149                            │ ?  CU-1149                           ├
    ── line 76, fix 3 of 4 ──────────────────────── line 76: rejected "He" → "We" ──
     is → are   in: views. We are interested                                   word
     a accept  r reject  e edit  Tab next fix  Esc whole line  ? keys  q quit   fix
    "#);
    insta::assert_snapshot!(screen.styles(), @r#"
    80:reverse
    2:dim 15:bold 26:dim 27:bold 10:dim
    5: 15:dim 20: 1:dim 4: 1:dim 33: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 36: 1:dim 2:bold 36: 1:dim
    24: 2:underline 1:bold+underline 2:underline 1:bold+underline 5:underline 5: 1:dim 1: 1:bold 21: 2:underline 2:bold+underline 7:underline 4: 1:dim
    1:reverse 14: 2:bold+underline+reverse 23: 1:dim 1: 1:bold 12: 3:bold+underline+reverse 21: 1:dim
    40: 1:dim 38: 1:dim
    5: 15:dim 20: 1:dim 4: 1:dim 33: 1:dim
    40: 1:dim 38: 1:dim
    5: 3:underline 2:bold+underline 30: 1:dim 1: 1:bold 2: 3:underline 31: 1:dim
    40: 1:dim 38: 1:dim
    5: 14:dim 21: 1:dim 4: 1:dim 33: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 36: 1:dim 38: 1:dim
    1: 3:dim 1: 1:underline 1:bold+underline 33: 1:dim 1: 1:bold 2: 1:underline 1:bold+underline 32: 1:dim
    2:dim 21:bold 24:dim 31:bold 2:dim
    1: 8:bold 71:
    1: 1:bold 9: 1:bold 9: 1:bold 7: 3:bold 11: 3:bold 13: 1:bold 7: 1:bold 8: 3:bold 1:
    "#);
}

#[test]
fn a_large_screen() {
    let mut screen = open("memo-1963", (200, 50));
    screen.press(":74<Enter>");
    insta::assert_snapshot!(screen.text(), @r#"
     memo-1963  p 1                                                                                                                                        open 25/25  accepted 0  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────────────────────────────────────────────────────────────────┬── corrected  transcript.txt ──────────────────────────────────────────────────────────────────────
         a document reflecting the essence and spirit of the basic agreement.                           │    a document reflecting the essence and spirit of the basic agreement.                          │
      73                                                                                                │                                                                                                  │
    > 74 Kumetssov said that he wished to stress that the role of our two countries is outstanding as   │4?  Kuznetsov said that he wished to stress that the role of our two countries is outstanding as  │
         the whole world recognises. It is, therefore, important to try over and over to improve our    │    the whole world recognises. It is, therefore, important to try over and over to improve our   │
         relations and to enhance our efforts for the solution of bilateral and international problems  │ ?  relations and to combine our efforts for the solution of bilateral and international problems │
         in the interests of maintaining and consolidating peace. The Soviet Government agrees with the │    in the interests of maintaining and consolidating peace. The Soviet Government agrees with the│
         President that now that the New York negotiations have been concluded, the way has been paved  │    President that now that the New York negotiations have been concluded, the way has been paved ├
         to a certain extent to give more attention to other international problems. With regard to our │    to a certain extent to give more attention to other international problems. With regard to our│
         relations, there is still something to do and the USSR is not satisfied with the present       │    relations, there is still something to do and the USSR is not satisfied with the present      │
         status. Khrushchev has made quite clear the sincere desire of the USSR to do everything        │    status. Khrushchev has made quite clear the sincere desire of the USSR to do everything       │
         possible to improve relations in order to remove obstacles in the path to the betterment of    │    possible to improve relations in order to remove obstacles in the path to the betterment of   │
         relations and then to unite our efforts to solve other problems. The Secretary probably        │    relations and then to unite our efforts to solve other problems. The Secretary probably       │
         realises, Kumetssov said, that the relations between us play an important role in              │ ?  realises, Kuznetsov said, that the relations between us play an important role in             │
         international affairs and the world situation depends to a great extent on our relations.      │    international affairs and the world situation depends to a great extent on our relations.     │
         Kumetssov said he had no particular problem in mind but believed the Secretary knew what they  │ ?  Kuznetsov said he had no particular problem in mind but believed the Secretary knew what they │
         were. He did mention that our economic relations, specifically trade, are unsatisfactory and   │    were. He did mention that our economic relations, specifically trade, are unsatisfactory and  ├
         that our cultural relations, although some results have been achieved in this field, could be  │    that our cultural relations, although some results have been achieved in this field, could be ├
         still further improved. The Soviet Government would like to do its best to clear away          │    still further improved. The Soviet Government would like to do its best to clear away         │
         obstacles.                                                                                     │    obstacles.                                                                                    │
      75                                                                                                │                                                                                                  ├
      76 The Secretary said that he was very interested in Kumetssov's views. He is interested in       │4?  The Secretary said that he was very interested in Kuznetsov's views. We are interested in     ├
         improving our relations, as the President said. We do not doubt that the President and         │    improving our relations, as the President said. We do not doubt that the President and        │
         Khrushchev bear very heavy historical responsibilities in this phase of world history. Both    │    Khrushchev bear very heavy historical responsibilities in this phase of world history. Both   │
         men understand this. This is one reason why the President has sought to maintain effective     │    men understand this. This is one reason why the President has sought to maintain effective    │
         channels of communications between us. But the historical importance of our relations for good │    channels of communications between us. But the historical importance of our relations for good│
         or ill makes us feel we must maintain effective communications channels and not just in the    │    or ill makes us feel we must maintain effective communications channels and not just in the   ┃
         physical sense. The Secretary observed that when he became Secretary he had not dealt with     │    physical sense. The Secretary observed that when he became Secretary he had not dealt with    ┣
         Soviet affairs for some 10 years. He has observed one noticeable difference between the two    │    Soviet affairs for some 10 years. He has observed one noticeable difference between the two   ┣
         periods inasmuch as it was now possible to talk with some degree of understanding across the   │    periods inasmuch as it was now possible to talk with some degree of understanding across the  ┃
         ideological gap which separates us... One of our great problems, the Secretary said, is that we│ ?  ideological gap which separates us. One of our great problems, the Secretary said, is that we ┃
         must recognise our very important ideological differences. We both try to understand our       │    must recognise our very important ideological differences. We both try to understand our      ┣
         differences and we must also try to enter into the other side's thinking. There was still much │    differences and we must also try to enter into the other side's thinking. There was still much┃
         to be done in this area.                                                                       │    to be done in this area.                                                                      ├
      77                                                                                                │                                                                                                  ├
      78 Two ..                                                                                         │    Two ..                                                                                        │
      79                                                                                                │                                                                                                  │
      80 SECRET                                                                                         │    SECRET                                                                                        │
      81                                                                                                │                                                                                                  │
      82 BEST COPY AVAILABLE                                                                            │    BEST COPY AVAILABLE                                                                           ├
      83                                                                                                │                                                                                                  ├
      84 CM-1149                                                                                        │ ?  CU-1149                                                                                       ├
      85                                                                                                │                                                                                                  │
      86 ~~SECRET~~                                                                                     │    ~~SECRET~~                                                                                    │
      87 -3-                                                                                            │    -3-                                                                                           │
      88                                                                                                │                                                                                                  ├
    ── line 74 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     4 open: Kumetssov → Kuznetsov • enhance → combine • Kumetssov → Kuznetsov • Kumetssov → Kuznetsov
     a accept  r reject  e edit  n next open  Tab next fix  ? keys  q quit                                                                                                                             line
    "#);
}

#[test]
fn scripts() {
    insta::assert_snapshot!(open("scripts", (80, 50)).press("j").text(), @r#"
     scripts  p 1                  open 36/36  accepted 0  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
       1 SCRIPTS                            │    SCRIPTS
       2                                    │
       3 Greek                              │    Greek
       4 Ό γραφεὺς ἀναγιγνώσκει τό βιβλίον  │2?  Ὁ γραφεὺς ἀναγιγνώσκει τὸ βιβλίον
    >  5 καὶ τὰ άμαρτήματα διορθοῖ, οὐ      │ ?  καὶ τὰ ἁμαρτήματα διορθοῖ, οὐ
         ταχέως,                            │    ταχέως,
       6 ἀλλὰ βραδέως· ὃ δὲ γέγραφε,        │    ἀλλὰ βραδέως· ὃ δὲ γέγραφε,
         γέγραφεν.                          │    γέγραφεν.
       7                                    │
       8 Hebrew                             │    Hebrew
       9 הסופר קורא את הרף ומתקן אח         │2?  הסופר קורא את הדף ומתקן את
         הטעויות.                           │    הטעויות.
      10 שלום עַל הַקּוֹרֵא                      │ ?  שָׁלוֹם עַל הַקּוֹרֵא
      11 בשנת 1842 נרפס הספר (חלק ב׳).      │ ?  בשנת 1842 נדפס הספר (חלק ב׳).
      12                                    │
      13 Arabic                             │    Arabic
      14 يقرا المدقق الصفحه ويصحح الاخطاء،  │3?  يقرأ المدقق الصفحة ويصحح الأخطاء،
      15 سطرًا بعد سطر، سنة ١٨٤٣.            │ ?  سطرًا بعد سطر، سنة ١٨٤٢.
      16                                    │
      17 Japanese                           │    Japanese
      18 校正者は原文と読み取リを―行ずつ    │3?  校正者は原文と読み取りを一行ずつ
         比ベる。                           │ ?  比べる。
      19 間違いを見つけたら、末定のままにせ │ ?  間違いを見つけたら、未定のままにせ
         ず直す。                           │    ず直す。
      20 (第１０頁、二段目)                 │ ?  (第10頁、二段目)
      21                                    │
      22 Thai                               │    Thai
      23 ผู้ตรวจอ่านขัอความทีละบรรทัดและแก้คําผิด    │2?  ผู้ตรวจอ่านข้อความทีละบรรทัดและแก้คำผิด
      24 ถ้าอ่านไม่ออก ก็บันทืกไว้                 │ ?  ถ้าอ่านไม่ออก ก็บันทึกไว้
      25                                    │
      26 Burmese                            │    Burmese
      27 စာဖတ်သူသည် စာကြောင်းမျာကို စစ်ဆေးသည်။      │ ?  စာဖတ်သူသည် စာကြောင်းများကို စစ်ဆေးသည်။
      28 မသေချာလျှင် မှတ်ချက်ရေးသည်၊              │ ?  မသေချာလျှင် မှတ်ချက်ရေးသည်။
      29                                    │
      30 Combining letters                  │    Combining letters
      31 Café, naïve, Škoda: the same       │3?  Café, naïve, Škoda: the same
         letters, other code points.        │    letters, other code points.
      32 dni nri ihu xpi, with strokes      │4?  dn̄i nr̄i ihū xp̄i, with strokes
         above                              │    above
      33 q̃ and q, m̆ and m̂                   │2?  q̃ and q̄, m̆ and m̆
      34 Tiêng Viêt: môi dòng môt lân       │5?  Tiếng Việt: mỗi dòng một lần
      35 family 👨‹ZWJ›👩‹ZWJ›👧 and flag   │ ?  family 👨‹ZWJ›👩‹ZWJ›👧 and flag
         🇫🇷, read as one                    │ ?  🇬🇷, read as one
                                            │
                                            │
    ── line 5 ──────────────────────────────────────────────────────────────────────
     άμαρτήματα → ἁμαρτήματα   in: τὰ ἁμαρτήματα                          diacritic
     a accept  r reject  e edit  n next open  u undo        ? keys  q quit     line
    "#);
}

#[test]
fn hostile_text_is_signs() {
    let mut screen = open("hostile", (80, 40));
    screen.press("j");
    insta::assert_snapshot!(screen.text(), @r#"
     hostile  p 1                  open 30/30  accepted 0  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
       1 HOSTILE TEXT: every line below is  │    HOSTILE TEXT: every line below is ┃
         data, whatever it looks like.      │    data, whatever it looks like.     ┃
       2 clear the screen:␛[2J␛[H done      │ ?  clear the screen: done            ┣
    >  3 colours that stay:␛[31;1m red      │ ?  colours that stay: red            ┣
       4 window title:␛]0;owned␇ done       │ ?  window title: done                ┣
       5 clipboard:␛]52;c;cm0gLXJm␇ done    │ ?  clipboard: done                   ┣
       6 a                                  │2?  a link:·here                      ┣
         link:␛]8;;http://example.invalid/␛\│ ?                                    ┃
         here␛]8;;␛\ done                   │ ?  done                              ┣
       7 half a sequence at the line end:␛[ │    half a sequence at the line end:␛[┃
       8 the eight-bit twin:‹U+009B›2J done │ ?  the eight-bit twin: done          ┣
       9 device control:‹U+0090›q#0‹U+009C› │    device control:‹U+0090›q#0‹U+009C›┃
         done                               │    done                              ┣
      10 bell␇ backspace␈␈ delete␡ done     │3?  bell backspace delete done        ┃
      11 a NUL here:␀ and the Iine goes on  │ ?  a NUL here:␀ and the line goes on ┃
      12 carriage return in the             │    carriage return in the            ┣
         middle:␍OVERWRITTEN                │    middle:␍OVERWRITTEN               ┃
      13 tabs⇥here⇥and⇥there                │    tabs⇥here⇥and⇥there               ┣
      14 bidi override:·‹U+202E›gnidaer     │2?  bidi override:                    ┣
         thgir‹U+202C›, left again          │ ?  right·reading, left again         ┣
      15 bidi isolate never closed:         │    bidi isolate never closed:        ┃
         ‹U+2067›abc                        │    ‹U+2067›abc                       ┣
      16 zero‹ZWSP›width‹ZWJ›blanks and     │3?  zerowidth·blanks and              ┃
         a‹BOM› mark of byte order          │ ?  a mark of byte order              │
      17 soft¬hyphen, word‹WJ›joiner        │2?  softhyphen, wordjoiner            ├
      18 line‹U+2028›separator and          │3?  line·separator and                │
         paragraph‹U+2029›separator and     │ ?  paragraph·separator and           ├
         next‹U+0085›line                   │ ?  next·line                         │
      19 form␌feed inside a line,           │    form␌feed inside a line,          ├
         vertical␋tab too                   │    vertical␋tab too                  │
      20 ◌́ a mark with nothing under it     │ ?  ◌́ a mark with nothing beneath it  ├
      21 ◌ั้ Thai marks without their letter  │    ◌ั้ Thai marks without their letter │
      22 z̀́̂̃̄̅‹U+0306›‹U+0307›‹U+0308›‹U+0309›‹U│ ?  zalgo:                            │
         +030A›‹U+030B›‹U+030C›‹U+030D›‹U+03│ ?                                    ├
         0E›‹U+030F›‹U+0310›‹U+0311›‹U+0312›│ ?                                    ├
    ── line 3 ──────────────────────────────────────────────────────────────────────
     ␛[31;1m → nothing   in: that stay: red                                   digit
     a accept  r reject  e edit  n next open  u undo        ? keys  q quit     line
    "#);
}

#[test]
fn a_reflow_is_one_class() {
    insta::assert_snapshot!(open("reflow", (80, 24)).text(), @r#"
     reflow  p 1      open 5/5  accepted 0  rejected 0  edited 0  +17 line ends  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
       1 The machine reads the page from    │    The machine reads the page from   ┃
         left to right¶                     │    left to right·                    ┣
       2 and from top to bottom, and it     │    and from top to bottom, and it    ┃
         ends a line¶                       │    ends a line·                      ┃
    >  3 where the paper ends it. The       │ ?  where the paper ends it. The      ┃
         persou who types¶                  │ ?  person who types·                 │
       4 the same page afterwards has no    │    the same page afterwards has no   │
         reason to do¶                      │    reason to do·                     │
       5 so. She writes each paragraph as   │    so. She writes each paragraph as  ├
         one line, and¶                     │    one line, and·                    │
       6 leaves it to her screen to turn it │    leaves it to her screen to turn it│
         over. The¶                         │    over. The·                        ├
       7 words are the same; the line ends  │    words are the same; the line ends │
         are not.                           │    are not.                          ├
       8                                    │                                      │
       9 A comparison that goes line by     │    A comparison that goes line by    │
    ── 5 differences on 4 lines ────────────────────────────────────────────────────
      3 look-alikes   2 digits   + 17 line ends, one class: :accept kind=line-end
      left: what the OCR read   right: the text as it stands, fixes as proposed
    ── line 3 ──────────────────────────────────────────────────────────────────────
     persou → person   in: it. The person who types                      look-alike
     a accept  r reject  e edit  n next open  u undo        ? keys  q quit     line
    "#);
}

#[test]
fn lines_that_one_side_has() {
    let (base, transcript) = ("one\nSECRET  \ntwo\nthree\n", "one\ntwo\nadded line\nthree\n");
    let mut screen = Screen::open(setup(base, transcript, (80, 12)));
    insta::assert_snapshot!(screen.text(), @r#"
     sample  p 1                     open 2/2  accepted 0  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
       1 one                                │    one
    >  2 SECRET··                           │ ?  ╌╌╌
       3 two                                │    two
         ╌╌╌                                │ ?  added line
       4 three                              │    three
                                            │
                                            │
    ── line 2 ──────────────────────────────────────────────────────────────────────
     SECRET·· → left out                                extra line, only in the OCR
     a accept: leave out  r reject: keep  e edit  n next open  u undo  ? keys  line
    "#);
    insta::assert_snapshot!(screen.press("a").text(), @r#"
     sample  p 1                     open 1/2  accepted 1  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
       1 one                                │    one
       2 SECRET··                           │ a  ╌╌╌
       3 two                                │    two
    >    ╌╌╌                                │ ?  added line
       4 three                              │    three
                                            │
                                            │
    ── after line 3 ─────────────────────── line 2: accepted "SECRET  " → nothing ──
     nothing → added line                       missing line, only in the corrected
     a accept: put in  r reject: leave out  e edit  n next open  ? keys        line
    "#);
}

#[test]
fn an_edit_shows_both_witnesses_and_its_records() {
    let mut screen = Screen::new(
        "Any transactlons\ncrease 1n L7. 5. employment, and\n",
        "Any transactions\ncrease in L). S. employment, and\n",
    );
    screen.press("ae<Right><Right><Right><C-w>in U.");
    insta::assert_snapshot!(screen.text(), @r#"
     sample  p 1                     open 3/4  accepted 1  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
       1 Any transactlons                   │ a  Any transactions
    >  2 crease 1n L7. 5. employment, and   │3?  crease in L). S. employment, and
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
    ── editing line 2 ──────────────────────────────────────────────────────────────
     OCR        crease 1n L7. 5. employment, and
     corrected  crease in L). S. employment, and
     yours      crease in U.L). S. employment, and
     records    1n → in as proposed;  L7 → U.L) yours;  5 → S as proposed
     Enter keep  Esc leave all as it was  ↑ OCR's word  ↓ corrected's word     edit
     Ctrl-z undo  Ctrl-t letters  Ctrl-o compose  Ctrl-v code  Ctrl-x in $EDITOR
    "#);
}

#[test]
fn the_help_comes_from_the_keymap() {
    let mut screen = Screen::new("a b\n", "a c\n");
    // How many lines are below changes with every new key.
    let shown = screen.press("?").text();
    let more = shown.split(" more below").next().and_then(|head| head.rsplit(' ').next());
    let shown = shown.replace(&format!("{} more", more.expect("more below")), "NNN more");
    insta::assert_snapshot!(shown, @r"
     sample  p 1                     open 1/1  accepted 0  rejected 0  edited 0  mk
    ── the keys ────────────────────────────────────────────────── NNN more below ──
     Left is what the OCR read; it never changes.
     Right is the text as it now stands, open fixes as proposed.
     A verb acts on what is highlighted: the line, until it is narrowed.

     Decide what is highlighted
      a                accept: take the corrected reading (a line, a page: of its
                       open fixes)
      r                reject: the OCR's reading stands
      e                edit: type the reading that you see
      o                reopen: as if it had not been decided
      u                take back your last act; again: the one before
      U Ctrl-r         do again what was taken back last
      d                mark as doubtful, and go on
      c                write a note: free, doubtful, illegible, sic
      y                sign the page or the whole document as read
      x                write the text as it stands to a file
      Y                copy the text as it stands to the clipboard
      1-9              adjudicating: take the reading with this number

     Narrow and widen
      Tab l →          narrow to the next fix
     Esc close  j down  k up  Space screen down
    ");
    screen.press(&"j".repeat(200));
    assert!(screen.text().contains("a changed blank"), "{}", screen.text());
    assert!(screen.text().contains("no such line on this side"), "{}", screen.text());
    // The view stopped at the end: a key back shows at once.
    let end = screen.text();
    assert_ne!(screen.press("k").text(), end);
    screen.press(&"<PgUp>".repeat(12));
    assert!(screen.text().contains("Left is what the OCR read"), "{}", screen.text());
    assert!(screen.press(&"<PgDn>".repeat(12)).text() == end);
    assert!(screen.press("<Esc>").text().contains("── line 1 ─"));
}

#[test]
fn a_wide_screen_has_the_help_in_columns() {
    let mut screen = Screen::open(setup("a b\n", "a c\n", (200, 50)));
    screen.press("?");
    let row = screen.line("  a    ");
    assert!(row.starts_with("  a                accept: take"), "{row}");
    assert!(row.len() > 140, "{row}");
    screen.press(&"j".repeat(99));
    assert!(screen.text().contains("no such line on this side"), "{}", screen.text());
}

#[test]
fn prompts_stand_at_the_foot() {
    let mut screen = Screen::new("a b\n", "a c\n");
    let foot = |screen: &Screen| screen.text().lines().skip(21).collect::<Vec<_>>().join("\n");
    screen.press("cstrange<Tab>");
    insta::assert_snapshot!(foot(&screen), @r#"
    ── a note on line 1 ────────────────────────────────────────────────────────────
     note strange                               note  [doubtful]  illegible   sic
     Enter go  Esc back  Tab next choice                                       note
    "#);
    screen.press("<Esc>y");
    insta::assert_snapshot!(foot(&screen), @r#"
    ── sign as read: page 1 (1 open), the document (1 open) ────────────────────────
      page: fixes   page: every word  [document: fixes]  document: every word
     Enter go  Esc back  Tab next choice                                       sign
    "#);
    screen.press("<Esc>x");
    insta::assert_snapshot!(foot(&screen), @r#"
    ── write the text, 1 still open ────────────────────────────────────────────────
     write to base.reviewed.txt             [as in the OCR]  as corrected   marked
     Enter go  Esc back  Tab next choice                                   write to
    "#);
    screen.press("<Esc>:acc<Tab>");
    insta::assert_snapshot!(foot(&screen), @r"
    ── Enter: accept 1 place: the whole document ───────────────────────────────────
     :accept
     Enter go  Esc back  Tab complete
    ");
}

#[test]
fn odd_sizes() {
    for size in [(0, 0), (1, 1), (3, 2), (20, 5), (40, 12), (60, 20), (300, 3), (5, 100)] {
        let mut screen = open("memo-1963", size);
        screen.press("jj<Tab>zzn?<Esc>i<Esc>/the<Enter>n<Esc>e<Esc>c<Esc>y<Esc>:3<Enter>fGgP<Esc>");
    }
    insta::assert_snapshot!(open("memo-1963", (20, 5)).press("k").text(), @r#"
     …-1963  18   25/25
    > 18


     e edit        line
    "#);
    insta::assert_snapshot!(open("memo-1963", (40, 12)).press("k").text(), @r#"
     memo-1963  p 1          25/25 a0 r0 e0
    ── OCR  base.txt ───────────────────────
    > 18
      19 CU III-106/1
      20
    ── corrected  transcript.txt ───────────
                                           ┣
      ?  CUT III-106/1                     ├
                                           ├
    ── line 18 ─────────────────────────────
     no difference here
     e edit  n next open  u undo       line
    "#);
    insta::assert_snapshot!(open("memo-1963", (60, 20)).press("k").text(), @r#"
     memo-1963  p 1               open 25/25  a 0  r 0  e 0  mk
    ── OCR  base.txt ─────────────┬── corrected  …nscript.txt ──
      16                          │                            │
      17 00544                    │    00544                   ┃
    > 18                          │                            ┣
      19 CU III-106/1             │ ?  CUT III-106/1           ┃
      20                          │                            │
      21 DATE: January 10, 1963   │    DATE: January 10, 1963  ├
      22 12:00 Noon               │    12:00 Noon              ├
      23 Secretary's office       │    Secretary's office      │
      24                          │                            ├
      25 SUBJECT: U.S.-Soviet     │    SUBJECT: U.S.-Soviet    ├
         Relations                │    Relations               ├
      26                          │                            ├
      27 Memorandum of            │    Memorandum of           ├
         Conversation             │    Conversation            ├
      28 complete. Date, made     │    complete. Date, made    ├
    ── line 18 ─────────────────────────────────────────────────
     no difference here
     e edit  n next open  u undo  ? keys  q quit           line
    "#);
}

#[test]
fn an_empty_document_and_a_reader() {
    let screen = Screen::open(setup("", "", (40, 8)));
    insta::assert_snapshot!(screen.text(), @r#"
     sample  empty             0/0 a0 r0 e0
         both texts are empty



    ────────────────────────────────────────

     e edit  n next open  u undo       line
    "#);
    let mut reader = setup("only\nthis\n", "only\nthis\n", (60, 8));
    reader.transcript_name = None;
    let mut screen = Screen::open(reader);
    insta::assert_snapshot!(screen.press("aeX<Enter>").text(), @r#"
     sample  p 1                  open 0/0  a 0  r 0  e 0+1  mk
    ── OCR  base.txt ─────────────┬── text  as it stands ───────
    >  1 only                     │ e  Xonly
       2 this                     │    this
                                  │
    ── line 1 ─────────────── line 1: yours, "only" → "Xonly" ──
     your own reading
     e edit  w word  d doubtful  c note  u undo  ? keys    line
    "#);
}

#[test]
fn ascii_terminals_get_ascii() {
    for name in ["memo-1963", "hostile", "scripts", "early-print"] {
        let mut setup = setup(&sample(name, "base.txt"), &sample(name, "transcript.txt"), (80, 30));
        setup.repertoire = Repertoire::Ascii;
        setup.first_opening = true;
        let mut screen = Screen::open(setup);
        for keys in ["", "j", "<Tab>", "e", "<Esc>?", "<Esc>i", "<Esc>P", "a", "<Esc>y", "<Esc>x"] {
            let text = screen.press(keys).text();
            let odd = text.chars().find(|letter| !letter.is_ascii());
            assert!(odd.is_none(), "{name} {keys}: {odd:?} in\n{text}");
        }
    }
}

#[test]
fn no_colour_is_no_colour_and_every_state_has_its_sign() {
    let (base, transcript) = ("aa bb\ncc dd\nee ff\ngg hh\n", "ax bb\ncx dd\nex ff\ngx hh\n");
    let mut mono = setup(base, transcript, (80, 24));
    mono.theme = Theme::named("mono").expect("built in");
    let mut screen = Screen::open(mono);
    screen.press("are<Right><Right>z<Enter>");
    let styles = screen.styles();
    for colour in ["cyan", "yellow", "red", "blue", "magenta", "gray", "on-"] {
        assert!(!styles.contains(colour), "{colour} in\n{styles}");
    }
    let gutter: String = (2..6).map(|row| screen.row(row).chars().nth(42).unwrap_or(' ')).collect();
    assert_eq!(gutter, "are?", "{}", screen.text());
}
