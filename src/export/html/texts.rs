//! Both texts side by side, page by page: what the OCR read, and the text as it stands.

use std::fmt::{self, Write as _};
use std::ops::Range;

use crate::collate::fix::RowId;
use crate::collate::marks::marks;
use crate::export::about::{About, Stamp};
use crate::export::html::escape::{LineEnd, name, text};
use crate::export::items::Item;
use crate::review::counts::State;
use crate::review::event::Noted;
use crate::review::piece::{Piece, Role};

/// Writes the section.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut String, about: &About<'_>, items: &[Item<'_>]) -> fmt::Result {
    out.push_str("<section id=\"texts\">\n<h2>The texts</h2>\n");
    out.push_str(
        "<p>Left what the OCR read, right the text as it stands. <del>In the OCR</del> other than \
         <ins>what stands</ins>; <ins class=\"open\">open</ins>: as the corrected text proposes, \
         not decided; <span class=\"kept\">kept</span>: a proposal was rejected. ¶ is a line end \
         that changes; other characters that cannot be seen are framed.</p>\n",
    );
    let collation = about.review.collation();
    let mut left = items;
    let mut page = 0;
    let mut row = collation.first_row();
    while let Some(id) = row {
        let span = collation.row(id).base;
        let here = about.review.base().page_of(span.start.min(about.review.base().len()));
        // A line put in at the end of a page belongs to the page that it follows.
        if page == 0 || (here != page && !span.is_empty()) {
            out.push_str(if page == 0 { "" } else { "</tbody>\n</table>\n</section>\n" });
            page = here;
            open_page(out, page)?;
        }
        row = collation.next_row(id);
        let next = row.map(|next| collation.row(next).base.start);
        let count = left.iter().take_while(|item| is_in_row(about, item, id, next)).count();
        let (own, rest) = left.split_at(count);
        left = rest;
        write_row(out, about, id, own)?;
    }
    out.push_str(if page == 0 {
        "<p>Both texts are empty.</p>\n"
    } else {
        "</tbody>\n</table>\n</section>\n"
    });
    out.push_str("</section>\n");
    Ok(())
}

/// Says whether an item is told beside this row.
fn is_in_row(about: &About<'_>, item: &Item<'_>, row: RowId, next: Option<usize>) -> bool {
    match item.fix {
        Some(id) => about.review.collation().row_of(id) <= row,
        None => next.is_none_or(|next| item.place.start < next),
    }
}

fn open_page(out: &mut String, page: usize) -> fmt::Result {
    writeln!(out, "<section class=\"page\" id=\"p{page}\">\n<h3>Page {page}</h3>")?;
    writeln!(out, "<table class=\"texts\">\n<caption>Page {page}, line by line</caption>")?;
    out.push_str("<thead><tr><th scope=\"col\">Line</th><th scope=\"col\">OCR</th>");
    out.push_str("<th scope=\"col\">Text as it stands</th>");
    out.push_str("<th scope=\"col\">Fixes</th></tr></thead>\n<tbody>\n");
    Ok(())
}

fn write_row(out: &mut String, about: &About<'_>, id: RowId, items: &[Item<'_>]) -> fmt::Result {
    let review = about.review;
    let span = review.collation().row(id).base;
    let pieces = review.pieces(id);
    let changed = pieces.iter().any(|piece| piece.role != Role::Same);
    out.push_str(if changed { "<tr class=\"changed\">" } else { "<tr>" });
    if span.is_empty() {
        out.push_str("<th scope=\"row\"><span title=\"not in the OCR\">+</span></th>");
    } else {
        let line = review.base().line_of(span.start) + 1;
        write!(out, "<th scope=\"row\" id=\"l{line}\">{line}</th>")?;
    }
    out.push_str("<td class=\"text\" lang=\"\" dir=\"auto\">");
    side(out, about, &pieces, Side::Base)?;
    out.push_str("</td><td class=\"text\" lang=\"\" dir=\"auto\">");
    side(out, about, &pieces, Side::Stands)?;
    out.push_str("</td><td class=\"fixes\">");
    fixes(out, about, &span, items)?;
    out.push_str("</td></tr>\n");
    Ok(())
}

