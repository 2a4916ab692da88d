//! The pages in a browser: that they can be read, pointed at and used without a pointer, at the width
//! of a desk and of a phone, in light and in dark, and that no article can make them do anything.
//!
//! They need Chromium, and are run by `cargo xtask browser`, which leaves pictures of the pages in
//! `target/tmp/pages`.

#![expect(clippy::expect_used, clippy::panic, reason = "what a test stands on may fail it")]

mod chromium;
#[expect(dead_code, reason = "other tests look at what is printed")]
#[path = "program.rs"]
mod program;

use chromium::{Browser, DESK, PHONE, Screen};
use program::{at, folder, good, jsonl, lines};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ARTICLE: &str = include_str!("../examples/articles/lake-ferry.txt");

/// The least contrast of text that the Web Content Accessibility Guidelines ask for (level AA).
const CONTRAST: f64 = 4.5;

/// Tells the contrast of the text of an element with what is behind it. Colours come from the
/// browser in many notations, so a canvas tells what they are.
const CONTRAST_OF: &str = "
    const context = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
    const over = (color, below) => {
        context.fillStyle = `rgb(${below})`; context.fillRect(0, 0, 1, 1);
        context.fillStyle = color; context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const behind = element => {
        const below = element.parentElement ? behind(element.parentElement) : [255, 255, 255];
        return over(getComputedStyle(element).backgroundColor, below);
    };
    const light = color => {
        const [r, g, b] = color.map(part => part / 255)
            .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const contrast = element => {
        const ground = behind(element);
        const lights = [light(over(getComputedStyle(element).color, ground)), light(ground)];
        return (Math.max(...lights) + .05) / (Math.min(...lights) + .05);
    };
";

fn article() -> TempDir {
    folder(&[("lake-ferry.txt", ARTICLE.as_bytes())])
}

/// The page of the article and the record of it.
fn page(folder: &TempDir) -> (String, Value) {
    let (input, page) = (at(folder, "lake-ferry.txt"), at(folder, "page.html"));
    assert_eq!(good(&["view", &input, "-o", &page], ""), "");
    let record = lines(&good(&["parse", &input], "")).remove(0);
    (page, record)
}

/// Checks what must hold of every page on every screen.
fn check(browser: &mut Browser, screen: Screen) {
    let width = browser.value("document.documentElement.scrollWidth");
    assert_eq!(width, screen.width, "nothing is wider than the screen");
    let ratios = browser.value(&format!(
        "(() => {{ {CONTRAST_OF} \
         const shown = [...document.querySelectorAll('main *')].filter(element => \
             element.checkVisibility() && !element.closest('svg') && element.tagName !== 'INPUT' && \
             [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())); \
         return shown.map(element => [contrast(element), getComputedStyle(element).color, \
             behind(element), element.outerHTML.slice(0, 90)]); }})()"
    ));
    let ratios = ratios.as_array().expect("a list");
    assert!(ratios.len() > 10, "most of the page is text");
    for ratio in ratios {
        assert!(ratio[0].as_f64().expect("a number") >= CONTRAST, "{screen:?}: {ratio}");
    }
    let size = browser.value(
        "Math.min(...[...document.querySelectorAll('article p, aside li')]\
         .map(element => parseFloat(getComputedStyle(element).fontSize)))",
    );
    assert!(size.is_null() || size.as_f64() >= Some(13.0), "{size} pixels");
}

#[test]
#[ignore = "needs Chromium; run `cargo xtask browser`"]
fn a_page_is_legible_on_every_screen() {
    let folder = article();
    let (page, record) = page(&folder);
    let quotes = record["quotes"].as_array().expect("a list").len();
    let entities = record["entities"].as_array().expect("a list").len();
    let mut browser = Browser::start();
    for screen in [DESK, PHONE] {
        for dark in [false, true] {
            let screen = Screen { dark, ..screen };
            browser.open(Path::new(&page), screen);
            check(&mut browser, screen);
            let marks = browser.value("document.querySelectorAll('a.quote[id]').length");
            assert_eq!(marks, quotes, "each quote has its mark");
            let marks = browser.value("document.querySelectorAll('mark').length");
            assert!(marks.as_u64() >= u64::try_from(entities).ok(), "{marks}, {entities}");
            let below = browser.value(
                "document.querySelector('aside').getBoundingClientRect().top >= \
                 document.querySelector('article').getBoundingClientRect().bottom",
            );
            assert_eq!(below, screen.phone, "the list stands beside the text where there is room");
            let (kind, tone) = (["desk", "phone"], ["light", "dark"]);
            let name = [kind[usize::from(screen.phone)], tone[usize::from(dark)]].join("-");
            browser.picture(&format!("view-{name}"));
        }
    }
}

/// What the note beside the quote that `selector` finds says.
fn note(browser: &mut Browser, selector: &str) -> String {
    let shown = browser.value(&format!(
        "getComputedStyle(document.querySelector({}), '::after').content",
        json!(selector)
    ));
    shown.as_str().expect("text").to_owned()
}

#[test]
#[ignore = "needs Chromium; run `cargo xtask browser`"]
fn a_pointer_on_a_quote_tells_who_and_why() {
    let folder = article();
    let (page, record) = page(&folder);
    let quotes = record["quotes"].as_array().expect("a list");
    let said = |quote: &&Value| quote["speakers"][0]["name"] == "Beatrice Akoth Odera";
    let quote = quotes.iter().find(said).expect("she speaks");
    let (id, evidence) = (quote["id"].to_string(), quote["evidence"].as_str().expect("text"));
    let sure = format!("{:.0} % sure", quote["confidence"].as_f64().expect("a number") * 100.0);
    let mut browser = Browser::start();
    browser.open(Path::new(&page), DESK);
    let mark = format!("a.quote[id$='-q{id}']");
    assert_eq!(note(&mut browser, &mark), "none");
    browser.point(&mark);
    let shown = note(&mut browser, &mark);
    for part in ["Beatrice Akoth Odera", "told", "direct", &sure, evidence] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    browser.picture("view-desk-hover");

    // A screen reader is told the same of the link, and finds its way by landmarks.
    let tree = browser.call("Accessibility.getFullAXTree", &json!({}));
    let nodes = tree["nodes"].as_array().expect("a list");
    let told = |node: &&Value| {
        let said = node["description"]["value"].as_str().unwrap_or_default();
        node["role"]["value"] == "link" && said.contains(evidence) && said.contains(&sure)
    };
    assert!(nodes.iter().any(|node| told(&node)), "a link is described");
    let roles: BTreeSet<_> =
        nodes.iter().filter_map(|node| node["role"]["value"].as_str()).collect();
    for role in ["main", "article", "complementary", "navigation", "radio", "mark", "heading"] {
        assert!(roles.contains(role), "{role}: {roles:?}");
    }
    let group = nodes.iter().find(|node| node["role"]["value"] == "group").expect("a group");
    assert_eq!(group["name"]["value"], "Show the words of");
}

/// Presses Tab until what has the focus satisfies a condition.
fn tab_to(browser: &mut Browser, condition: &str) {
    for _ in 0..100 {
        browser.press("Tab");
        if browser.value(&format!("document.activeElement.matches({})", json!(condition))) == true {
            return;
        }
    }
    panic!("{condition} cannot be reached by the keyboard");
}

#[test]
#[ignore = "needs Chromium; run `cargo xtask browser`"]
fn the_keyboard_is_enough() {
    let folder = article();
    let (page, _) = page(&folder);
    let mut browser = Browser::start();
    browser.open(Path::new(&page), DESK);
    browser.press("Tab");
    let skip = "document.activeElement.matches('a.skip')";
    assert_eq!(browser.value(skip), true, "the first stop leads over the text");
    browser.picture("view-desk-skip");

    // The filter: the first choice is everyone, the next the one quoted most.
    tab_to(&mut browser, ".filter input");
    let sections = "[...document.querySelectorAll('aside section')]\
                    .filter(section => section.checkVisibility()).length";
    let all = browser.value(sections).as_u64().expect("a number");
    assert!(all > 5, "{all} speakers");
    browser.press("ArrowRight");
    assert_eq!(browser.value(sections), 1, "one of them is chosen");
    let chosen = "document.querySelector('.filter input:checked + label').firstChild.data.trim()";
    let heading = "[...document.querySelectorAll('aside section')]\
                   .find(section => section.checkVisibility()).querySelector('h3')\
                   .firstChild.data.trim()";
    assert_eq!(browser.value(chosen), browser.value(heading));
    let lines = "[...document.querySelectorAll('a.quote')].filter(quote => \
                 getComputedStyle(quote).textDecorationLine === 'underline')\
                 .every(quote => quote.matches('.v0'))";
    assert_eq!(browser.value(lines), true, "only the words of the one chosen are marked");
    browser.picture("view-desk-filter");
    browser.press("ArrowLeft");
    assert_eq!(browser.value(sections), all);

    // A quote: its note on arrival, its line in the list by Enter, and back to the text.
    tab_to(&mut browser, "a.quote");
    assert_ne!(note(&mut browser, "a.quote:focus"), "none");
    browser.press("Enter");
    browser.settle();
    let there = "document.activeElement.matches('aside li:target')";
    assert_eq!(browser.value(there), true);
    tab_to(&mut browser, "aside li a");
    browser.press("Enter");
    browser.settle();
    assert_eq!(browser.value("document.activeElement.matches('a.quote:target')"), true);
}

#[test]
#[ignore = "needs Chromium; run `cargo xtask browser`"]
fn a_tap_shows_the_quote_over_the_text() {
    let folder = article();
    let (page, record) = page(&folder);
    let evidence = record["quotes"][1]["evidence"].as_str().expect("text");
    let mut browser = Browser::start();
    browser.open(Path::new(&page), PHONE);
    browser.tap("a.quote[id$='-q1']");
    let line = "document.querySelector('aside li:target')";
    let place = browser.value(&format!(
        "(() => {{ const box = {line}.getBoundingClientRect(); \
         return [box.left, box.right, box.bottom, getComputedStyle({line}).position]; }})()"
    ));
    assert_eq!(place, json!([0, PHONE.width, PHONE.height, "fixed"]), "at the foot of the screen");
    let shown = browser.value(&format!("{line}.innerText"));
    let shown = shown.as_str().expect("text");
    for part in [record["quotes"][1]["speakers"][0]["name"].as_str().expect("a name"), evidence] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    browser.picture("view-phone-tap");
    browser.tap("aside li:target .close");
    assert_eq!(browser.value(line), Value::Null, "it is gone");
    let seen = "(() => { const box = document.querySelector('a.quote:target')\
                .getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; })()";
    assert_eq!(browser.value(seen), true, "the quote is in view");
}

/// Text that tries to be more than text.
const ATTACKS: [&str; 12] = [
    "<script>window.pwned = 1; alert(1)</script>",
    "<img src=x onerror=\"window.pwned = 2\"><svg onload=\"window.pwned = 3\">",
    "\" onmouseover=\"window.pwned = 4\" autofocus onfocus=\"window.pwned = 5\" x=\"",
    "' onmouseover='window.pwned = 6' x='",
    "</style><script>window.pwned = 7</script><style>",
    "</title></head><body onload=\"window.pwned = 8\">",
    "<a href=\"javascript:window.pwned = 9\">javascript:window.pwned = 10</a>",
    "--><script>window.pwned = 11</script><!--",
    "<iframe src=\"https://example.org/\"></iframe><link rel=stylesheet href=//example.org/a.css>",
    "<meta http-equiv=refresh content=\"0;url=https://example.org/\"><base href=//example.org/>",
    "\u{202E}gnp.exe\u{202C} \u{2066}x\u{0} \u{FFFE}\u{1b}[31m</bdi></li></aside></main>",
    "&lt;script&gt;window.pwned = 12&lt;/script&gt; &#60;script&#62; {{7*7}} ${window.pwned = 13}",
];

/// Articles whose text, names, titles and ids are attacks.
fn hostile() -> Vec<Value> {
    let articles = ATTACKS.iter().enumerate().map(|(number, attack)| {
        let text = format!(
            "{attack}\n\nRain fell on {attack} on Monday. “{attack} will hold,” said Ann {attack} \
             Lee, the mayor of {attack}. Bo Ek of {attack} Ltd denied that “{attack}” was $5.\n"
        );
        json!({"id": format!("{number} {attack}"), "title": attack, "text": text})
    });
    articles.collect()
}

/// Opens a page, does to it all that a reader could, and makes sure that nothing came of it.
fn nothing_happens(browser: &mut Browser, path: &Path) {
    browser.open(path, DESK);
    let shown = path.display();
    browser.value(
        "(() => { for (const element of document.querySelectorAll('main *')) { \
             for (const kind of ['mouseover', 'focus', 'load', 'error']) \
                 element.dispatchEvent(new Event(kind)); \
             if (element.matches('a[href^=\"#\"]')) element.click(); } })()",
    );
    browser.settle();
    assert_eq!(browser.value("typeof window.pwned"), "undefined", "{shown}");
    assert_eq!(browser.dialogs, [""; 0], "{shown}");
    let file = format!("file://{shown}");
    let own = |url: &String| url.split('#').next() == Some(&file);
    assert!(browser.requests.iter().all(own), "{shown}: {:?}", browser.requests);
    let here = browser.value("location.href.split('#')[0]");
    assert_eq!(here, file, "it is still the page");
    let foreign = browser.value(
        "[...document.querySelectorAll('script, img, iframe, link, base, object, embed, form, svg *, \
         [onload], [onerror], [onmouseover], [onfocus], [autofocus]')]\
         .filter(element => element.tagName !== 'rect').length",
    );
    assert_eq!(foreign, 0, "{shown}");
    let links = browser.value(
        "[...document.querySelectorAll('a')].map(link => link.getAttribute('href'))\
         .filter(href => !/^(#d[0-9a-f]{16}-|[^:]*\\.html$)/.test(href))",
    );
    assert_eq!(links, json!([]), "links lead into the page and to its neighbours only");
}

#[test]
#[ignore = "needs Chromium; run `cargo xtask browser`"]
fn nothing_in_an_article_runs_or_fetches() {
    let folder = folder(&[("hostile.jsonl", jsonl(&hostile()).as_bytes())]);
    let input = at(&folder, "hostile.jsonl");
    let mut browser = Browser::start();

    // What would be seen, if it happened.
    let control = folder.path().join("control.html");
    let bad = "<script>window.pwned = 1; alert('seen')</script><img src=https://example.org/x.png>";
    fs::write(&control, bad).expect("a file");
    browser.open(&control, DESK);
    assert_eq!(browser.value("window.pwned"), 1);
    assert_eq!(browser.dialogs, ["seen"]);
    assert!(browser.requests.iter().any(|url| url == "https://example.org/x.png"));

    // Even a script that got through would be kept from running by the page's policy.
    let page = at(&folder, "page.html");
    assert_eq!(good(&["view", &input, "-o", &page], ""), "");
    let through = fs::read_to_string(&page).expect("written");
    let through = through.replace("</main>", &format!("{bad}</main>"));
    fs::write(&control, through).expect("a file");
    browser.open(&control, DESK);
    assert_eq!(browser.value("document.querySelectorAll('script').length"), 1, "it is there");
    assert_eq!(browser.value("typeof window.pwned"), "undefined");
    assert_eq!(browser.dialogs, [""; 0]);

    nothing_happens(&mut browser, Path::new(&page));
    browser.picture("hostile");
    for attack in &ATTACKS[..9] {
        let found = browser.value(&format!(
            "document.querySelector('main').textContent.includes({})",
            json!(attack)
        ));
        assert_eq!(found, true, "it stands there as text: {attack}");
    }
    let pages = at(&folder, "pages/");
    assert_eq!(good(&["view", &input, "-o", &pages], ""), "");
    let mut files = 0;
    for entry in fs::read_dir(&pages).expect("a folder") {
        nothing_happens(&mut browser, &entry.expect("an entry").path());
        files += 1;
    }
    assert_eq!(files, ATTACKS.len() + 1, "a page for each and the index");

    let records = good(&["parse", &input], "");
    let counts = at(&folder, "counts.html");
    assert_eq!(good(&["stats", "-", "-o", &counts], &records), "");
    nothing_happens(&mut browser, Path::new(&counts));
}

#[test]
#[ignore = "needs Chromium; run `cargo xtask browser`"]
fn an_index_and_counts_have_the_same_look() {
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles");
    let folder = folder(&[]);
    let pages = at(&folder, "pages/");
    assert_eq!(good(&["view", articles, "-o", &pages], ""), "");
    let counts = at(&folder, "counts.html");
    let records = good(&["parse", articles], "");
    assert_eq!(good(&["stats", "-", "-o", &counts], &records), "");
    let index = Path::new(&pages).join("index.html");
    let mut browser = Browser::start();
    for (path, name) in [(index.as_path(), "index"), (Path::new(&counts), "stats")] {
        for screen in [DESK, PHONE, Screen { dark: true, ..DESK }] {
            browser.open(path, screen);
            check(&mut browser, screen);
            let kind = ["desk", "phone"][usize::from(screen.phone)];
            let tone = ["light", "dark"][usize::from(screen.dark)];
            browser.picture(&format!("{name}-{kind}-{tone}"));
        }
    }
    let bars = "[...document.querySelectorAll('svg rect')]\
                .map(bar => bar.getBoundingClientRect().width)";
    let bars = browser.value(bars);
    let widths: Vec<_> =
        bars.as_array().expect("a list").iter().filter_map(Value::as_f64).collect();
    assert!(widths.len() > 20 && widths.iter().all(|width| *width > 0.0), "{widths:?}");
    browser.open(&index, DESK);
    let links = browser.value("document.querySelectorAll('tbody a').length");
    assert_eq!(links, lines(&records).len());
    browser.follow("tbody a");
    let back = browser.value("document.querySelector('nav a').getAttribute('href')");
    assert_eq!(back, "index.html");
}
