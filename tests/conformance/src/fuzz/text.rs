//! Any bytes as text: as Java writes it, as UTF-16, and as UTF-8.

use brookite_core::coder::{Arena, Coder, Encoding, SerializerCoder};
use brookite_core::types::Data;

/// Any bytes in each of the encodings.
pub(super) fn bytes(bytes: &[u8]) {
    check(&SerializerCoder, bytes);
    for encoding in [Encoding::Direct, Encoding::DirectUtf16] {
        if let Some(coder) = <String as Data>::coder(encoding) {
            check(&*coder, bytes);
        }
    }
}

fn check<C: Coder<String> + ?Sized>(coder: &C, bytes: &[u8]) {
    let arena = Arena::default();
    match coder.decode(bytes, &arena) {
        Ok(text) => {
            let mut again = Vec::new();
            assert_eq!(coder.encode(&text, &mut again), Ok(()));
            assert_eq!(coder.decode(&again, &arena), Ok(text));
        }
        Err(error) => assert!(error.offset() <= bytes.len(), "{error}"),
    }
}
