//! Cases of the decoder: bytes in, keys out, however they are cut.

use proptest::prelude::*;

use super::*;

/// Shows inputs briefly: `a`, `^c`, `M-x`, `Up`, `paste "…"`.
fn show(inputs: &[Input]) -> String {
    let key = |key: &Key| {
        let code = match key.code {
            Code::Char(char) => char.to_string(),
            code => format!("{code:?}"),
        };
        format!("{}{}{code}", if key.ctrl { "^" } else { "" }, if key.alt { "M-" } else { "" })
    };
    let shown: Vec<String> = inputs
        .iter()
        .filter_map(|input| match input {
            Input::Key(it) => Some(key(it)),
            Input::Paste(text) => Some(format!("paste {text:?}")),
            // The mouse has cases of its own; here it must only be no key.
            Input::Mouse(_) => None,
        })
        .collect();
    shown.join(" ")
}

/// Feeds the pieces of `typed`; `|` is a wait until nothing is due any more or the next piece comes
/// after one lapse, `/` only cuts.
fn decode(typed: &[u8]) -> String {
    let mut decoder = Decoder::default();
    let mut inputs = Vec::new();
    let mut piece = Vec::new();
    for &byte in typed {
        match byte {
            b'|' | b'/' => {
                inputs.extend(decoder.feed(&std::mem::take(&mut piece)));
                if byte == b'|' && decoder.patience().is_some() {
                    inputs.extend(decoder.lapse());
                }
            }
            _ => piece.push(byte),
        }
    }
    inputs.extend(decoder.feed(&piece));
    show(&inputs)
}

#[track_caller]
fn check(typed: &[u8], keys: &str) {
    assert_eq!(decode(typed), keys, "{:?}", String::from_utf8_lossy(typed));
}

#[test]
fn plain_keys() {
    check(b"aA1 ~", "a A 1   ~");
    check(b"\x01\x03\x1a\x1f\0", "^a ^c ^z ^_ ^ ");
    check(b"\r\n\t\x7f\x08", "Enter ^j Tab Backspace Backspace");
    check("é漢👍".as_bytes(), "é 漢 👍");
    check(b"\xc3/\xa9", "é");
    check(b"\xf0/\x9f/\x91/\x8d", "👍");
}

#[test]
fn bytes_that_are_no_text_are_dropped() {
    check(b"a\xffb\xc3(c\xe2\x82d", "a b ( c d");
    check(b"\xed\xa0\x80x", "x");
    check(b"\xc0\xafx", "x");
}

