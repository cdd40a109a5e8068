use super::{Arrived, ChangedBy, Echo};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::drift::Speed;

const NOW: LocalTime = LocalTime(1_000_000);

fn speed(factor: f64) -> Speed {
    Speed {
        factor,
        pitch_correction: false,
    }
}

#[test]
fn an_answer_is_ours_and_the_next_is_the_members() {
    let mut echo = Echo::default();
    assert!(echo.order_pause(true, NOW));
    assert_eq!(echo.paused(true), ChangedBy::Ours);
    assert_eq!(echo.paused(false), ChangedBy::Member);
    assert_eq!(echo.paused(false), ChangedBy::Nobody);
}

#[test]
fn what_is_so_already_is_not_ordered() {
    let mut echo = Echo::default();
    assert!(echo.order_pause(true, NOW));
    assert!(!echo.order_pause(true, NOW));
    assert_eq!(echo.paused(true), ChangedBy::Ours);
    assert!(!echo.order_pause(true, NOW));
}

#[test]
fn two_orders_may_be_answered_by_the_last_alone() {
    let mut echo = Echo::default();
    assert!(echo.order_pause(true, NOW));
    assert!(echo.order_pause(false, NOW));
    assert_eq!(echo.paused(false), ChangedBy::Ours);
    assert!(!echo.pause_outstanding());
    assert_eq!(echo.paused(true), ChangedBy::Member);
}

#[test]
fn an_order_without_an_effect_is_forgotten() {
    let mut echo = Echo::default();
    assert!(echo.order_pause(true, NOW));
    let later = echo.next_expiry().unwrap();
    echo.expire(later - Span(1));
    assert!(echo.pause_outstanding());
    echo.expire(later);
    assert!(!echo.pause_outstanding());
    assert_eq!(echo.believed_paused(), Some(true), "it was so already");
    assert_eq!(echo.next_expiry(), None);
}

#[test]
fn one_seek_of_ours_is_one_seek_event() {
    let mut echo = Echo::default();
    echo.order_seek(NOW);
    assert_eq!(echo.seek_began(NOW), ChangedBy::Ours);
    assert_eq!(echo.on_restarted(), Arrived::Ours { sent: NOW });
    assert!(!echo.is_seeking());
    assert_eq!(echo.seek_began(NOW), ChangedBy::Member);
    assert_eq!(echo.on_restarted(), Arrived::Member { began: NOW });
    assert_eq!(echo.on_restarted(), Arrived::Nobody);
}

#[test]
fn of_two_seeks_the_last_counts() {
    let mut echo = Echo::default();
    echo.order_seek(NOW);
    assert_eq!(echo.seek_began(NOW), ChangedBy::Ours);
    assert_eq!(echo.seek_began(NOW), ChangedBy::Member);
    assert_eq!(echo.on_restarted(), Arrived::Member { began: NOW });
}

#[test]
fn a_seek_that_never_began_or_never_ended_is_forgotten() {
    let mut echo = Echo::default();
    echo.order_seek(NOW);
    echo.expire(NOW + Span::seconds(2));
    assert!(!echo.is_seeking());
    echo.order_seek(NOW);
    assert_eq!(echo.seek_began(NOW), ChangedBy::Ours);
    echo.expire(NOW + Span::seconds(149));
    assert!(echo.is_seeking(), "a slow network takes its time");
    echo.expire(NOW + Span::seconds(150));
    assert!(!echo.is_seeking());
}

#[test]
fn a_thawed_player_gets_its_time_to_answer() {
    let mut echo = Echo::default();
    assert!(echo.order_pause(true, NOW));
    let thawed = NOW + Span::seconds(30);
    echo.renew(thawed);
    echo.expire(thawed + Span::seconds(1));
    assert_eq!(echo.paused(true), ChangedBy::Ours);
}

#[test]
fn nudges_never_come_back_as_actions() {
    let mut echo = Echo::default();
    for step in 0..20 {
        let factor = 1.0 + f64::from(step) * 0.002;
        assert!(echo.order_speed(speed(factor), NOW));
    }
    // The player merges changes that come close together.
    for step in [3, 9, 10, 19] {
        let factor = 1.0 + f64::from(step) * 0.002;
        assert_eq!(echo.speed(factor + 1e-6), ChangedBy::Ours);
    }
    assert_eq!(echo.speed(1.038), ChangedBy::Nobody);
    assert_eq!(echo.speed(1.1), ChangedBy::Member);
}

#[test]
fn steps_too_small_to_matter_are_not_ordered() {
    let mut echo = Echo::default();
    assert!(
        echo.order_speed(speed(1.0), NOW),
        "what it was before us is unknown"
    );
    assert!(!echo.order_speed(speed(1.000_1), NOW));
    assert!(echo.order_speed(speed(1.000_3), NOW));
    echo.distrust_speed();
    assert!(echo.order_speed(speed(1.000_3), NOW));
}
