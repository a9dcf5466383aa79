//! Holds the house rules that a reader of the source can check: the floor plan of ARCHITECTURE.md,
//! what each floor may not touch, sizes, heads, and that the documents at the top are true.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

mod source;

use recto::ui::keymap::Keymap;
use source::{Mention, Source};

/// The floors: a module imports only modules of lower floors.
const FLOORS: &[(&str, u8)] = &[
    ("text", 0),
    ("digest", 0),
    ("document", 1),
    ("collate", 1),
    ("review", 2),
    ("formats", 2),
    ("raster", 2),
    ("log", 3),
    ("propose", 4),
    ("measure", 4),
    ("collection", 4),
    ("export", 5),
    ("ui", 6),
    ("shell", 7),
    ("cli", 8),
    ("main", 8),
];

/// Pairs on one floor where the first may import the second, each with its reason.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("collate", "document"), // a collation aligns texts, and a text knows its lines and pages
    ("main", "cli"),         // the program is its command line
];

/// Paths that only floors from the given one on may name.
const FROM_FLOOR: &[(&str, u8)] = &[
    ("std::fs", 7),
    ("std::env", 7),
    ("std::process", 7),
    ("std::thread", 7),
    ("std::net", 7),
    ("std::time", 7),
    ("std::io::stdin", 7),
    ("std::io::stdout", 7),
    ("std::io::stderr", 7),
    ("std::io::Stdin", 7),
    ("std::io::Stdout", 7),
    ("rayon", 7),
    ("rand", 7),
    ("getrandom", 7),
    ("crossterm", 7),
    ("ratatui::crossterm", 7),
    ("rustix", 7),
    ("signal_hook", 7),
    ("etcetera", 7),
    ("jiff::Timestamp::now", 7),
    ("jiff::Zoned::now", 7),
    ("ratatui", 6),
    ("clap", 7),
];

/// Macros that write to the terminal: only floors from the given one on may call them.
const MACROS: &[(&str, u8)] =
    &[("println!", 7), ("print!", 7), ("eprintln!", 7), ("eprint!", 7), ("dbg!", 9)];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the sources of the program; a module's tests in a file of their own are left out.
fn sources() -> Vec<Source> {
    let mut sources = Source::below(root(), "src");
    sources.retain(|source| !source.path.ends_with("_tests.rs"));
    sources
}

fn floor_of(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|&(_, floor)| floor)
}

/// Returns a source's room, the first part of its module path; none for `lib.rs`.
fn room(source: &Source) -> Option<String> {
    source.module().into_iter().next()
}

/// Returns the path from the crate's root that a mention means, or none if it leads out of it.
fn within_crate(source: &Source, mention: &Mention) -> Option<Vec<String>> {
    let own = source.module();
    let ups = mention.segments.iter().take_while(|segment| *segment == "super").count();
    let (base, skip) = match mention.segments[0].as_str() {
        "crate" => (&own[..0], 1),
        "recto" if own == ["main"] => (&own[..0], 1),
        "self" => (&own[..], 1),
        "super" => (&own[..own.len().checked_sub(ups)?], ups),
        _ => return None,
    };
    Some([base, &mention.segments[skip..]].concat())
}

fn report(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n  {}\n", faults.join("\n  "));
}

/// Says what is wrong with a mention by the floor plan, or nothing.
fn floor_fault(source: &Source, mention: &Mention) -> Option<String> {
    let from = room(source)?;
    let to = within_crate(source, mention)?.into_iter().next()?;
    if from == to {
        return None;
    }
    let place = format!("{}:{}: {from} names {to}", source.path, mention.line);
    let Some((own, other)) = floor_of(&from).zip(floor_of(&to)) else {
        return Some(format!("{place}, and one of them has no floor"));
    };
    let neighbours = NEIGHBOURS.contains(&(from.as_str(), to.as_str()));
    (other >= own && !neighbours).then(|| format!("{place}: floor {own} names floor {other}"))
}

