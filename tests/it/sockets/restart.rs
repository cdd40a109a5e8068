//! The server stops and starts again with the same rooms.

use std::collections::BTreeSet;
use std::time::{Duration, Instant, SystemTime};

use futures_util::future::join_all;
use watchtogether::media::Media;
use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::ids::Seq;
use watchtogether::protocol::member::Role;
use watchtogether::protocol::time::Span;
use watchtogether::wire::message::CatchUp;

use super::Server;
use super::client::{Client, chat};

#[tokio::test]
async fn roles_queue_chat_and_media_survive_a_restart() {
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let link = |name: &str| Media::parse(&format!("https://example.org/{name}.mp4")).unwrap();
    let who = MemberRef::Id(bob.you);
    let role = Role::Moderator;
    alice.ask(Command::SetRole { who, role }).await.unwrap();
    alice
        .ask(Command::Play {
            media: link("film"),
        })
        .await
        .unwrap();
    // There are no real players here, so the media must not wait for them.
    alice.ask(Command::Go).await.unwrap();
    bob.ask(Command::Add {
        media: link("next"),
    })
    .await
    .unwrap();
    let chat_rev = bob.ask(chat("popcorn?")).await.unwrap();
    alice.until_room(|room| room.rev >= chat_rev).await;
    let before = alice.room.clone();

    server.restart().await;
    assert_eq!(alice.closed().await, Some(Refused::ShuttingDown));
    let alice = alice.come_back(&server).await;
    assert!(matches!(alice.came_with, CatchUp::State(_)), "another log");
    let mut bob = bob.come_back(&server).await;

    assert_eq!(alice.me().role, Role::Admin);
    assert_eq!(bob.me().role, Role::Moderator);
    assert_eq!(bob.me().name.as_str(), "Bob");
    assert_eq!(bob.room.queue, before.queue);
    assert_eq!(bob.room.chat, before.chat);
    // It is back within a minute, and the media has kept running.
    assert_eq!(bob.room.timeline.playing, before.timeline.playing);
    assert_eq!(bob.room.timeline.segment, before.timeline.segment);
    assert!(bob.room.at >= before.at, "room time never runs backwards");

    // The commands that were answered before are still known.
    bob.send_as(Seq(2), chat("popcorn?")).await;
    assert_eq!(bob.answer(Seq(2)).await, Ok(chat_rev));
    assert_eq!(bob.chat(), ["Bob: popcorn?"]);
}

#[tokio::test]
async fn many_events_and_their_snapshots_come_back_as_the_same_room() {
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    // More events than lie between two snapshots, by members who join and chat.
    for number in 0..30 {
        let mut member = Client::join(&server, "movie-night", &format!("guest {number}")).await;
        for line in 0..8 {
            member.ask(chat(&format!("{number}.{line}"))).await.unwrap();
        }
        member.leave().await;
    }
    alice
        .until_room(|room| room.roster.count == 1 && room.chat.next_id().0 == 241)
        .await;
    let before = alice.room.clone();
    assert!(before.rev.0 > 256, "{}", before.rev);
    server.restart().await;
    let alice = alice.come_back(&server).await;
    assert_eq!(alice.room.chat, before.chat);
    assert_eq!(alice.me().role, Role::Admin);
    assert_eq!(alice.room.roster.next_id(), before.roster.next_id());
}

/// Setting the wall clock of the server's machine does not change any position.
#[tokio::test]
#[cfg(any(target_os = "linux", target_os = "macos"))]
async fn a_wall_clock_that_was_set_moves_no_media_over_a_restart() {
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let media = Media::parse("https://example.org/film.mp4").unwrap();
    alice.ask(Command::Play { media }).await.unwrap();
    alice.ask(Command::Go).await.unwrap();
    let now = SystemTime::now();
    let walls = [
        now + Duration::from_secs(30),
        now - Duration::from_secs(10),
        now + Duration::from_hours(24),
        SystemTime::UNIX_EPOCH,
    ];
    for wall in walls {
        let begun = Instant::now();
        let before = alice.room_time().await;
        let segment = alice.room.timeline.segment;
        server.restart_by(wall).await;
        alice = alice.come_back(&server).await;
        let after = alice.room_time().await;
        assert!(before <= after, "{wall:?}");
        assert!(after - before <= Span::from(begun.elapsed()), "{wall:?}");
        assert_eq!(alice.room.timeline.segment, segment, "{wall:?}");
        assert!(alice.room.timeline.playing.is_some(), "{wall:?}");
    }
}

/// As many as a public film night brings, each with something that was acknowledged.
#[tokio::test]
async fn two_hundred_members_come_back_as_they_were_and_the_film_ran_on() {
    const MEMBERS: usize = 200;
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let media = Media::parse("https://example.org/film.mp4").unwrap();
    alice.ask(Command::Play { media }).await.unwrap();
    alice.ask(Command::Go).await.unwrap();
    let segment = alice.room.timeline.segment;
    let before = alice.room_time().await;
    let names: Vec<String> = (1..MEMBERS)
        .map(|number| format!("guest {number}"))
        .collect();
    let joining = names
        .iter()
        .map(|name| Client::join(&server, "movie-night", name));
    let mut members = vec![alice];
    members.extend(join_all(joining).await);
    let speaking = members
        .iter_mut()
        .enumerate()
        .map(async |(number, member)| {
            let line = chat(&format!("line {number}"));
            let seq = member.send(line.clone()).await;
            let rev = member.answer(seq).await.unwrap();
            (seq, line, rev)
        });
    let said = join_all(speaking).await;

    server.restart().await;
    let returning = members.iter().map(|member| member.come_back(&server));
    let mut back = join_all(returning).await;
    for (member, (seq, line, rev)) in members.iter().zip(&said) {
        let back = back.iter_mut().find(|back| back.you == member.you);
        let back = back.expect("the same member");
        assert_eq!(back.me().name, member.me().name);
        assert_eq!(back.me().role, member.me().role);
        // Whether it was answered is forgotten on the way back: it is sent again.
        back.send_as(*seq, line.clone()).await;
        assert_eq!(back.answer(*seq).await, Ok(*rev));
    }
    let alice = &mut back[0];
    let all = u32::try_from(MEMBERS).unwrap();
    alice.until_room(|room| room.roster.count == all).await;
    let lines: BTreeSet<String> = alice.chat().into_iter().collect();
    assert_eq!((lines.len(), alice.chat().len()), (MEMBERS, MEMBERS));
    assert_eq!(alice.room.timeline.segment, segment, "it ran on");
    assert!(alice.room_time().await > before);
}
