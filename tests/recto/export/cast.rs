//! The cast: its form by the description of asciicast v3, and its last picture by a terminal.

use std::process::Command;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use recto::log::record::Body;
use recto::shell::cast::{Show, cast};
use recto::text::visible::Repertoire;
use recto::ui::keymap::Keymap;
use recto::ui::model::{Model, Setup};
use recto::ui::theme::Theme;
use serde_json::Value;

use super::{Desk, ODD};
use crate::screens::driver::show;

/// Holds a cast that was read: seconds, code and data of each event.
struct Cast {
    header: Value,
    comments: Vec<String>,
    events: Vec<(f64, String, String)>,
}

fn read(bytes: &[u8]) -> Cast {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with('\n'));
    let mut lines = text.lines();
    let header = serde_json::from_str(lines.next().expect("a header")).expect("JSON");
    let mut cast = Cast { header, comments: Vec::new(), events: Vec::new() };
    for line in lines {
        if line.starts_with('#') {
            cast.comments.push(line.to_owned());
            continue;
        }
        let event: (f64, String, String) = serde_json::from_str(line).expect("an event");
        assert!(event.0 >= 0.0 && ["o", "m", "x"].contains(&event.1.as_str()), "{line}");
        cast.events.push(event);
    }
    cast
}

/// Returns the rows of the screen after the last record, drawn at once.
fn drawn(desk: &Desk, size: (u16, u16)) -> Vec<String> {
    let fresh = Desk::new(desk.review.base().as_str(), desk.review.transcript().as_str());
    let mut model = Model::new(Setup {
        review: fresh.review,
        reviewer: "1-mk".to_owned(),
        document: "base".to_owned(),
        base_name: "base.txt".to_owned(),
        transcript_name: Some("fair <1>.txt".to_owned()),
        read_only: None,
        notices: Vec::new(),
        offer: None,
        disputes: None,
        seals: recto::ui::seals::Seals::default(),
        bookmark: None,
        first_opening: false,
        chronicle: recto::log::chronicle::Chronicle::default(),
        playback: None,
        keymap: Keymap::standard(),
        theme: Theme::named("dark").expect("built in"),
        repertoire: Repertoire::Unicode,
        size,
    });
    let kept = desk.log();
    let mut last = String::new();
    for record in &kept.audit.records {
        let Body::Review(event) = &record.body else { continue };
        model.look_at(event);
        model.follow(record.seq, event, format!("#{} ", record.seq)).expect("it fits");
        last = format!("#{}", record.seq);
    }
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a test backend");
    show(&mut terminal, &model);
    let cells = terminal.backend().buffer().content().chunks(usize::from(size.0));
    let rows = cells.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>());
    // What is said of the record is the cast's own.
    rows.map(|row| row.trim_end().to_owned()).filter(|row| !row.contains(&last)).collect()
}

#[test]
pub(crate) fn the_last_picture_is_the_screen_at_the_end() {
    let base: String = (1..60).map(|n| format!("line {n} has teh two words\n")).collect();
    let fair = base.replace("teh", "the").replace("line 7 ", "lime 7 ");
    for size in [(80, 24), (60, 16), (132, 43)] {
        let mut desk = Desk::reviewed(&base, &fair);
        for line in [50, 8, 30] {
            desk.edit_line(line, "something else, written by hand");
        }
        let bytes = desk.with_about(None, |about| cast(about, Show { size, speed: 4.0 }));
        let cast = read(&bytes);
        assert_eq!(cast.header["version"], 3);
        assert_eq!(cast.header["term"], serde_json::json!({"cols": size.0, "rows": size.1}));
        let cells = |cells: u16| std::num::NonZero::new(cells).expect("no screen is empty");
        let mut terminal = vt100::Parser::new(cells(size.1), cells(size.0), 0);
        for (_, code, data) in &cast.events {
            if code == "o" {
                terminal.process(data.as_bytes());
            }
        }
        let shown: Vec<String> =
            terminal.screen().rows(0, size.0).map(|row| row.trim_end().to_owned()).collect();
        let wanted = drawn(&desk, size);
        let said = shown.iter().filter(|row| !wanted.contains(row)).count();
        assert!(said <= 1, "{}\n---\n{}", shown.join("\n"), wanted.join("\n"));
        assert_eq!(shown.len(), usize::from(size.1));
    }
}