/// Tells which column is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Base,
    Stands,
}

fn side(out: &mut String, about: &About<'_>, pieces: &[Piece], side: Side) -> fmt::Result {
    for (at, piece) in pieces.iter().enumerate() {
        let base = about.review.base().slice(piece.base.clone());
        let this = if side == Side::Base { base } else { &piece.right };
        let last = at + 1 == pieces.len();
        let changed = base != piece.right;
        let Some((open, close)) = tags(piece.role, changed, side).filter(|_| !this.is_empty())
        else {
            text(out, this, if last { LineEnd::Dropped } else { LineEnd::Shown }, &[])?;
            continue;
        };
        out.push_str(open);
        let end = if changed { LineEnd::Shown } else { LineEnd::Dropped };
        text(out, this, end, &strong(base, &piece.right, side))?;
        out.push_str(close);
    }
    Ok(())
}

/// Returns the tags around a piece; none around what is alike on both sides.
fn tags(role: Role, changed: bool, side: Side) -> Option<(&'static str, &'static str)> {
    match (role, side) {
        (Role::Same, _) => None,
        (Role::Fix(_, State::Rejected), Side::Stands) if !changed => {
            Some(("<span class=\"kept\">", "</span>"))
        }
        _ if !changed => None,
        (_, Side::Base) => Some(("<del>", "</del>")),
        (Role::Fix(_, State::Open), Side::Stands) => Some(("<ins class=\"open\">", "</ins>")),
        (_, Side::Stands) => Some(("<ins>", "</ins>")),
    }
}

/// Returns what differs within a piece; nothing where all of it does.
fn strong(base: &str, right: &str, side: Side) -> Vec<Range<usize>> {
    if base == right || base.is_empty() || right.is_empty() {
        return Vec::new();
    }
    let pick = |(base, right)| if side == Side::Base { base } else { right };
    marks(base, right).into_iter().map(pick).collect()
}

fn fixes(
    out: &mut String,
    about: &About<'_>,
    span: &Range<usize>,
    items: &[Item<'_>],
) -> fmt::Result {
    let notes: Vec<(u64, &Noted)> = match span.is_empty() {
        true => Vec::new(),
        false => about.review.notes_in(span.clone()).collect(),
    };
    if items.is_empty() && notes.is_empty() {
        return Ok(());
    }
    out.push_str("<ul>");
    for item in items {
        let sign = match item.state {
            State::Open => "?",
            State::Accepted => "a",
            State::Rejected => "r",
            State::Edited => "e",
            State::Disputed => "!",
        };
        write!(out, "<li>{sign} {}: ", item.state_name())?;
        reading(out, item.base)?;
        if let Some(proposed) = item.proposed {
            out.push_str(" → ");
            reading(out, proposed)?;
        }
        if item.state == State::Edited
            && let Some(stands) = &item.reading
        {
            out.push_str(" → yours ");
            reading(out, &stands.text)?;
        }
        write!(out, ", {}", item.kind_name())?;
        who(out, item.stamp)?;
        out.push_str("</li>");
    }
    for (seq, noted) in notes {
        write!(out, "<li>note, {}: <bdi>{}</bdi>", noted.mark, name(&noted.note))?;
        who(out, about.stamp(seq))?;
        out.push_str("</li>");
    }
    out.push_str("</ul>");
    Ok(())
}

fn who(out: &mut String, stamp: Option<Stamp<'_>>) -> fmt::Result {
    let Some(Stamp { seq, reviewer, .. }) = stamp else { return Ok(()) };
    write!(out, ", <bdi>{}</bdi> <a href=\"#r{seq}\">#{seq}</a>", name(reviewer))
}

/// Writes a reading within a sentence.
pub(crate) fn reading(out: &mut String, reading: &str) -> fmt::Result {
    if reading.is_empty() {
        out.push_str("nothing");
        return Ok(());
    }
    out.push_str("<bdi class=\"reading\" lang=\"\">");
    text(out, reading, LineEnd::Shown, &[])?;
    out.push_str("</bdi>");
    Ok(())
}