#[test]
fn modules_import_only_lower_floors() {
    let mut faults = Vec::new();
    for source in sources() {
        if let Some(room) = room(&source).filter(|room| floor_of(room).is_none()) {
            faults.push(format!("{}: {room} has no floor", source.path));
        }
        let mentions = source.mentions();
        faults.extend(mentions.iter().filter_map(|mention| floor_fault(&source, mention)));
    }
    report("imports against the floor plan", &faults);
}

#[test]
fn lower_floors_do_not_touch_the_world() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some(floor) = room(&source).and_then(|room| floor_of(&room)) else { continue };
        for mention in source.mentions() {
            let path = mention.segments.join("::");
            let below = |name: &str| path == name || path.starts_with(&format!("{name}::"));
            let rule = FROM_FLOOR.iter().find(|&&(name, from)| floor < from && below(name));
            if let Some((name, from)) = rule {
                let line = mention.line;
                faults.push(format!("{}:{line}: {name} below floor {from}", source.path));
            }
        }
        for &(name, from) in MACROS.iter().filter(|&&(_, from)| floor < from) {
            for (at, _) in source.production.match_indices(name) {
                let whole = !source.production[..at].ends_with(|c: char| c.is_alphanumeric());
                if whole {
                    let line = source.line(at);
                    faults.push(format!("{}:{line}: {name} below floor {from}", source.path));
                }
            }
        }
    }
    report("what only higher floors may touch", &faults);
}

/// Ways to make a map with the standard library's random order.
const RANDOM_ORDER: &[&str] = &[
    "HashMap::new(",
    "HashMap::default(",
    "HashMap::from(",
    "HashMap::with_capacity(",
    "HashSet::new(",
    "HashSet::default(",
    "HashSet::from(",
    "HashSet::with_capacity(",
    "RandomState",
    "collect::<Hash",
];

#[test]
fn no_order_comes_from_a_hash() {
    let mut faults = Vec::new();
    for source in sources() {
        let low = room(&source).and_then(|room| floor_of(&room)).is_some_and(|floor| floor < 7);
        let has = |name: &str| source.production.contains(name);
        let uses = has("HashMap") || has("HashSet");
        let fixed = has("_hasher(") && !RANDOM_ORDER.iter().any(|name| has(name));
        if low && uses && !fixed && !source.raw.contains("hash order") {
            faults.push(format!(
                "{}: give the map a fixed hasher, or say why no hash order gets out",
                source.path
            ));
        }
    }
    report("maps without an order", &faults);
}

#[test]
fn files_do_not_import_each_other_in_a_circle() {
    let sources = sources();
    let files: BTreeSet<Vec<String>> = sources.iter().map(Source::module).collect();
    let mut graph = Graph::new();
    for source in &sources {
        let own = source.module();
        let edges = graph.entry(own.clone()).or_default();
        for mention in source.mentions() {
            let Some(target) = named_module(source, &mention, &files) else { continue };
            if target != own && !target.is_empty() {
                edges.insert(target);
            }
        }
    }
    let mut faults = Vec::new();
    for (file, edges) in &graph {
        for edge in edges.iter().filter(|edge| reaches(&graph, edge, file)) {
            faults.push(format!("{} -> {}", file.join("::"), edge.join("::")));
        }
    }
    report("files in an import circle", &faults);
}

/// The imports of each file, by module path.
type Graph = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

/// Says whether following imports leads from one file to another.
fn reaches(graph: &Graph, from: &Vec<String>, to: &Vec<String>) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        if file == to {
            return true;
        }
        if seen.insert(file) {
            next.extend(graph.get(file).into_iter().flatten());
        }
    }
    false
}

/// Returns the file whose module a mention names: the longest path that is a file of the crate.
fn named_module(
    source: &Source,
    mention: &Mention,
    files: &BTreeSet<Vec<String>>,
) -> Option<Vec<String>> {
    let own = source.module();
    let child = [own.as_slice(), &mention.segments[..1]].concat();
    let path = match within_crate(source, mention) {
        Some(path) => path,
        None if files.contains(&child) => [own.as_slice(), &mention.segments].concat(),
        None => return None,
    };
    (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|path| files.contains(path))
}

