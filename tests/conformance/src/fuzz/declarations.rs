//! Any messages as what a stage declares.

use brookite_core::metrics::MetricDeclaration;
use brookite_core::proto;
use brookite_core::state::StateDeclaration;
use prost::Message;

/// A state.
pub(super) fn state(bytes: &[u8]) {
    let Ok(wire) = proto::StateDeclaration::decode(bytes) else { return };
    match StateDeclaration::try_from(&wire) {
        Ok(declaration) => {
            assert_eq!(declaration.check(), Ok(()));
            let again = proto::StateDeclaration::from(&declaration);
            assert_eq!(StateDeclaration::try_from(&again), Ok(declaration));
        }
        Err(error) => assert!(error.to_string().contains(&wire.name)),
    }
}

/// A metric.
pub(super) fn metric(bytes: &[u8]) {
    let Ok(wire) = proto::MetricDeclaration::decode(bytes) else { return };
    if let Ok(declaration) = MetricDeclaration::try_from(&wire) {
        assert_eq!(declaration.check(), Ok(()));
        let again = proto::MetricDeclaration::from(&declaration);
        assert_eq!(again, wire);
        assert_eq!(MetricDeclaration::try_from(&again), Ok(declaration));
    }
}
