//! Random streams: the engine against a model that looks at all windows at each step.

use super::*;

/// What Flink's rules come to, without timers: windows that merge if they touch, a firing at the end,
/// and one for each late record that is allowed.
struct Model {
    gap: i64,
    lateness: i64,
    watermark: i64,
    windows: Vec<(Window, Vec<i64>)>,
}

impl Model {
    fn record(&mut self, timestamp: i64) -> Vec<String> {
        let mut window = Window::new(timestamp, timestamp + self.gap);
        let mut values = vec![timestamp];
        let mut is_new = true;
        while let Some(index) = self.windows.iter().position(|(other, _)| other.touches(window)) {
            let (other, more) = self.windows.remove(index);
            window = window.cover(other);
            values.extend(more);
            is_new = false;
        }
        if is_new && window.max_timestamp() + self.lateness <= self.watermark {
            return vec![format!("{timestamp} is late")];
        }
        values.sort_unstable();
        let told = format!("{window} {values:?}");
        self.windows.push((window, values));
        if window.max_timestamp() <= self.watermark { vec![told] } else { Vec::new() }
    }

    fn advance(&mut self, watermark: i64) -> Vec<String> {
        let before = std::mem::replace(&mut self.watermark, watermark);
        let due = |window: &Window| (before + 1..=watermark).contains(&window.max_timestamp());
        let fired = self.windows.iter().filter(|(window, _)| due(window));
        let told = fired.map(|(window, values)| format!("{window} {values:?}")).collect();
        let lateness = self.lateness;
        self.windows.retain(|(window, _)| window.max_timestamp() + lateness > watermark);
        told
    }
}

/// Numbers that look random, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as i64 % bound
    }
}

/// Without what the model does not know: timestamp and pane.
fn shown(told: Vec<String>) -> Vec<String> {
    let mut shown: Vec<String> = told
        .into_iter()
        .map(|one| one.split(" at ").next().unwrap_or_default().to_owned())
        .collect();
    shown.sort();
    shown
}

#[test]
fn sessions_of_random_streams_are_those_of_a_model_without_timers() {
    for seed in 0..300 {
        let mut numbers = Numbers(seed);
        let (gap, lateness) = (1 + numbers.below(12), numbers.below(3) * 7);
        let strategy = WindowingStrategy::new(Session::with_gap(gap)).allowed_lateness(lateness);
        let mut run = Run::new(strategy);
        run.watermark(-1);
        let mut model = Model { gap, lateness, watermark: -1, windows: Vec::new() };
        let mut now = 0;
        for step in 0..200 {
            let context = format!("seed {seed}, step {step}, gap {gap}, lateness {lateness}");
            if numbers.below(4) == 0 {
                now += numbers.below(9);
                let watermark = now - 5;
                if watermark > model.watermark {
                    assert_eq!(
                        shown(run.watermark(watermark)),
                        shown(model.advance(watermark)),
                        "{context}"
                    );
                }
            } else {
                let timestamp = (now - 30 + numbers.below(40)).max(0);
                assert_eq!(
                    shown(run.input(&[timestamp])),
                    shown(model.record(timestamp)),
                    "{context}"
                );
            }
        }
        assert_eq!(shown(run.watermark(1_000_000)), shown(model.advance(1_000_000)));
        assert!(run.is_clean(), "seed {seed}");
    }
}