#[test]
fn sequences() {
    check(b"\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left");
    check(b"\x1bOA\x1bOH\x1bOP\x1bOR\x1bOM", "Up Home F(1) F(3) Enter");
    check(b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End");
    check(
        b"\x1b[5~\x1b[6~\x1b[3~\x1b[Z\x1b[15~\x1b[24~",
        "PageUp PageDown Delete BackTab F(5) F(12)",
    );
    check(b"\x1b[1;5A\x1b[1;3C\x1b[3;5~\x1b[1;2D", "^Up M-Right ^Delete Left");
    check(b"\x1b[[A\x1b[[E", "F(1) F(5)");
    check(b"\x1b[27;5;106~\x1b[97;5u\x1b[13u", "^j ^a Enter");
}

#[test]
fn alt_and_escape() {
    check(b"\x1bx\x1b\r\x1b\x7f", "M-x M-Enter M-Backspace");
    check("\x1bé".as_bytes(), "M-é");
    check(b"\x1b|", "Esc");
    check(b"\x1b||a", "Esc a");
    check(b"\x1b\x1b|", "Esc Esc");
    check(b"\x1b\x1b[A", "Esc Up");
}

#[test]
fn a_split_arrow_never_becomes_letters() {
    check(b"\x1b/[/A", "Up");
    check(b"\x1b[|A", "Up");
    check(b"\x1b|[A", "Esc Up");
    check(b"\x1b|[/A", "Esc Up");
    check(b"\x1b|O/B", "Esc Down");
    check(b"\x1b|[1;/5A", "Esc ^Up");
    check(b"\x1b|]11;rgb:aaaa/rrrr\x07j", "Esc j");
}

#[test]
fn keys_after_escape_stay_keys() {
    check(b"\x1b||[|", "Esc [");
    check(b"\x1b|[|a", "Esc [ a");
    check(b"\x1b|[a", "Esc [ a");
    check(b"\x1b|]|]", "Esc ] ]");
    check(b"\x1b|Pa", "Esc P a");
    check(b"\x1bPa", "M-P a");
    check(b"\x1b]a", "M-] a");
}

/// Everything that a terminal is known to send without being typed at.
const REPLIES: &[&[u8]] = &[
    b"\x1b[?62;4;22c",
    b"\x1b[>41;390;0c",
    b"\x1b[0n",
    b"\x1b[24;80R",
    b"\x1b[1;2R",
    b"\x1b[?1;2;3R",
    b"\x1b[?2026;2$y",
    b"\x1b[4;2$y",
    b"\x1b[?1u",
    b"\x1b[8;24;80t",
    b"\x1b[6;20;10t",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[?997;1n",
    b"\x1b[?1;0;256S",
    b"\x1b[2;1;1;112;112;1;0x",
    b"\x1b[M !!",
    b"\x1b[<0;33;12M",
    b"\x1b[<0;33;12m",
    b"\x1b[32;10;20M",
    b"\x1b]11;rgb:1e1e/aaaa/rrrr\x07",
    b"\x1b]10;rgb:dada/eaea/aaaa\x1b\\",
    b"\x1b]4;1;rgb:aaaa/0000/0000\x1b\\",
    b"\x1b]52;c;YWFhYQ==\x07",
    b"\x1b]lrecto: a r e a\x1b\\",
    b"\x1bP>|XTerm(390) aa\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP1+r524742=38\x1b\\",
    b"\x1bP!|7E565445\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b_Gi=31;EINVAL:a bad area\x1b\\",
    b"\x9b?2026;2$y",
    b"\x9d11;rgb:aaaa/aaaa/aaaa\x07",
    b"\xc2\x9b0n",
];

#[test]
fn replies_are_no_keys() {
    for reply in REPLIES {
        let mut decoder = Decoder::default();
        assert_eq!(show(&decoder.feed(reply)), "", "{reply:?}");
        assert_eq!(show(&decoder.feed(b"j")), "j", "after {reply:?}");
    }
}

#[test]
fn replies_cut_anywhere_with_a_pause_are_no_keys() {
    for reply in REPLIES {
        for cut in 1..reply.len() {
            let mut decoder = Decoder::default();
            let mut inputs = decoder.feed(&reply[..cut]);
            if decoder.patience().is_some() {
                inputs.extend(decoder.lapse());
            }
            inputs.extend(decoder.feed(&reply[cut..]));
            let shown = show(&inputs);
            assert!(matches!(shown.as_str(), "" | "Esc"), "{reply:?} cut at {cut}: {shown}");
        }
    }
}

#[test]
fn what_the_mouse_does() {
    use crate::ui::msg::MouseAct::{Drag, Press, Release, WheelDown, WheelUp};
    let cases: [(&[u8], Option<_>); 16] = [
        (b"\x1b[<0;1;1M", Some((Press, 0, 0))),
        (b"\x1b[<0;33;12M", Some((Press, 32, 11))),
        (b"\x1b[<4;33;12M", Some((Press, 32, 11))),
        (b"\x1b[<0;33;12m", Some((Release, 32, 11))),
        (b"\x1b[<32;33;12M", Some((Drag, 32, 11))),
        (b"\x1b[<64;5;6M", Some((WheelUp, 4, 5))),
        (b"\x1b[<81;5;6M", Some((WheelDown, 4, 5))),
        (b"\x1b[<2;5;6M", None),
        (b"\x1b[<35;5;6M", None),
        (b"\x1b[<0;0;6M", None),
        (b"\x1b[<0;5M", None),
        (b"\x1b[<0;5;6;7M", None),
        (b"\x1b[<0;5;70000M", None),
        (b"\x1b[<;;M", None),
        (b"\x1b[<0;+5;6M", None),
        (b"\x1b[0;5;6M", None),
    ];
    for (typed, expected) in cases {
        let found = match Decoder::default().feed(typed)[..] {
            [Input::Mouse(it)] => Some((it.act, it.column, it.row)),
            [] => None,
            _ => panic!("{typed:?} is a key"),
        };
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(typed));
    }
}

#[test]
fn pastes() {
    check(b"\x1b[200~a\r\nq\ra\x1b[201~j", "paste \"a\\nq\\na\" j");
    check(b"\x1b[200~a\x1b[Aq\x1b\x1b[201~j", "paste \"a\\u{1b}[Aq\\u{1b}\" j");
    check(b"\x1b[200~a\x1b/[20/1~j", "paste \"a\" j");
    check(b"\x1b[200~a\x1b[20\x1b[201~j", "paste \"a\\u{1b}[20\" j");
    check(b"\x1b[200~\x1b[201~\x1b[201~", "paste \"\"");
}

#[test]
fn a_paste_without_end_is_given_out_and_its_rest_swallowed() {
    check(b"\x1b[200~aa|aa\x1b[201~j", "paste \"aa\" j");
    check(b"\x1b[200~aa|aa|j", "paste \"aa\" j");
    check(b"\x1b[200~aa|\x1b[A", "paste \"aa\" Up");
    check(b"\x1b[200~aa|\x1b[201~a", "paste \"aa\" a");
}

#[test]
fn a_huge_paste_is_capped() {
    let mut decoder = Decoder::default();
    let mut typed = b"\x1b[200~".to_vec();
    typed.resize(3 * PASTE_LIMIT, b'x');
    typed.extend_from_slice(b"\x1b[201~j");
    let inputs = decoder.feed(&typed);
    let [Input::Paste(text), Input::Key(_)] = &inputs[..] else { panic!("{}", inputs.len()) };
    assert_eq!(text.len(), PASTE_LIMIT);
}

#[test]
fn a_string_without_end_gives_the_keyboard_back() {
    check(b"\x1b]11;rgb:aa|aaaa", "");
    check(b"\x1b]11;rgb:aa|j", "j");
    check(b"\x1b]11;rgb:aa|aaaa\x07j", "j");
    check(b"\x1b_Gi=1\x18j", "j");
    check(b"\x1b_Gi=1\x1b[A", "Up");
}

#[test]
fn nothing_is_awaited_at_rest() {
    let mut decoder = Decoder::default();
    for typed in ["a", "\x1b[A", "\x1b]11;x\x07", "\x1b[200~x\x1b[201~", "\x1b["] {
        decoder.feed(typed.as_bytes());
        assert_eq!(decoder.patience(), None, "{typed:?}");
    }
}

fn typed() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => any::<Vec<u8>>(),
        3 => "[a-zA-Z0-9;?\u{1b}\\[\\]OP_~\r]{0,8}".prop_map(String::into_bytes),
        2 => proptest::sample::select(REPLIES).prop_map(<[u8]>::to_vec),
        1 => Just(b"\x1b[200~".to_vec()),
        1 => Just(b"\x1b[201~".to_vec()),
        1 => "\\PC{0,4}".prop_map(String::into_bytes),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_report_of_the_mouse_is_no_key_however_wrong_and_however_cut(
        body in "[0-9;:<=>? !-/]{0,40}", last in "[Mm]", cut in 1_usize..44, waits: bool,
    ) {
        let typed = format!("\x1b[<{body}{last}");
        let mut decoder = Decoder::default();
        let (start, rest) = typed.as_bytes().split_at(cut.min(typed.len()));
        let mut inputs = decoder.feed(start);
        if waits && decoder.patience().is_some() {
            inputs.extend(decoder.lapse());
        }
        inputs.extend(decoder.feed(rest));
        let shown = show(&inputs);
        prop_assert!(matches!(shown.as_str(), "" | "Esc"), "{typed:?} cut at {cut}: {shown}");
        prop_assert_eq!(show(&decoder.feed(b"j")), "j");
    }

    #[test]
    fn any_split_gives_the_same(typed in typed(), cuts in proptest::collection::vec(1_usize..9, 1..9)) {
        let mut whole = Decoder::default();
        let at_once = whole.feed(&typed);
        let mut split = Decoder::default();
        let mut in_pieces = Vec::new();
        let mut rest = &typed[..];
        for &cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, after) = rest.split_at(cut.min(rest.len()));
            in_pieces.extend(split.feed(piece));
            rest = after;
        }
        prop_assert_eq!(at_once, in_pieces);
        prop_assert_eq!(whole.state, split.state);
    }

    #[test]
    fn replies_between_keys_add_nothing(parts in proptest::collection::vec(
        prop_oneof![
            "[a-zA-Z0-9]{1,3}".prop_map(|keys| (keys.clone().into_bytes(), keys)),
            proptest::sample::select(REPLIES).prop_map(|reply| (reply.to_vec(), String::new())),
        ], 0..12)) {
        let typed: Vec<u8> = parts.iter().flat_map(|(bytes, _)| bytes.clone()).collect();
        let keys: String = parts.into_iter().map(|(_, keys)| keys).collect();
        let inputs = Decoder::default().feed(&typed);
        prop_assert_eq!(show(&inputs).replace(' ', ""), keys);
    }
}
