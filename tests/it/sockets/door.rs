//! The pages that a browser opens, and what they keep to themselves.

use ureq::http::Response;
use watchtogether::media::Media;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::member::Visibility;
use watchtogether::protocol::text::Title;
use watchtogether::wire::pages::RoomCard;

use super::Server;
use super::client::{Client, hello, private_hello};

/// An answer to a request with this method and this language.
async fn asked(server: &Server, method: &str, path: &str, language: &str) -> Response<String> {
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("http://{}{path}", server.address))
        .header("accept-language", language)
        .body(())
        .expect("a request");
    tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let answer = agent.run(request).expect("an answer");
        answer.map(|mut body| body.read_to_string().expect("a text"))
    })
    .await
    .expect("the thread ended")
}

async fn get(server: &Server, path: &str) -> Response<String> {
    asked(server, "GET", path, "en").await
}

fn header<'a>(answer: &'a Response<String>, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    value.map_or("", |value| value.to_str().expect("a text"))
}

/// The paths of all that tells of a room.
fn paths_of(room: &str) -> [String; 4] {
    [
        format!("/r/{room}"),
        format!("/r/{room}/"),
        format!("/r/{room}/badge.svg"),
        format!("/api/rooms/{room}"),
    ]
}

#[tokio::test]
async fn the_pages_show_the_live_rooms_in_the_readers_language() {
    let server = Server::start().await;
    let _alice = Client::join(&server, "movie-night", "Alice").await;
    server
        .until_listed("a room", |rooms| rooms.len() == 1)
        .await;
    for path in ["/", "/gallery", "/gallery/"] {
        let page = get(&server, path).await;
        assert_eq!(page.status(), 200, "{path}");
        assert!(page.body().contains("r/movie-night\""), "{}", page.body());
        assert!(page.body().contains("Live rooms"), "{path}");
        let russian = asked(&server, "GET", path, "ru,en;q=0.5").await;
        assert!(russian.body().contains("<html lang=\"ru\">"), "{path}");
        assert!(russian.body().contains("Комнаты онлайн"), "{path}");
    }
    let home = get(&server, "/").await;
    let create = format!(" --server http://{}", server.address);
    // The room that is suggested is nobody's: not this one.
    let own = format!("join movie-night{create}");
    assert!(!home.body().contains(&own), "{}", home.body());
    for words in [create.as_str(), "WSL", "this service hosts nothing"] {
        assert!(home.body().contains(words), "{words}: {}", home.body());
    }
}

#[tokio::test]
async fn a_browser_may_run_nothing_but_our_own_script() {
    let server = Server::start().await;
    for path in ["/", "/gallery", "/r/movie-night", "/nowhere"] {
        let page = get(&server, path).await;
        let policy = header(&page, "content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'sha256-"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(header(&page, "referrer-policy"), "no-referrer");
        assert_eq!(header(&page, "x-content-type-options"), "nosniff");
        assert_eq!(header(&page, "vary"), "accept-language");
        let body = page.body();
        assert_eq!(body.matches("<script").count(), 1, "{path}");
        assert_eq!(body.matches("<style").count(), 1, "{path}");
        for inline in [" onclick", " style=", " src=", "javascript:"] {
            assert!(!body.contains(inline), "{path} has {inline}");
        }
    }
}

#[tokio::test]
async fn the_page_of_a_room_says_what_is_on_and_how_to_join() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let media = Media::parse("https://secret.example.org/film.mp4").expect("media");
    alice.ask(Command::Play { media }).await.expect("it plays");
    let page = get(&server, "/r/movie-night").await;
    assert_eq!(page.status(), 200);
    let command = format!("watchtogether join http://{}/r/movie-night", server.address);
    for words in [
        command.as_str(),
        "Live now",
        "film",
        "Alice",
        "og:title",
        "cargo install",
    ] {
        assert!(page.body().contains(words), "{words}: {}", page.body());
    }
    assert!(
        !page.body().contains("secret.example.org"),
        "links are for members"
    );
    let card = get(&server, "/api/rooms/movie-night").await;
    let card: RoomCard = serde_json::from_str(card.body()).expect("a card");
    assert_eq!((card.id.as_str(), card.viewers), ("movie-night", 1));
    let badge = get(&server, "/r/movie-night/badge.svg").await;
    assert_eq!(header(&badge, "content-type"), "image/svg+xml");
    assert!(header(&badge, "cache-control").contains("max-age=15"));
    assert!(badge.body().contains(">live · 1<"), "{}", badge.body());
}

