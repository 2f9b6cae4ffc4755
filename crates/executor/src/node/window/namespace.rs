//! Windows as namespaces: their bytes as Flink's `TimeWindow` serializer writes them.

use brookite_core::windowing::Window;

/// How long a window's namespace is.
pub(crate) const WIDTH: usize = 16;

/// The namespace of what a key has apart from its windows. A window is never empty, so this is none.
pub(super) const OF_KEY: [u8; WIDTH] = [0; WIDTH];

#[inline]
pub(super) fn of(window: Window) -> [u8; WIDTH] {
    let mut namespace = [0; WIDTH];
    namespace[..8].copy_from_slice(&window.start().to_be_bytes());
    namespace[8..].copy_from_slice(&window.end().to_be_bytes());
    namespace
}

/// The window with that namespace; `None` when it is none.
pub(super) fn window(namespace: &[u8]) -> Option<Window> {
    let (start, end) = namespace.split_first_chunk()?;
    let (start, end) = (i64::from_be_bytes(*start), i64::from_be_bytes(end.try_into().ok()?));
    (start < end).then(|| Window::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_come_back_and_what_is_none_does_not() {
        for expected in [Window::new(-5, 7), Window::GLOBAL] {
            assert_eq!(window(&of(expected)), Some(expected));
        }
        assert_eq!(window(&OF_KEY), None);
        assert_eq!(window(&[1; 15]), None);
    }
}
