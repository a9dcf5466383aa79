//! What tells reviews apart that have one name on the start screen: a folder, a reviewer.

use std::path::{Path, absolute};

use crate::export::about::document_name;
use crate::shell::recent::Recent;
use crate::shell::sources::LOG_ENDING;

/// Folders above a file that are looked at.
const FOLDERS: usize = 6;

/// Returns for each review what tells it from others of its name; empty where it has none.
///
/// That is as little as will do: of several reviewers' logs over one text who wrote each, of texts
/// in several folders the folder.
#[must_use]
pub fn told_apart(recents: &[Recent]) -> Vec<String> {
    let titles: Vec<String> = recents.iter().map(Recent::title).collect();
    let traits: Vec<Vec<String>> = recents.iter().map(traits).collect();
    let label = |at: usize| {
        let of_name = || (0..recents.len()).filter(|&other| titles[other] == titles[at]);
        let mut taken: Vec<usize> = Vec::new();
        for index in 0..traits[at].len() {
            let same = |other: usize| taken.iter().all(|&it| traits[other][it] == traits[at][it]);
            if of_name().filter(|&other| same(other)).count() < 2 {
                break;
            }
            if of_name().any(|other| traits[other][index] != traits[at][index]) {
                taken.push(index);
            }
        }
        let told = taken.iter().map(|&index| traits[at][index].as_str());
        told.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    };
    (0..recents.len()).map(label).collect()
}

/// Returns what may tell a review from another, what people would look at first in front.
fn traits(recent: &Recent) -> Vec<String> {
    let base = recent.base_file();
    let mut traits = folders(&base);
    traits.push(whose(recent));
    traits.extend(folders(&recent.log));
    traits
}

/// Returns the names of the folders that a file is in, the nearest first.
fn folders(file: &Path) -> Vec<String> {
    let path = absolute(file).unwrap_or_default();
    let above = path.ancestors().skip(1).map(|folder| folder.file_name().unwrap_or_default());
    let above = above.map(|name| name.to_string_lossy().into_owned());
    above.chain(std::iter::repeat(String::new())).take(FOLDERS).collect()
}

/// Returns the reviewer whom the log's name tells of, else that name.
fn whose(recent: &Recent) -> String {
    let name = recent.log.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(LOG_ENDING).unwrap_or(&name);
    let stem = document_name(&recent.base);
    let reviewer = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.'));
    reviewer.unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(logs: &[(&str, &str)]) -> Vec<String> {
        let recents: Vec<Recent> = logs
            .iter()
            .map(|(base, log)| {
                let name = Path::new(base).file_name().expect("a file").to_string_lossy();
                serde_json::from_value(serde_json::json!({
                    "log": log, "base": name, "base_path": base, "base_sha256": "",
                    "transcript": null, "decided": 0, "total": 0, "signed": false, "bytes": 0,
                    "time": "",
                }))
                .expect("what is remembered")
            })
            .collect();
        told_apart(&recents)
    }

    #[test]
    fn as_little_is_told_as_will_do() {
        // One log a text: nothing, whatever the folders.
        assert_eq!(
            labels(&[
                ("/a/memo/raw.txt", "/a/memo/raw.mk.recto.jsonl"),
                ("/a/letter.txt", "/a/letter.mk.recto.jsonl"),
            ]),
            ["", ""]
        );
        // Several reviewers; a log with a name of its own.
        assert_eq!(
            labels(&[
                ("/a/letter.txt", "/a/letter.mk.recto.jsonl"),
                ("/a/letter.txt", "/a/letter.ab-2.recto.jsonl"),
                ("/a/letter.txt", "/b/mine.jsonl"),
                ("/a/other.txt", "/a/other.mk.recto.jsonl"),
            ]),
            ["mk", "ab-2", "mine.jsonl", ""]
        );
        // Texts of one name, and of one name in folders of one name.
        assert_eq!(
            labels(&[
                ("/a/x/raw.txt", "/a/x/raw.mk.recto.jsonl"),
                ("/b/x/raw.txt", "/b/x/raw.mk.recto.jsonl"),
            ]),
            ["a", "b"]
        );
        assert_eq!(
            labels(&[
                ("/a/letter.txt", "/a/letter.mk.recto.jsonl"),
                ("/b/letter.txt", "/b/letter.mk.recto.jsonl"),
                ("/b/letter.txt", "/b/letter.ab.recto.jsonl"),
            ]),
            ["a", "b, mk", "b, ab"]
        );
        // The same names of logs too.
        assert_eq!(
            labels(&[
                ("/a/letter.txt", "/a/letter.mk.recto.jsonl"),
                ("/a/letter.txt", "/b/letter.mk.recto.jsonl"),
            ]),
            ["a", "b"]
        );
    }
}