#[tokio::test]
async fn an_empty_room_says_how_long_it_is_kept() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice.leave().await;
    server.until_listed("no room", <[RoomCard]>::is_empty).await;
    let page = get(&server, "/r/movie-night").await;
    assert_eq!(page.status(), 200);
    assert!(
        page.body().contains("The room is kept for another"),
        "{}",
        page.body()
    );
    let card = get(&server, "/api/rooms/movie-night").await;
    let card: RoomCard = serde_json::from_str(card.body()).expect("a card");
    assert!(
        card.kept_until.is_some_and(|until| until > card.since),
        "{card:?}"
    );
    let badge = get(&server, "/r/movie-night/badge.svg").await;
    assert!(badge.body().contains(">empty<"), "{}", badge.body());
}

#[tokio::test]
async fn an_unlisted_room_is_shown_to_who_knows_its_name() {
    let server = Server::start().await;
    let mut unlisted = hello("hidden-place", "Alice");
    unlisted.create.visibility = Visibility::Unlisted;
    let _alice = Client::enter(&server, unlisted).await.expect("a welcome");
    for path in paths_of("hidden-place") {
        assert_eq!(get(&server, &path).await.status(), 200, "{path}");
    }
    for path in ["/", "/gallery", "/api/rooms"] {
        let page = get(&server, path).await;
        assert!(!page.body().contains("hidden-place"), "{path}");
    }
}

#[tokio::test]
async fn a_private_room_looks_like_one_that_does_not_exist() {
    let server = Server::start().await;
    let mut private = private_hello("our-place", "Alice", Some("popcorn"));
    private.create.title = Title::parse("Secret title").ok();
    let _alice = Client::enter(&server, private).await.expect("a welcome");
    for (private, absent) in paths_of("our-place").iter().zip(paths_of("our-palce")) {
        for language in ["en", "ru"] {
            let private = asked(&server, "GET", private, language).await;
            let absent = asked(&server, "GET", &absent, language).await;
            assert_eq!(private.status(), 404);
            assert_eq!(absent.status(), 404);
            let renamed = private.body().replace("our-place", "our-palce");
            assert_eq!(&renamed, absent.body());
            let headers = |answer: &Response<String>| {
                let mut headers = answer.headers().clone();
                headers.remove("date");
                headers
            };
            assert_eq!(headers(&private), headers(&absent));
        }
    }
    let page = get(&server, "/r/our-place").await;
    // Who was invited finds the way in there.
    assert!(
        page.body().contains("watchtogether join http"),
        "{}",
        page.body()
    );
    assert!(page.body().contains("after a #"), "{}", page.body());
}

#[tokio::test]
async fn an_unknown_path_is_answered_in_words_with_the_way_to_the_start() {
    let server = Server::start().await;
    let hostile = "/%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        "/nowhere",
        "/r/",
        "/r/Movie",
        "/r/a",
        "/r/%3Cscript%3E",
        "/r/%FF",
        "/r/a/b/c",
        hostile,
    ] {
        let page = get(&server, path).await;
        assert_eq!(page.status(), 404, "{path}");
        assert!(
            page.body().contains("There's nothing here"),
            "{path}: {}",
            page.body()
        );
        let up = "../".repeat(path.matches('/').count() - 1);
        let home = if up.is_empty() { "./".to_owned() } else { up };
        let way = format!("<a href=\"{home}\">Go to the start page</a>");
        assert!(page.body().contains(&way), "{path}: {}", page.body());
        assert_eq!(page.body().matches("<script").count(), 1, "{path}");
    }
    let api = get(&server, "/api/nothing").await;
    assert_eq!(api.status(), 404);
    assert!(
        api.body().contains(r#""code":"no_such_page""#),
        "{}",
        api.body()
    );
    let room = get(&server, "/api/rooms/Not%20A%20Room").await;
    assert_eq!(room.status(), 404);
    assert!(
        room.body().contains(r#""code":"no_such_room""#),
        "{}",
        room.body()
    );
}

#[tokio::test]
async fn head_is_answered_as_get_without_the_body() {
    let server = Server::start().await;
    for path in [
        "/",
        "/gallery",
        "/r/movie-night",
        "/api/rooms",
        "/r/movie-night/badge.svg",
    ] {
        let get = get(&server, path).await;
        let head = asked(&server, "HEAD", path, "en").await;
        assert_eq!(head.status(), get.status(), "{path}");
        assert_eq!(header(&head, "content-type"), header(&get, "content-type"));
        assert_eq!(head.body(), "", "{path}");
    }
    let feed = asked(&server, "HEAD", "/api/gallery/events", "en").await;
    assert_eq!(header(&feed, "content-type"), "text/event-stream");
}
