//! The page's colours: every pair that is used together can be read, in light, dark and print.

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../../assets/review.css");

/// What is written on what.
const PAIRS: &[(&str, &str)] = &[
    ("ink", "paper"),
    ("ink", "band"),
    ("faint", "paper"),
    ("faint", "band"),
    ("gone", "gone-paper"),
    ("come", "come-paper"),
    ("open", "open-paper"),
    ("link", "paper"),
    ("link", "band"),
];

/// Returns the palettes in the order in which the style sheet has them.
fn palettes() -> Vec<BTreeMap<String, [f64; 3]>> {
    let blocks = STYLE.split(":root {").skip(1).filter_map(|block| block.split_once('}'));
    let palettes = blocks.map(|(block, _)| {
        let pairs = block.split(';').filter_map(|it| it.trim().strip_prefix("--")?.split_once(':'));
        pairs.map(|(name, colour)| (name.to_owned(), linear(colour.trim()))).collect()
    });
    palettes.filter(|palette: &BTreeMap<_, _>| !palette.is_empty()).collect()
}

/// Turns `#rrggbb` into linear light.
fn linear(colour: &str) -> [f64; 3] {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("hex")) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    [part(1), part(3), part(5)]
}

/// The contrast of WCAG 2: from 1 to 21.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |[r, g, b]: [f64; 3]| 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_colour_can_be_read_on_its_paper() {
    assert!((contrast(linear("#000000"), linear("#ffffff")) - 21.0).abs() < 0.01);
    assert!((contrast(linear("#777777"), linear("#ffffff")) - 4.48).abs() < 0.01);
    let palettes = palettes();
    assert_eq!(palettes.len(), 3, "light, dark and print");
    for (at, palette) in palettes.iter().enumerate() {
        for &(ink, paper) in PAIRS {
            let found = contrast(palette[ink], palette[paper]);
            assert!(found >= 4.5, "palette {at}: {ink} on {paper} is {found:.2}");
        }
    }
}