/// Returns a program that reads asciicasts of version 3, as asciinema does from its third version on
/// (`cargo install asciinema`); RECTO_ASCIINEMA names one that is not on the way of programs.
fn asciinema() -> Option<Command> {
    let program = std::env::var_os("RECTO_ASCIINEMA").unwrap_or_else(|| "asciinema".into());
    let run = Command::new(&program).arg("--version").output();
    let said = run.map_or(String::new(), |run| String::from_utf8_lossy(&run.stdout).into_owned());
    let version = said.split([' ', '.']).find_map(|word| word.parse::<u32>().ok());
    if version.is_none_or(|version| version < 3) {
        println!("skipped: no asciinema of version 3 here, but {:?}", said.trim());
        return None;
    }
    Some(Command::new(program))
}

#[test]
fn asciinema_reads_every_picture_at_its_time() {
    let work = tempfile::tempdir().expect("a temporary folder");
    for (at, (base, fair)) in ODD.iter().enumerate() {
        let desk = Desk::renewed(base, fair);
        let bytes = desk.with_about(None, |about| cast(about, Show::default()));
        let path = work.path().join(format!("{at}.cast"));
        std::fs::write(&path, &bytes).expect("a file");
        let converted = |format: &str| {
            let run =
                asciinema()?.args(["convert", "-q", "-f", format]).arg(&path).arg("-").output();
            let run = run.expect("asciinema starts");
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            Some(run.stdout)
        };
        let (Some(raw), Some(older)) = (converted("raw"), converted("asciicast-v2")) else {
            return;
        };
        let cast = read(&bytes);
        let outputs = cast.events.iter().filter(|(_, code, _)| code == "o");
        let shown: String = outputs.map(|(_, _, data)| data.as_str()).collect();
        assert_eq!(String::from_utf8(raw).expect("UTF-8"), format!("\u{1b}[8;24;80t{shown}"));
        // The older version counts the seconds from the start.
        let older = read(&older);
        let mut seconds = 0.0;
        assert_eq!(older.events.len(), cast.events.len());
        for (event, old) in cast.events.iter().zip(&older.events) {
            seconds += event.0;
            assert!((seconds - old.0).abs() < 0.001, "{seconds} {old:?}");
            assert_eq!((&event.1, &event.2), (&old.1, &old.2));
        }
    }
}

#[test]
pub(crate) fn every_act_has_its_marker_and_its_time() {
    for (base, fair) in ODD {
        let desk = Desk::reviewed(base, fair);
        let kept = desk.log();
        let acts = kept.audit.records.iter().filter(|it| matches!(it.body, Body::Review(_)));
        let acts: Vec<u64> = acts.map(|it| it.seq).collect();
        let cast = read(&desk.with_about(None, |about| cast(about, Show::default())));
        let markers = cast.events.iter().filter(|(_, code, _)| code == "m");
        let named: Vec<u64> = markers
            .filter_map(|(_, _, what)| what.strip_prefix('#')?.split(' ').next()?.parse().ok())
            .collect();
        assert_eq!(named, acts);
        let head = kept.audit.head.to_string();
        assert!(cast.comments.iter().any(|line| line.contains(&head)), "{:?}", cast.comments);
        // A second a record, as the log has it, and three for the last picture.
        let seconds: f64 = cast.events.iter().map(|(seconds, ..)| seconds).sum();
        let wanted = 0.6 + acts.len().saturating_sub(1) as f64 + 3.0;
        assert!(acts.is_empty() || (seconds - wanted).abs() < 0.01, "{seconds} and not {wanted}");
        let last = cast.events.last().map(|(_, code, data)| (code.as_str(), data.as_str()));
        assert_eq!(last, Some(("x", "0")));
    }
}
