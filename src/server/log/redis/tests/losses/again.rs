//! Losses after losses, and nodes that come to one late.

use super::{
    Keeps, Missed, RedisServer, RoomLog, append, append_at, den, end_window, event, events,
    eventually, folded, is_mending, lacks, lost, missed, node, settings, window_held,
};

/// A Redis that loses all at each start, and a node that it lets in only while a test says so.
async fn with_one_kept_out() -> (RedisServer, RoomLog) {
    let kept_out = ["--user", "kept", "off", "nopass", "~*", "&*", "+@all"];
    let redis = RedisServer::with(Keeps::Nothing, &kept_out);
    let_in(&redis);
    let url = format!("{}?user=kept&pass=any", redis.url());
    let log = RoomLog::redis(settings(&url)).await.unwrap();
    (redis, log)
}

/// Lets the node in, until Redis is started again.
fn let_in(redis: &RedisServer) {
    redis.ask("ACL SETUSER kept on");
}

/// Redis loses all, and then all again. A node that is cut off during the first loss has events that
/// were lost by it: it must not win with them at the second, though it has more than the other.
async fn lost_twice(cut_off_writes_first: bool) {
    let (mut redis, two) = with_one_kept_out().await;
    let one = node(&redis).await;
    append(&one, 1, 3, "one").await;
    append_at(&two, 4, 8).await;
    redis.start_again();
    window_held(&redis, &[&one]).await;
    lost(&one, 3).await;
    one.write_back(&folded(&events(1, 3, "one"))).await.unwrap();
    end_window(&redis);
    assert!(matches!(lacks(&one, 3).await, Missed::Events(none) if none.is_empty()));
    append(&one, 4, 5, "one").await;
    redis.start_again();
    let_in(&redis);
    window_held(&redis, &[&one, &two]).await;
    lost(&one, 5).await;
    lost(&two, 8).await;
    let at_one = folded(&events(1, 5, "one"));
    let mut at_two = events(1, 3, "one");
    at_two.extend(events(4, 8, "two"));
    let at_two = folded(&at_two);
    let mut turns = [(&one, &at_one), (&two, &at_two)];
    turns.rotate_left(usize::from(cut_off_writes_first));
    for (log, room) in turns {
        log.write_back(room).await.unwrap();
    }
    end_window(&redis);
    assert!(matches!(lacks(&one, 5).await, Missed::Events(none) if none.is_empty()));
    assert!(matches!(lacks(&two, 8).await, Missed::Room(room) if *room == at_one));
    append(&two, 6, 6, "two").await;
    assert_eq!(missed(&one, 5).await, [event(6, "two")]);
}

#[tokio::test]
async fn what_was_lost_once_does_not_come_back_at_the_next_loss() {
    lost_twice(false).await;
}

#[tokio::test]
async fn what_was_lost_once_gives_way_at_the_next_loss() {
    lost_twice(true).await;
}

#[tokio::test]
async fn of_two_nodes_the_one_that_comes_second_after_a_loss_still_brings_more() {
    let (mut redis, one) = with_one_kept_out().await;
    let two = node(&redis).await;
    append(&one, 1, 5, "one").await;
    let at_two = two.open(&den()).await.unwrap().expect("the room");
    append(&one, 6, 7, "one").await;
    let at_one = folded(&events(1, 7, "one"));
    redis.start_again();
    window_held(&redis, &[&two]).await;
    lost(&two, 5).await;
    two.write_back(&at_two).await.unwrap();
    let_in(&redis);
    eventually("the other is there", async || is_mending(&one)).await;
    lost(&one, 7).await;
    one.write_back(&at_one).await.unwrap();
    end_window(&redis);
    assert!(matches!(lacks(&one, 7).await, Missed::Events(none) if none.is_empty()));
    assert!(matches!(lacks(&two, 5).await, Missed::Room(room) if *room == at_one));
}
