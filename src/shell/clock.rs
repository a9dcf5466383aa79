//! The wall clock.

use std::env;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Returns what time it is, as log records have it: RFC 3339, UTC, milliseconds.
///
/// For tests `RECTO_CLOCK` may hold a time stamp, which then is what time it is for ever.
#[must_use]
pub fn now() -> String {
    let fixed = env::var("RECTO_CLOCK").ok().and_then(|time| time.parse().ok());
    stamp(fixed.unwrap_or_else(Timestamp::now))
}

/// Returns a record's time as the system's own time zone has it, in 14 digits: older versions of
/// `ssh-keygen` take no other.
#[must_use]
pub fn local(time: &str) -> Option<String> {
    let time: Timestamp = time.parse().ok()?;
    Some(TimeZone::system().to_datetime(time).strftime("%Y%m%d%H%M%S").to_string())
}

fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Says when a record's time was, as people at this machine say it: `today 17:31`, `yesterday`,
/// `23 Nov`, `23 Nov 2025`; nothing for what is no time.
#[must_use]
pub fn ago(time: &str) -> String {
    let zone = jiff::tz::TimeZone::system();
    let local = |time: &str| {
        let time = time.parse::<Timestamp>().ok()?;
        Some(zone.to_datetime(time))
    };
    let (Some(then), Some(now)) = (local(time), local(&now())) else { return String::new() };
    let yesterday = now.date().yesterday().ok();
    match then.date() {
        date if date == now.date() => then.strftime("today %H:%M").to_string(),
        date if Some(date) == yesterday => "yesterday".to_owned(),
        date if date.year() == now.year() => then.strftime("%-d %b").to_string(),
        _ => then.strftime("%-d %b %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_always_have_three_digits() {
        let shown = |time: &str| stamp(time.parse().expect("a time stamp"));
        assert_eq!(shown("2026-11-23T17:31:02Z"), "2026-11-23T17:31:02.000Z");
        assert_eq!(shown("2026-11-23T17:31:02.1149+01:00"), "2026-11-23T16:31:02.114Z");
    }
}
