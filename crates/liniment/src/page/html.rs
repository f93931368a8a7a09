//! A page as HTML: one file, no script, nothing from the network.

use super::document::{Block, Document, Span, is_web};
use crate::evaluate::Truth;
use crate::text::markup::escaped;

const STYLE: &str = "\
:root{color-scheme:light dark;--text:#1c1b1a;--faint:#5f5b57;--back:#fff;--card:#f6f5f3;--line:#d9d5d0;--link:#0b57a4;\
--red:#b3261e;--orange:#a34700;--yellow:#7a5a00;--green:#1e6b2b;--brown:#6b4f43;--blue:#0b57a4}\
@media(prefers-color-scheme:dark){:root{--text:#ece9e6;--faint:#a9a49f;--back:#161514;--card:#211f1e;--line:#3b3836;\
--link:#8ab8f0;--red:#ff8a80;--orange:#ffb074;--yellow:#f2cc60;--green:#86d993;--brown:#cbb0a4;--blue:#8ab8f0}}\
*{box-sizing:border-box}body{margin:0 auto;max-width:46rem;padding:1rem;background:var(--back);color:var(--text);\
font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\
h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0 1rem}h2{font-size:1.2rem;margin:2rem 0 .6rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}\
h3{font-size:1rem;margin:1.2rem 0 .4rem}p{margin:.4rem 0}ul,ol{margin:.3rem 0;padding-left:1.4rem}li{margin:.15rem 0}\
a{color:var(--link)}code{font:.85em ui-monospace,monospace;color:var(--faint)}small{color:var(--faint)}\
article{background:var(--card);border-left:.3rem solid var(--line);border-radius:.3rem;padding:.5rem .8rem;margin:.6rem 0}\
details{margin:.4rem 0}summary{cursor:pointer;padding:.15rem 0}details>:not(summary){margin-left:.2rem}\
aside{border:1px solid var(--line);border-radius:.3rem;padding:.5rem .8rem;margin:.8rem 0}\
.v{font-size:.8rem;font-weight:600;text-transform:uppercase;letter-spacing:.03em}\
.emergency,.urgent{border-color:var(--red)}.avoid{border-color:var(--orange)}.defer{border-color:var(--yellow)}\
.recommend,.optional{border-color:var(--green)}.inferior,.ineffective{border-color:var(--brown)}\
.refer,.out_of_scope,.inform{border-color:var(--blue)}\
.v.emergency,.v.urgent{color:var(--red)}.v.avoid{color:var(--orange)}.v.defer{color:var(--yellow)}\
.v.recommend,.v.optional{color:var(--green)}.v.inferior,.v.ineffective{color:var(--brown)}\
.v.refer,.v.out_of_scope,.v.inform{color:var(--blue)}\
.m{font-weight:700}.m.met{color:var(--green)}.m.unmet{color:var(--red)}.m.open{color:var(--yellow)}\
svg{display:block;width:100%;height:auto;max-width:30rem;margin:.6rem auto}\
@media print{body{max-width:none;padding:0}h2,h3{break-after:avoid}article,aside,svg{break-inside:avoid}svg{max-height:80vh}\
article:has(details[open]){break-inside:auto}details:not([open]),h2:has(+details):not(:has(~details[open])){display:none}}";

pub(super) fn write(document: &Document) -> String {
    let mut page = String::with_capacity(64 * 1024);
    let title = escaped(&document.title);
    page.push_str("<!doctype html>\n<html lang=\"");
    page.push_str(&escaped(&document.language));
    page.push_str(
        "\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>",
    );
    page.push_str(&title);
    page.push_str("</title>\n<style>");
    page.push_str(STYLE);
    page.push_str("</style></head>\n<body>\n<h1>");
    page.push_str(&title);
    page.push_str("</h1>\n");
    blocks(&mut page, &document.blocks);
    page.push_str("</body></html>\n");
    page
}

