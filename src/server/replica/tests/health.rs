//! Which health digests a room sends, in virtual time.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::{SeatClient, Stage, stage};
use crate::protocol::time::Span;
use crate::server::cadence;
use crate::server::replica::message::RoomMessage;
use crate::wire::message::{Health, HealthDigest, HealthState, ServerMsg};

/// Virtual time in which everything that is due has come.
const LONG: Duration = Duration::from_mins(1);

async fn reports(stage: &Stage, client: &SeatClient, player: HealthState) {
    reports_error(stage, client, player, Span::millis(1)).await;
}

async fn reports_error(stage: &Stage, client: &SeatClient, player: HealthState, error: Span) {
    let health = Health {
        state: player,
        error: Some(error),
        ..Health::default()
    };
    let seat = client.seated.seat;
    stage.send(RoomMessage::Health { seat, health }).await;
}

/// The next digest; `None` if none comes any more.
async fn digest(client: &mut SeatClient) -> Option<HealthDigest> {
    let found = async {
        loop {
            if let ServerMsg::Health(digest) = client.next_message().await {
                return digest;
            }
        }
    };
    timeout(LONG, found).await.ok()
}

#[tokio::test(start_paused = true)]
async fn a_digest_goes_out_when_it_has_changed_and_again_after_ten_seconds() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let cadence = alice.seated.cadence;
    assert_eq!(cadence.between_reports(), Span::seconds(2));
    let begins = Instant::now();
    let mut came = Vec::new();
    for second in 0..40 {
        if second % 2 == 0 {
            let frozen = second >= 30;
            let player = if frozen {
                HealthState::Frozen
            } else {
                HealthState::InStep
            };
            reports(&stage, &alice, player).await;
        }
        let next = timeout(Duration::from_millis(999), digest(&mut alice));
        if let Ok(Some(digest)) = next.await {
            came.push((
                begins.elapsed().as_secs(),
                digest.in_step,
                digest.in_trouble,
            ));
        }
        let until = begins + Duration::from_secs(second + 1);
        tokio::time::sleep_until(until).await;
    }
    assert_eq!(came, [(2, 1, 0), (12, 1, 0), (22, 1, 0), (30, 0, 1)]);
}

#[tokio::test(start_paused = true)]
async fn that_a_player_stalls_freezes_or_fails_is_told_at_once_and_so_is_the_end_of_it() {
    use HealthState::{Buffering, CatchingUp, Failed, Frozen, InStep};
    let stage = stage();
    let alice = stage.join("Alice").await.unwrap();
    let mut bob = stage.join("Bob").await.unwrap();
    reports(&stage, &alice, InStep).await;
    digest(&mut bob).await.unwrap();
    for (player, within) in [
        (Buffering, 0),
        (InStep, 0),
        (Frozen, 0),
        (Buffering, 0),
        (Failed, 0),
        (CatchingUp, 0),
        (InStep, 2_000),
    ] {
        sleep(Duration::from_secs(1)).await;
        let reported = Instant::now();
        reports(&stage, &alice, player).await;
        let told = digest(&mut bob).await.unwrap();
        let of_alice = told.worst.iter().find(|(id, _)| *id == alice.seated.member);
        assert_eq!(of_alice.unwrap().1.state, player);
        assert_eq!(
            reported.elapsed(),
            Duration::from_millis(within),
            "{player:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_crowd_that_stalls_again_and_again_is_told_of_four_times_a_second() {
    let stage = stage();
    let alice = stage.join("Alice").await.unwrap();
    let mut bob = stage.join("Bob").await.unwrap();
    let mut player = HealthState::Buffering;
    let mut came = Vec::new();
    for _ in 0..20 {
        reports(&stage, &alice, player).await;
        reports(&stage, &bob, HealthState::Frozen).await;
        digest(&mut bob).await.unwrap();
        came.push(Instant::now());
        player = match player {
            HealthState::Buffering => HealthState::InStep,
            _ => HealthState::Buffering,
        };
        reports(&stage, &bob, HealthState::InStep).await;
    }
    for pair in came.windows(2) {
        let gap = pair[1].duration_since(pair[0]);
        assert_eq!(gap, Duration::from_millis(250), "{came:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_drift_is_told_as_soon_as_it_differs_from_what_was_told() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let begins = Instant::now();
    let mut told = Vec::new();
    for step in 0..9_u32 {
        let error = Span::millis(4 * i64::from(step));
        reports_error(&stage, &alice, HealthState::InStep, error).await;
        let next = timeout(Duration::from_millis(2_500), digest(&mut alice));
        if let Ok(Some(digest)) = next.await {
            told.push(digest.worst[0].1.error.unwrap().0 / 1_000);
        }
        let until = begins + Duration::from_secs(3) * (step + 1);
        tokio::time::sleep_until(until).await;
    }
    assert_eq!(told, [0, 8, 16, 24, 32], "each time five ms from the last");
}

#[tokio::test(start_paused = true)]
async fn whoever_comes_gets_the_last_digest_at_once() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    reports(&stage, &alice, HealthState::InStep).await;
    assert_eq!(digest(&mut alice).await.unwrap().in_step, 1);
    let came = Instant::now();
    let mut bob = stage.join("Bob").await.unwrap();
    let known = digest(&mut bob).await.unwrap();
    assert_eq!((known.in_step, known.chat_only), (1, 0));
    assert!(came.elapsed() < Duration::from_secs(1));
    let next = digest(&mut bob).await.unwrap();
    assert_eq!((next.in_step, next.chat_only), (1, 1), "with Bob");
}

#[tokio::test(start_paused = true)]
async fn health_is_stale_after_two_and_a_half_times_as_long_as_was_told() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let mut bob = stage.join("Bob").await.unwrap();
    reports(&stage, &alice, HealthState::InStep).await;
    let reported = Instant::now();
    let mut last = digest(&mut bob).await.unwrap();
    assert_eq!(last.in_step, 1);
    while last.in_step > 0 {
        sleep(Duration::from_secs(1)).await;
        reports(&stage, &bob, HealthState::ChatOnly).await;
        last = digest(&mut bob).await.unwrap();
    }
    let counts_for = alice.seated.cadence.stale_after().to_duration();
    let passed = reported.elapsed();
    assert!(
        passed > counts_for && passed < counts_for + Duration::from_secs(3),
        "{passed:?}"
    );
    assert!(digest(&mut alice).await.is_some());
}

#[tokio::test(start_paused = true)]
async fn health_counts_by_the_cadence_that_is_told_last_and_none_is_lost_on_the_way() {
    let stage = stage();
    let alice = stage.join("Alice").await.unwrap();
    let mut bob = stage.join("Bob").await.unwrap();
    reports(&stage, &alice, HealthState::InStep).await;
    let reported = Instant::now();
    let mut in_step = digest(&mut bob).await.unwrap().in_step;
    sleep(Duration::from_secs(3)).await;
    for connections in [10_000, 1, 10_000] {
        let (seat, cadence) = (alice.seated.seat, cadence::at(connections));
        stage.send(RoomMessage::Cadence { seat, cadence }).await;
    }
    let told = Instant::now();
    while in_step > 0 {
        sleep(Duration::from_secs(1)).await;
        reports(&stage, &bob, HealthState::ChatOnly).await;
        in_step = digest(&mut bob).await.unwrap().in_step;
        assert!(in_step > 0 || reported.elapsed() > Duration::from_secs(25));
    }
    assert!(
        told.elapsed() < Duration::from_secs(28),
        "{:?}",
        told.elapsed()
    );
}
