//! What keys do to a field of text.

use super::editor::Editor;
use crate::app::key::KeyPress;
use crate::app::keys::editing::{self, EditOp, TextMode};

/// Edits a line of text. A key that edits nothing does nothing.
pub(super) fn edit(editor: &mut Editor, press: KeyPress) {
    if let Some(letter) = press.writes() {
        editor.insert(letter.encode_utf8(&mut [0; 4]));
        return;
    }
    match editing::find(TextMode::Writing, press) {
        Some(EditOp::Left) => editor.left(),
        Some(EditOp::Right) => editor.right(),
        Some(EditOp::WordLeft) => editor.word_left(),
        Some(EditOp::WordRight) => editor.word_right(),
        Some(EditOp::Home) => editor.home(),
        Some(EditOp::End) => editor.end(),
        Some(EditOp::Erase) => editor.backspace(),
        Some(EditOp::Delete) => editor.delete(),
        Some(EditOp::EraseWord) => editor.erase_word(),
        Some(EditOp::EraseNextWord) => editor.erase_next_word(),
        Some(EditOp::EraseBefore) => editor.erase_before(),
        Some(EditOp::EraseAfter) => editor.erase_after(),
        Some(EditOp::Restore) => editor.restore(),
        _ => {}
    }
}