/// What a notebook shows in a cell: no page of its own, its style confined to it, no higher than a screen.
pub(super) fn write_fragment(document: &Document) -> String {
    let mut fragment = String::with_capacity(64 * 1024);
    fragment.push_str("<div class=\"liniment\" lang=\"");
    fragment.push_str(&escaped(&document.language));
    fragment.push_str("\"><style>.liniment{");
    // Nested rules hold inside the fragment only.
    fragment.push_str(&STYLE.replace(":root{", "&{").replace("body{", "&{"));
    // A notebook has a style of its own for such elements; thrice the class is more than it has.
    fragment
        .push_str("&&& :is(code,h1,h2,h3,p,li){background:none;color:inherit}&&& code{color:var(--faint)}");
    fragment.push_str("&{margin:0;max-height:36rem;overflow:auto;border-radius:.4rem}}</style>\n<h1>");
    fragment.push_str(&escaped(&document.title));
    fragment.push_str("</h1>\n");
    blocks(&mut fragment, &document.blocks);
    fragment.push_str("</div>\n");
    fragment
}

// As deep as the document, which its builder bounds.
fn blocks(page: &mut String, list: &[Block]) {
    for block in list {
        match block {
            Block::Heading(level, text) => {
                page.push_str(&format!("<h{level}>{}</h{level}>\n", escaped(text)));
            }
            Block::Paragraph(spans) => {
                page.push_str("<p>");
                line(page, spans);
                page.push_str("</p>\n");
            }
            Block::List { numbered, items } => {
                let tag = if *numbered { "ol" } else { "ul" };
                page.push_str(&format!("<{tag}>\n"));
                for item in items {
                    page.push_str("<li>");
                    match item.split_first() {
                        // A line alone needs no paragraph around it.
                        Some((Block::Paragraph(spans), rest)) => {
                            line(page, spans);
                            blocks(page, rest);
                        }
                        _ => blocks(page, item),
                    }
                    page.push_str("</li>\n");
                }
                page.push_str(&format!("</{tag}>\n"));
            }
            Block::Fold { summary, body } => {
                page.push_str("<details><summary>");
                line(page, summary);
                page.push_str("</summary>\n");
                blocks(page, body);
                page.push_str("</details>\n");
            }
            Block::Card { verdict, body } => {
                let class = verdict.map_or("none", |verdict| verdict.name());
                page.push_str(&format!("<article class=\"{class}\">\n"));
                blocks(page, body);
                page.push_str("</article>\n");
            }
            Block::Picture { svg, .. } => {
                page.push_str(svg);
                page.push('\n');
            }
            Block::Notice(text) => page.push_str(&format!("<aside>{}</aside>\n", escaped(text))),
        }
    }
}

fn line(page: &mut String, spans: &[Span]) {
    for span in spans {
        match span {
            Span::Plain(text) => page.push_str(&escaped(text)),
            Span::Strong(text) => page.push_str(&format!("<strong>{}</strong>", escaped(text))),
            Span::Faint(text) => page.push_str(&format!("<small>{}</small>", escaped(text))),
            Span::Id(id) => page.push_str(&format!("<code>{}</code>", escaped(id))),
            Span::Verdict(verdict, words) => {
                page.push_str(&format!(
                    "<span class=\"v {}\">{}</span>",
                    verdict.name(),
                    escaped(words)
                ));
            }
            Span::Mark { truth, word, met } => {
                let mark = match truth {
                    Truth::True => "✓",
                    Truth::False => "✗",
                    Truth::Unknown => "?",
                };
                let class = match (met, truth) {
                    (true, _) => "met",
                    (false, Truth::Unknown) => "open",
                    (false, _) => "unmet",
                };
                page.push_str(&format!(
                    "<span class=\"m {class}\" title=\"{0}\" role=\"img\" aria-label=\"{0}\">{mark}</span>",
                    escaped(word)
                ));
            }
            Span::Link { words, address } if is_web(address) => {
                page.push_str(&format!(
                    "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
                    escaped(address),
                    escaped(words)
                ));
            }
            Span::Link { words, address } => {
                page.push_str(&format!("{} ({})", escaped(words), escaped(address)));
            }
        }
    }
}
