//! Which key a control character, a control sequence or an application-mode sequence stands for.

use crate::ui::msg::{Code, Key, Mouse, MouseAct};

/// `CSI NUMBER ~` of the DEC keyboards and their heirs.
const NUMBERED: &[(u16, Code)] = &[
    (1, Code::Home),
    (3, Code::Delete),
    (4, Code::End),
    (5, Code::PageUp),
    (6, Code::PageDown),
    (7, Code::Home),
    (8, Code::End),
    (11, Code::F(1)),
    (12, Code::F(2)),
    (13, Code::F(3)),
    (14, Code::F(4)),
    (15, Code::F(5)),
    (17, Code::F(6)),
    (18, Code::F(7)),
    (19, Code::F(8)),
    (20, Code::F(9)),
    (21, Code::F(10)),
    (23, Code::F(11)),
    (24, Code::F(12)),
];

/// `CSI LETTER` and `SS3 LETTER`. R is left out of the first: it also ends a cursor report.
const LETTERED: &[(u8, Code)] = &[
    (b'A', Code::Up),
    (b'B', Code::Down),
    (b'C', Code::Right),
    (b'D', Code::Left),
    (b'F', Code::End),
    (b'H', Code::Home),
    (b'P', Code::F(1)),
    (b'Q', Code::F(2)),
    (b'S', Code::F(4)),
    (b'Z', Code::BackTab),
];

fn find<K: PartialEq + Copy>(table: &[(K, Code)], key: K) -> Option<Code> {
    table.iter().find(|&&(it, _)| it == key).map(|&(_, code)| code)
}

/// Returns the key of a C0 control or DEL.
pub(super) fn control(byte: u8, alt: bool) -> Key {
    let plain = |code| Key { code, ctrl: false, alt };
    let with_control = |char: u8| Key { code: Code::Char(char::from(char)), ctrl: true, alt };
    match byte {
        0x00 => with_control(b' '),
        0x08 | 0x7f => plain(Code::Backspace),
        0x09 => plain(Code::Tab),
        0x0d => plain(Code::Enter),
        0x1b => plain(Code::Esc),
        0x01..=0x1a => with_control(byte - 1 + b'a'),
        _ => with_control(byte + 0x40),
    }
}

/// Returns the key of `ESC O` and `byte`, if it is one.
pub(super) fn application(byte: u8) -> Option<Key> {
    let code = match byte {
        b'M' => Code::Enter,
        b'R' => Code::F(3),
        _ => find(LETTERED, byte)?,
    };
    Some(Key { code, ctrl: false, alt: false })
}

/// Returns the key of a control sequence with these parameter bytes and final byte, if it is one.
///
/// What has a private mark, an intermediate byte or a final byte of a report is none.
pub(super) fn sequence(body: &[u8], last: u8) -> Option<Key> {
    let numbers = numbers(body)?;
    let first = numbers.first().copied().unwrap_or(0);
    let second = numbers.get(1).copied().unwrap_or(0);
    match (last, numbers.len()) {
        // xterm's modifyOtherKeys, which a user's resource may have switched on.
        (b'~', 3) if first == 27 => char_with(numbers[2], second),
        (b'u', 1 | 2) => char_with(first, second),
        (b'~', 1 | 2) => with_modifiers(find(NUMBERED, first)?, second),
        (_, 0..=2) => with_modifiers(find(LETTERED, last)?, second),
        _ => None,
    }
}

/// Returns the numbers of `1;5`, or none if `body` is anything but at most three numbers.
fn numbers(body: &[u8]) -> Option<Vec<u16>> {
    if body.is_empty() {
        return Some(Vec::new());
    }
    let text = std::str::from_utf8(body).ok()?;
    let number = |it: &str| if it.is_empty() { Some(0) } else { it.parse().ok() };
    let numbers: Vec<u16> = text.split(';').map(number).collect::<Option<_>>()?;
    // A parsed number may have had a plus sign, which is an intermediate byte.
    (numbers.len() <= 3 && !text.contains('+')).then_some(numbers)
}

/// Adds the modifiers, counted as xterm does: 1 and 1 shift, 2 alt, 4 control, 8 meta.
fn with_modifiers(code: Code, modifiers: u16) -> Option<Key> {
    let bits = modifiers.saturating_sub(1);
    Some(Key { code, ctrl: bits & 4 != 0, alt: bits & (2 | 8) != 0 })
}

fn char_with(number: u16, modifiers: u16) -> Option<Key> {
    let char = char::from_u32(u32::from(number))?;
    let shift = modifiers.saturating_sub(1) & 1 != 0;
    let code = match char {
        '\t' if shift => Code::BackTab,
        '\u{1b}' => Code::Esc,
        '\0'..='\u{1f}' | '\u{7f}' => control(number as u8, false).code,
        // Private use: kitty's numbers for keys that are no characters.
        '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' => return None,
        _ if shift => Code::Char(char.to_uppercase().next().unwrap_or(char)),
        _ => Code::Char(char),
    };
    with_modifiers(code, modifiers)
}

/// Returns what the mouse did by a report in SGR form, `CSI < BUTTON ; COLUMN ; ROW M` or `m`; none
/// for other buttons, for movement without one, and for whatever is no such report.
pub(super) fn mouse(body: &[u8], last: u8) -> Option<Mouse> {
    let body = std::str::from_utf8(body.strip_prefix(b"<")?).ok()?;
    let number = |it: &str| {
        let digits = !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| it.parse::<u16>().ok()).flatten()
    };
    let numbers: Vec<u16> = body.split(';').map(number).collect::<Option<_>>()?;
    let [button, column, row] = numbers[..] else { return None };
    // Shift, alt and control, held with it, change nothing.
    let act = match (button & !0b1_1100, last) {
        (0, b'M') => MouseAct::Press,
        (0 | 32, b'm') => MouseAct::Release,
        (32, b'M') => MouseAct::Drag,
        (64, b'M') => MouseAct::WheelUp,
        (65, b'M') => MouseAct::WheelDown,
        _ => return None,
    };
    Some(Mouse { act, column: column.checked_sub(1)?, row: row.checked_sub(1)? })
}
