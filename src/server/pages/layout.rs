//! What all pages share: the frame around their content, style and script, and the headers that
//! let a browser run just these.

use std::sync::LazyLock;

use axum::http::{HeaderName, HeaderValue, header};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::visit::Visit;
use crate::texts::tr;

/// The style of all pages, within each of them.
const STYLE: &str = include_str!("door.css");

/// The script of all pages, within each of them. It is the same on every page, so that its hash
/// is.
const SCRIPT: &str = include_str!("door.js");

/// The sign in the browser's tab.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
    viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23b3401f'/%3E%3Cpath \
    d='M6 4.5v7l6-3.5z' fill='%23fff'/%3E%3C/svg%3E";

/// Lets a browser run our script and style, ask this server, and nothing else: no frame may show
/// the page either.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// What a page says in its head.
#[derive(Debug)]
pub(super) struct Head<'a> {
    /// The title of the browser's window.
    pub(super) title: &'a str,
    /// What messengers show of a link to the page; `None` for pages that are not passed on, which
    /// search engines leave out as well.
    pub(super) preview: Option<Preview<'a>>,
}

/// The preview of a page, by the Open Graph protocol.
#[derive(Debug)]
pub(super) struct Preview<'a> {
    /// Its heading.
    pub(super) title: &'a str,
    /// A sentence below it.
    pub(super) description: &'a str,
    /// The page's own address, if it is known.
    pub(super) url: Option<String>,
}

/// The headers of a page.
pub(super) fn headers() -> [(HeaderName, HeaderValue); 6] {
    let fixed = HeaderValue::from_static;
    [
        (header::CONTENT_TYPE, fixed("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, POLICY.clone()),
        // A cache keeps a page for each language, and asks again each time.
        (header::CACHE_CONTROL, fixed("no-cache")),
        (header::VARY, fixed("accept-language")),
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (header::REFERRER_POLICY, fixed("no-referrer")),
    ]
}

/// A whole page around its content.
pub(super) fn document(visit: &Visit, head: &Head<'_>, content: &Markup) -> Markup {
    let language = visit.language;
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (head.title) }
                link rel="icon" href=(ICON);
                @match &head.preview {
                    Some(preview) => { (preview_tags(preview)) }
                    None => { meta name="robots" content="noindex"; }
                }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    a.home href=(visit.root) { "watchtogether" }
                    nav {
                        a href={ (visit.root) "gallery" } { (tr!(language, "door-rooms")) }
                    }
                }
                main { (content) }
                footer {
                    p { (tr!(language, "screen-responsible")) }
                    p { "watchtogether " (env!("CARGO_PKG_VERSION")) }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn preview_tags(preview: &Preview<'_>) -> Markup {
    html! {
        meta name="description" content=(preview.description);
        meta property="og:type" content="website";
        meta property="og:site_name" content="watchtogether";
        meta property="og:title" content=(preview.title);
        meta property="og:description" content=(preview.description);
        @if let Some(url) = &preview.url {
            meta property="og:url" content=(url);
        }
        meta name="twitter:card" content="summary";
    }
}

/// A command line, with a button that copies it where there is a script. `id` is the command's
/// own on its page.
pub(super) fn command(visit: &Visit, id: &str, command: &str) -> Markup {
    let language = visit.language;
    html! {
        div.command.short[!command.contains('\n')] {
            pre tabindex="0" { code id=(id) { (command) } }
            button type="button" hidden data-copy=(id) aria-live="polite"
                data-done=(tr!(language, "door-copied"))
                data-failed=(tr!(language, "door-copy-failed")) {
                (tr!(language, "door-copy"))
            }
        }
    }
}

fn hash(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::{POLICY, SCRIPT, STYLE};

    #[test]
    fn style_and_script_stay_within_their_elements() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</"), "it would end its element");
        }
        for outside in ["http:", "https:", "//cdn", "@import", "url("] {
            assert!(!STYLE.contains(outside), "{outside}");
        }
    }

    #[test]
    fn the_policy_allows_nothing_that_is_inline_but_ours() {
        let policy = POLICY.to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"));
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}