#[test]
fn imports_have_no_globs_and_are_not_passed_on() {
    let mut faults = Vec::new();
    for source in sources() {
        for mention in source.mentions() {
            if mention.segments.last().is_some_and(|last| last == "*") {
                faults.push(format!("{}:{}: a glob", source.path, mention.line));
            }
        }
        for (at, _) in source.production.match_indices("pub use ") {
            faults.push(format!("{}:{}: a re-export", source.path, source.line(at)));
        }
    }
    report("imports that hide where a thing lives", &faults);
}

#[test]
fn files_and_functions_are_short() {
    let mut faults = Vec::new();
    for source in sources() {
        let tests = source.code.lines().zip(source.production.lines());
        let lines = tests.filter(|(code, left)| code == left).count();
        if lines > 500 {
            faults.push(format!("{}: {lines} lines without tests", source.path));
        }
        for function in source.functions().iter().filter(|function| function.lines.len() > 70) {
            let (name, length) = (&function.name, function.lines.len());
            faults.push(format!("{}: fn {name} has {length} lines", source.path));
        }
    }
    report("longer than 500 lines a file, 70 a function", &faults);
}

#[test]
fn every_file_says_what_it_is() {
    let all = Source::below(root(), "src").into_iter().chain(Source::below(root(), "tests"));
    let bare = |source: &Source| !source.raw.starts_with("//! ") && source.path != "src/main.rs";
    let faults: Vec<String> = all.filter(bare).map(|source| source.path).collect();
    report("files without a //! head", &faults);
}

#[test]
fn nothing_is_left_for_later_and_nothing_unwraps() {
    // Written in parts, so that this file does not find itself.
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["HA", "CK"]].map(|parts| parts.concat());
    let mut faults = Vec::new();
    for source in sources().iter().chain(&Source::below(root(), "tests")) {
        for (number, line) in (1..).zip(source.raw.lines()) {
            if let Some(mark) = marks.iter().find(|mark| line.contains(*mark)) {
                faults.push(format!("{}:{number}: {mark}", source.path));
            }
        }
    }
    for source in sources() {
        for call in [".unwrap()", ".unwrap_err()", "todo!(", "unimplemented!(", "unsafe "] {
            for (at, _) in source.production.match_indices(call) {
                faults.push(format!("{}:{}: {call}", source.path, source.line(at)));
            }
        }
    }
    report("marks for later, and calls that state no invariant", &faults);
}

#[test]
fn the_lock_file_stays_small() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("a lock file is kept");
    let packages = lock.matches("[[package]]").count();
    assert!(packages <= 250, "{packages} packages in Cargo.lock; each one is a decision");
}

