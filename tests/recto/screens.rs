//! Keys in, screen out: text and styles, at odd sizes too.

mod driver;

use driver::Screen;

fn sample(name: &str, file: &str) -> String {
    let path = format!("{}/sample_docs/{name}/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sample_screen(name: &str, size: (u16, u16)) -> Screen {
    let (base, transcript) = (sample(name, "base.txt"), sample(name, "transcript.txt"));
    let mut setup = driver::setup(&base, &transcript, size);
    setup.document = name.to_owned();
    setup.first_opening = true;
    Screen::open(setup)
}

#[test]
fn peek() {
    for name in ["memo-1963", "scripts", "hostile", "reflow", "early-print"] {
        let mut screen = sample_screen(name, (80, 24));
        println!("{}", screen.text());
        screen.press("j");
        println!("{}", screen.text());
    }
    let mut screen = sample_screen("memo-1963", (80, 24));
    screen.press("naa<Tab>rn:74<Enter>");
    println!("{}", screen.text());
    screen.press("<Tab><Tab>e");
    println!("{}", screen.text());
    screen.press("<Esc>P");
    println!("{}", screen.text());
    screen.press("a");
    println!("{}", screen.text());
    screen.press("<Enter>");
    println!("{}", screen.text());
    screen.press("u");
    println!("{}", screen.text());
    screen.press("<Enter>?");
    println!("{}", screen.text());
    screen.press("<Esc>:39<Enter><Tab>i");
    println!("{}", screen.text());
}
