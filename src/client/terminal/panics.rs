//! What a panic in any thread does to the terminal.

use std::sync::Arc;

use tokio::sync::Notify;

use super::device::Device;
use crate::player::READER_THREAD;

/// Notified when a thread of this process panicked.
static PANICKED: Notify = Notify::const_new();

/// Waits until a thread of this process panicked.
pub(in crate::client) async fn thread_panicked() {
    PANICKED.notified().await;
}

/// From here on a panic in any thread gives the terminal back before it is reported, and
/// ends the client. Those of mpv's reader are expected, caught, and no news.
pub(super) fn give_back_on_panic(device: Arc<Device>) {
    let inner = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() == Some(READER_THREAD) {
            return;
        }
        device.give_back();
        inner(info);
        PANICKED.notify_one();
    }));
}