fn document(name: &str) -> String {
    let path = root().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Makes the README's tables of keys from the keymap, one for each group of actions.
fn key_tables() -> String {
    let keymap = Keymap::standard();
    let mut tables = String::new();
    let mut group = "";
    for action in keymap.actions() {
        if action.group != group {
            group = &action.group;
            tables.extend(["\n| ", group, " | |\n|---|---|\n"]);
        }
        let keys = keymap.keys(&action.name).join("` `");
        tables.extend(["| `", keys.as_str(), "` | ", action.doc.as_str(), " |\n"]);
    }
    tables + "\n"
}

#[test]
fn the_readme_has_the_keys_of_the_keymap() {
    let readme = document("README.md");
    let shown = readme
        .split_once("a test compares -->\n")
        .and_then(|(_, rest)| rest.split_once("<!-- end of keys -->"))
        .map(|(shown, _)| shown);
    let wanted = key_tables();
    assert!(shown == Some(&wanted), "between the README's two marks belongs:\n{wanted}");
}

#[test]
fn the_architecture_names_every_room_and_its_floor() {
    let text = document("ARCHITECTURE.md");
    let rooms: BTreeSet<String> = sources().iter().filter_map(room).collect();
    for room in rooms.iter().filter(|room| *room != "main") {
        let floor = floor_of(room).expect("another test says so");
        let named = |line: &&str| line.starts_with("| ") && line.contains(&format!("`{room}`"));
        let row = text.lines().find(named);
        let row = row.unwrap_or_else(|| panic!("ARCHITECTURE.md does not name {room}"));
        assert!(row.starts_with(&format!("| {floor} |")), "{room} stands in: {row}");
    }
    for (name, _) in text.split('`').skip(1).step_by(2).filter_map(|name| name.split_once("::")) {
        assert!(rooms.contains(name), "ARCHITECTURE.md names {name}, which is not there");
    }
}

#[test]
fn the_documents_speak_of_this_version() {
    let changes = document("CHANGELOG.md");
    let version = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(changes.contains("## [Unreleased]") || changes.contains(&version));
    let readme = document("README.md");
    for command in ["    cargo run --release -- demo\n", "    cargo test\n"] {
        assert!(readme.contains(command), "the README lacks{command}");
    }
}

mod itself {
    //! The reader of sources has its own cases: a test that sees nothing would pass for ever.

    use super::{floor_fault, source::Source};

    fn paths(code: &str) -> Vec<String> {
        let mentions = Source::of("src/log/x.rs", code).mentions();
        mentions.iter().map(|mention| mention.segments.join("::")).collect()
    }

    #[test]
    fn paths_are_seen_in_trees_and_in_code() {
        assert_eq!(
            paths("use crate::a::{b, c::{d as e, self}, f::*};\nlet x = std::fs::read(y);"),
            [
                "crate::a::b",
                "crate::a::c::d",
                "crate::a::c::self",
                "crate::a::f::*",
                "std::fs::read"
            ]
        );
        assert_eq!(
            paths("// crate::a::b\n/* x::y /* */ z::w */ \"std::fs\" r#\"a::\"b\"# '\"' a::b"),
            ["a::b"]
        );
        assert_eq!(paths("fn f<'a>(x: &'a str) { '\\'' ; b'\"'; crate::x::y() }"), ["crate::x::y"]);
    }

    #[test]
    fn tests_are_not_production() {
        let code =
            "use a::b;\n#[cfg(test)]\nmod tests {\n use c::d;\n fn f() { \"}\"; }\n}\nuse e::f;";
        assert_eq!(paths(code), ["a::b", "e::f"]);
    }

    #[test]
    fn an_upward_and_a_sideways_import_are_faults() {
        let faults = |path: &str, code: &str| {
            let source = Source::of(path, code);
            let mentions = source.mentions();
            mentions.iter().filter(|mention| floor_fault(&source, mention).is_some()).count()
        };
        assert_eq!(faults("src/log/chain.rs", "use crate::{ui::msg::Msg, digest::Digest};"), 1);
        assert_eq!(faults("src/review/event.rs", "use crate::formats::x;"), 1);
        assert_eq!(faults("src/collate/gap.rs", "use crate::document::Text; use super::plan;"), 0);
        assert_eq!(faults("src/document.rs", "use crate::collate::fix::Fix;"), 1);
        assert_eq!(faults("src/text/width.rs", "super::super::log::scan();"), 1);
        assert_eq!(faults("src/main.rs", "recto::cli::run(); recto::nowhere::x();"), 1);
    }

    #[test]
    fn functions_are_measured() {
        let source =
            Source::of("src/x.rs", "fn a(x: [u8; 3]) -> u8 {\n  1\n}\nfn b();\ntype F = fn(u8);");
        let functions = source.functions();
        let found: Vec<_> = functions.iter().map(|f| (f.name.as_str(), f.lines.len())).collect();
        assert_eq!(found, [("a", 3), ("b", 1)]);
    }
}
