//! The time stamps of records (log format §1): for arithmetic, and for people.

use std::ops::Range;

/// The months as people write them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Turns a time stamp of the log's form into milliseconds since some day long ago.
#[must_use]
pub fn milliseconds(time: &str) -> i64 {
    let number = |range| number(time, range);
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    // A year begins in March here, so that the leap day is its last.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = year * 365 + leaps + (month * 153 + 2) / 5 + day;
    let minutes = (days * 24 + number(11..13)) * 60 + number(14..16);
    (minutes * 60 + number(17..19)) * 1000 + number(20..23)
}

fn number(time: &str, range: Range<usize>) -> i64 {
    let digits = time.as_bytes().get(range).unwrap_or_default();
    digits.iter().fold(0, |n, digit| n * 10 + i64::from(digit.wrapping_sub(b'0')))
}

/// Returns the day of a time stamp for people: `24 Nov 2026`.
#[must_use]
pub fn day(time: &str) -> String {
    let month = usize::try_from(number(time, 5..7)).ok().and_then(|month| month.checked_sub(1));
    let month = month.and_then(|month| MONTHS.get(month)).unwrap_or(&"?");
    format!("{} {month} {}", number(time, 8..10), part(time, 0..4))
}

/// Returns the time of day, in UTC, to the second: `09:12:07`.
#[must_use]
pub fn clock(time: &str) -> &str {
    part(time, 11..19)
}

/// Returns the time of day, in UTC, to the minute: `09:12`.
#[must_use]
pub fn minute(time: &str) -> &str {
    part(time, 11..16)
}

/// Returns the date as the log has it: `2026-11-24`.
#[must_use]
pub fn date(time: &str) -> &str {
    part(time, 0..10)
}

fn part(time: &str, range: Range<usize>) -> &str {
    time.get(range).unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_read() {
        let stamp = "2026-11-24T09:12:07.042Z";
        assert_eq!((day(stamp).as_str(), clock(stamp)), ("24 Nov 2026", "09:12:07"));
        assert_eq!((minute(stamp), date(stamp)), ("09:12", "2026-11-24"));
        let later = "2026-11-25T00:00:00.000Z";
        assert_eq!(milliseconds(later) - milliseconds(stamp), 53_272_958);
        let leap = milliseconds("2028-03-01T00:00:00.000Z");
        assert_eq!(leap - milliseconds("2028-02-28T00:00:00.000Z"), 2 * 86_400_000);
    }

    #[test]
    fn anything_else_is_no_panic() {
        assert_eq!((day("").as_str(), clock("é"), milliseconds("x") > 0), ("0 ? ?", "?", false));
    }
}
