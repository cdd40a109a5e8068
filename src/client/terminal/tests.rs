//! What a panic does to the terminal.

use std::thread;

use super::device::tests::Pty;
use super::{give_back_on_panic, thread_panicked};
use crate::player::READER_THREAD;

/// The hook is the process's own, so all of this is one test.
#[tokio::test]
async fn any_thread_that_breaks_gives_the_terminal_back_but_not_the_players_reader() {
    let pty = Pty::open();
    let device = pty.taken();
    let break_thread = |name: &str| {
        let builder = thread::Builder::new().name(name.to_owned());
        let thread = builder.spawn(|| panic!("on purpose")).unwrap();
        assert!(thread.join().is_err());
    };
    give_back_on_panic(device.clone());
    break_thread(READER_THREAD);
    device.write_picture(b"still ours").unwrap();
    assert_eq!(
        pty.read_to("still ours"),
        "still ours",
        "that one is expected, and caught"
    );
    break_thread("some-thread");
    thread_panicked().await;
    device.write_picture(b"not any more").unwrap();
    device.print("the end");
    let output = pty.read_to("the end\r\n");
    assert!(output.contains("\x1b[?1049l"), "{output:?}");
    assert!(!output.contains("not any more"), "{output:?}");
}
