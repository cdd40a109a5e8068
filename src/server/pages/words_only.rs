//! Pages that say why there is nothing to show, and where to go on.

use maud::{Markup, html};

use super::layout::{self, Head};
use super::visit::Visit;
use crate::texts::tr;

/// The page of an address that nobody has.
pub(super) fn not_found(visit: &Visit) -> Markup {
    let language = visit.language;
    let title = tr!(language, "door-nothing-title");
    page(visit, &title, Some(&tr!(language, "door-nothing")))
}

/// The page of a server that shuts down.
pub(super) fn going_down(visit: &Visit) -> Markup {
    page(visit, &tr!(visit.language, "door-going-down"), None)
}

fn page(visit: &Visit, title: &str, why: Option<&str>) -> Markup {
    let head = Head {
        title,
        preview: None,
    };
    layout::document(
        visit,
        &head,
        &html! {
            h1 { (title) }
            @if let Some(why) = why { p.lead { (why) } }
            p { a href=(visit.root) { (tr!(visit.language, "door-nothing-next")) } }
        },
    )
}
