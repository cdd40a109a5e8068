//! The page of a room, which its invite link leads to.

use maud::{Markup, html};

use super::layout::{self, Head, Preview};
use super::visit::Visit;
use super::{card, install};
use crate::protocol::ids::RoomId;
use crate::protocol::invite::invite_link;
use crate::protocol::time::Span;
use crate::room::listing::RoomCard;
use crate::texts::door;
use crate::texts::tr;

/// The page of a room. `left` is how long it is still kept if nobody is present.
pub(super) fn page(visit: &Visit, card: &RoomCard, left: Option<Span>) -> Markup {
    let language = visit.language;
    let name = door::name(card);
    let title = tr!(language, "invite-title", room = name);
    let summary = door::summary(language, card);
    let head = Head {
        title: &title,
        preview: Some(Preview {
            title: &title,
            description: &summary,
            url: link(visit, &card.id),
        }),
    };
    let empty = left.map_or_else(
        || tr!(language, "door-room-empty"),
        |left| door::kept(language, left),
    );
    layout::document(
        visit,
        &head,
        &html! {
            article data-card=(card::json(card)) data-room={ (visit.root) "api/rooms/" (card.id) } {
                h1 data-is="name" { (name) }
                p.here {
                    span.good hidden[card.viewers == 0] data-when="watched" {
                        "● " (tr!(language, "door-room-here"))
                    }
                    span hidden[card.viewers > 0] data-when="empty" { (empty) }
                    span.id hidden[card.title.is_none()] data-when="titled" { (card.id) }
                }
                (card::facts(language, card))
            }
            (join(visit, &card.id, None))
            (get(visit))
        },
    )
}

/// The page of a room that does not exist, or is private: nobody can tell which.
pub(super) fn absent(visit: &Visit, room: &RoomId) -> Markup {
    let language = visit.language;
    let title = tr!(language, "door-absent-title", room = room.as_str());
    let head = Head {
        title: &title,
        preview: None,
    };
    layout::document(
        visit,
        &head,
        &html! {
            h1 { (title) }
            p.lead { (tr!(language, "door-absent")) }
            (join(visit, room, Some(&tr!(language, "door-absent-new"))))
            (get(visit))
        },
    )
}

fn link(visit: &Visit, room: &RoomId) -> Option<String> {
    let server = visit.server.as_deref();
    server.map(|server| invite_link(server, room))
}

/// The command that joins. The part of a link after `#` never reaches a server: the script puts it
/// into the command.
/// `bare` is what is true only without it.
fn join(visit: &Visit, room: &RoomId, bare: Option<&str>) -> Markup {
    let language = visit.language;
    let command = door::join_command(visit.server.as_deref(), room);
    html! {
        section.join data-join="join" {
            p { (tr!(language, "invite-before")) }
            (layout::command(visit, "join", &command))
            @if let Some(bare) = bare {
                p data-when="bare" { (bare) }
            }
            p.note data-when="bare" { (tr!(language, "door-token-missing")) }
            p.note hidden data-when="invited" { (tr!(language, "door-token-here")) }
        }
    }
}

fn get(visit: &Visit) -> Markup {
    let language = visit.language;
    html! {
        details {
            summary { (tr!(language, "door-get")) }
            p { (tr!(language, "invite-after")) }
            (install::steps(visit))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{absent, page};
    use crate::protocol::ids::RoomId;
    use crate::protocol::time::Span;
    use crate::room::listing::RoomCard;
    use crate::server::pages::visit;
    use crate::texts::language::Language::{English, Russian};

    fn card(viewers: u32, title: Option<&str>) -> RoomCard {
        serde_json::from_value(serde_json::json!({
            "id": "movie-night", "title": title, "viewers": viewers, "since": 1.0,
            "playing": null
        }))
        .unwrap()
    }

    #[test]
    fn the_page_says_how_to_join_in_the_readers_language() {
        let shown = |language| page(&visit::of(language), &card(2, None), None).into_string();
        let english = shown(English);
        assert!(english.contains("<html lang=\"en\">"), "{english}");
        assert!(english.contains("<title>You're invited to movie-night</title>"));
        let command = "watchtogether join https://watch.example.org/r/movie-night";
        assert!(english.contains(command), "{english}");
        let russian = shown(Russian);
        assert!(russian.contains("<html lang=\"ru\">"), "{russian}");
        assert!(russian.contains("<title>Вас приглашают в комнату movie-night</title>"));
        assert!(russian.contains(command), "{russian}");
    }

    #[test]
    fn a_link_to_the_room_has_a_preview() {
        let html = page(&visit::of(English), &card(2, Some("Кино")), None).into_string();
        for tag in [
            r#"<meta property="og:title" content="You're invited to Кино">"#,
            r#"<meta property="og:url" content="https://watch.example.org/r/movie-night">"#,
            r#"<meta property="og:description" content="2 people are here."#,
        ] {
            assert!(html.contains(tag), "{tag}: {html}");
        }
    }

    #[test]
    fn an_empty_room_says_how_long_it_is_kept() {
        let left = Some(Span::seconds(3 * 24 * 3_600));
        let html = page(&visit::of(English), &card(0, None), left).into_string();
        assert!(html.contains("kept for another 3 days"), "{html}");
    }

    #[test]
    fn nothing_in_a_title_or_an_address_is_markup() {
        let mut visit = visit::of(English);
        visit.server = Some("http://x/\"'&<script>".to_owned());
        let hostile = card(1, Some("\"><script>x</script><i a='"));
        let html = page(&visit, &hostile, None).into_string();
        assert_eq!(html.matches("<script").count(), 1, "ours alone: {html}");
        assert!(!html.contains("<i "), "{html}");
        let room = RoomId::parse("movie-night").unwrap();
        let html = absent(&visit, &room).into_string();
        assert_eq!(html.matches("<script").count(), 1, "ours alone: {html}");
    }
}
