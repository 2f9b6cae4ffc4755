//! Metrics as protobuf messages.

use crate::metrics::{MetricDeclaration, MetricError, MetricKind};
use crate::proto;

impl From<MetricKind> for proto::MetricKind {
    fn from(kind: MetricKind) -> Self {
        match kind {
            MetricKind::Counter => Self::Counter,
            MetricKind::Gauge => Self::Gauge,
            MetricKind::GaugeF64 => Self::GaugeF64,
            MetricKind::Meter => Self::Meter,
            MetricKind::Histogram => Self::Histogram,
        }
    }
}

impl From<&MetricDeclaration> for proto::MetricDeclaration {
    fn from(declaration: &MetricDeclaration) -> Self {
        let label = |(key, value): &(String, String)| proto::MetricLabel {
            key: key.clone(),
            value: value.clone(),
        };
        Self {
            name: declaration.name.clone(),
            kind: proto::MetricKind::from(declaration.kind).into(),
            labels: declaration.labels.iter().map(label).collect(),
        }
    }
}

impl TryFrom<&proto::MetricDeclaration> for MetricDeclaration {
    type Error = MetricError;

    fn try_from(wire: &proto::MetricDeclaration) -> Result<Self, MetricError> {
        let kind = match proto::MetricKind::try_from(wire.kind) {
            Ok(proto::MetricKind::Counter) => MetricKind::Counter,
            Ok(proto::MetricKind::Gauge) => MetricKind::Gauge,
            Ok(proto::MetricKind::GaugeF64) => MetricKind::GaugeF64,
            Ok(proto::MetricKind::Meter) => MetricKind::Meter,
            Ok(proto::MetricKind::Histogram) => MetricKind::Histogram,
            Ok(proto::MetricKind::Unspecified) | Err(_) => {
                return Err(MetricError::UnknownKind { name: wire.name.clone(), kind: wire.kind });
            }
        };
        let label = |label: &proto::MetricLabel| (label.key.clone(), label.value.clone());
        let labels = wire.labels.iter().map(label).collect();
        let declaration = Self { name: wire.name.clone(), kind, labels };
        declaration.check()?;
        Ok(declaration)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declaration(kind: MetricKind) -> MetricDeclaration {
        let labels = vec![("shard".to_owned(), "7".to_owned())];
        MetricDeclaration { name: "seen".to_owned(), kind, labels }
    }

    #[test]
    fn declarations_of_every_kind_come_back_with_their_labels() {
        for kind in [
            MetricKind::Counter,
            MetricKind::Gauge,
            MetricKind::GaugeF64,
            MetricKind::Meter,
            MetricKind::Histogram,
        ] {
            let one = declaration(kind);
            let wire = proto::MetricDeclaration::from(&one);
            assert_eq!(MetricDeclaration::try_from(&wire), Ok(one));
        }
    }

    #[test]
    fn a_message_that_declares_no_metric_says_what_is_wrong() {
        let refused = |wire| MetricDeclaration::try_from(&wire).unwrap_err();
        let good = proto::MetricDeclaration::from(&declaration(MetricKind::Gauge));
        for kind in [0, 9] {
            let unknown = proto::MetricDeclaration { kind, ..good.clone() };
            let message = format!("metric 'seen' is of the unknown kind {kind}");
            assert_eq!(refused(unknown).to_string(), message);
        }
        let nameless = proto::MetricDeclaration { name: String::new(), ..good.clone() };
        assert_eq!(refused(nameless), MetricError::NoName);
        let label = proto::MetricLabel { key: "shard".to_owned(), value: String::new() };
        let labelled = proto::MetricDeclaration { labels: vec![label], ..good };
        assert!(matches!(refused(labelled), MetricError::EmptyLabel { .. }));
    }
}
