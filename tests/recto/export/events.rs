//! PREMIS: well-formed, complete in itself; it and the edition by their schemas where these are.

use std::path::Path;
use std::process::Command;

use recto::export::established::{Pending, established};

use super::tei::apparatus;
use super::{Desk, ODD, has, json, python};

#[test]
pub(crate) fn a_record_of_events_is_complete_in_itself() {
    let both = |(base, fair): &(&str, &str)| {
        let (once, newer) = (Desk::reviewed(base, fair), Desk::renewed(base, fair));
        [once, newer]
    };
    let cases = ODD.iter().flat_map(both).map(|desk| {
        let texts = [desk.review.base(), desk.review.transcript()];
        let [base, fair] = texts.map(|text| text.as_str().to_owned());
        let stands = established(&desk.review, Pending::Base);
        vec![
            ("export", desk.text("premis", None)),
            ("base", base),
            ("transcript", fair),
            ("established", stands),
        ]
    });
    let cases = json(&cases.collect::<Vec<_>>());
    python(include_str!("../../cases/export/events.py"), &cases);
}

/// The schemas are not ours to pass on: RECTO_SCHEMAS names a folder with `tei_all.rng` (TEI P5)
/// and `premis.xsd` (PREMIS 3.0).
#[test]
pub(crate) fn editions_and_events_follow_their_schemas() {
    let folder = std::env::var_os("RECTO_SCHEMAS");
    let Some(folder) = folder.filter(|_| has("xmllint")) else {
        println!("skipped: RECTO_SCHEMAS names no folder with tei_all.rng and premis.xsd");
        return;
    };
    let work = tempfile::tempdir().expect("a temporary folder");
    for (format, option, schema) in
        [("tei", "--relaxng", "tei_all.rng"), ("premis", "--schema", "premis.xsd")]
    {
        let mut command = Command::new("xmllint");
        command.args(["--noout", option]).arg(Path::new(&folder).join(schema));
        let mut file = |name: String, bytes: &[u8]| {
            let path = work.path().join(name);
            std::fs::write(&path, bytes).expect("a file");
            command.arg(path);
        };
        for (at, (base, fair)) in ODD.iter().enumerate() {
            let desks = [Desk::reviewed(base, fair), Desk::renewed(base, fair)];
            for (newer, desk) in desks.iter().enumerate() {
                for pending in [Pending::Base, Pending::Mark, Pending::Transcript] {
                    let name = format!("{at}-{newer}-{pending:?}.xml");
                    file(name, &desk.export(format, Some(pending)));
                }
            }
            for pending in [Pending::Base, Pending::Mark, Pending::Transcript] {
                if format == "tei" {
                    let (edition, _) = apparatus((base, fair), pending);
                    file(format!("{at}-several-{pending:?}.xml"), edition.as_bytes());
                }
            }
        }
        let run = command.output().expect("xmllint starts");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}
