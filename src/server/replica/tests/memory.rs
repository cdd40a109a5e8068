//! What a room at rest takes.

use super::super::Replica;
use super::super::message::Inbox;

/// The bytes that the task of an async function takes.
const fn bytes_of<A, B, C, F>(_: &impl Fn(A, B, C) -> F) -> usize {
    size_of::<F>()
}

/// The bytes of one place in a room's inbox.
const fn bytes_of_a_place<T>(_: fn(tokio::sync::mpsc::Sender<T>)) -> usize {
    size_of::<T>()
}

#[test]
fn a_room_takes_little_memory() {
    let task = bytes_of(&Replica::run);
    assert!(task <= 1_024, "{task}");
    let room = size_of::<Replica>();
    assert!(room <= 3_072, "{room}");
    assert_eq!(bytes_of_a_place(|_: Inbox| {}), size_of::<usize>());
}
