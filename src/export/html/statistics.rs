//! Error rates and the number of fixes by kind and state.

use std::fmt::{self, Write as _};

use crate::collate::fix::Kind;
use crate::export::about::About;
use crate::export::data::state_name;
use crate::export::items::Item;
use crate::measure::rates::{Aside, Rate, Rates, rates};
use crate::review::counts::State;

/// The states in the order of the columns.
const STATES: [State; 5] =
    [State::Open, State::Accepted, State::Rejected, State::Edited, State::Disputed];

type Unit = fn(&Rates) -> Rate;

/// What errors are counted in.
const UNITS: [(&str, Unit); 4] = [
    ("characters (CER)", |it| it.chars),
    ("grapheme clusters", |it| it.graphemes),
    ("words, punctuation aside (WER)", |it| it.words),
    ("words between white space", |it| it.words_whitespace),
];

/// Writes the section.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut String, about: &About<'_>, items: &[Item<'_>]) -> fmt::Result {
    out.push_str("<section id=\"statistics\">\n<h2>Statistics</h2>\n");
    by_kind(out, items)?;
    error_rates(out, about)?;
    out.push_str("</section>\n");
    Ok(())
}

fn by_kind(out: &mut String, items: &[Item<'_>]) -> fmt::Result {
    out.push_str("<table>\n<caption>Fixes by kind and state</caption>\n<thead><tr>");
    out.push_str("<th scope=\"col\">Kind</th>");
    for state in STATES {
        write!(out, "<th scope=\"col\">{}</th>", state_name(state))?;
    }
    out.push_str("<th scope=\"col\">all</th></tr></thead>\n<tbody>\n");
    for kind in Kind::ALL {
        row(out, kind.name(), &|item: &Item<'_>| item.kind == Some(kind), items)?;
    }
    row(out, "all fixes", &|item: &Item<'_>| item.kind.is_some(), items)?;
    row(out, "own changes", &|item: &Item<'_>| item.kind.is_none(), items)?;
    out.push_str("</tbody>\n</table>\n");
    Ok(())
}

fn row(
    out: &mut String,
    name: &str,
    fits: &dyn Fn(&Item<'_>) -> bool,
    items: &[Item<'_>],
) -> fmt::Result {
    let all = items.iter().filter(|item| fits(item)).count();
    if all == 0 && name != "all fixes" {
        return Ok(());
    }
    write!(out, "<tr><th scope=\"row\">{name}</th>")?;
    for state in STATES {
        let count = items.iter().filter(|item| fits(item) && item.state == state).count();
        write!(out, "<td class=\"count\">{count}</td>")?;
    }
    writeln!(out, "<td class=\"count\">{all}</td></tr>")
}

fn error_rates(out: &mut String, about: &About<'_>) -> fmt::Result {
    let base = about.review.base().as_str();
    let stands = about.established();
    let mut columns = Vec::new();
    if let Some(transcript) = about.transcript {
        columns.push((
            "against the corrected text",
            rates(base, transcript.text.as_str(), Aside::default()),
        ));
    }
    let same = about.transcript.is_some_and(|it| it.text.as_str() == stands);
    if !same && stands != base {
        columns.push(("against the text as it stands", rates(base, &stands, Aside::default())));
    }
    out.push_str("<table>\n<caption>Error rates of the OCR: edits, length of the truth, rate");
    out.push_str(if same { "; the text as it stands is the corrected text" } else { "" });
    out.push_str("</caption>\n<thead><tr><th scope=\"col\">Counted in</th>");
    for (name, _) in &columns {
        write!(out, "<th scope=\"col\" colspan=\"3\">{name}</th>")?;
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (name, unit) in UNITS {
        write!(out, "<tr><th scope=\"row\">{name}</th>")?;
        for (_, rates) in &columns {
            let Rate { edits, truth, rate } = unit(rates);
            write!(out, "<td class=\"count\">{edits}</td><td class=\"count\">{truth}</td>")?;
            let rate = rate.map_or_else(|| "none".to_owned(), |it| format!("{:.2} %", it * 100.0));
            write!(out, "<td class=\"count\">{rate}</td>")?;
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    Ok(())
}
