use brookite::harness::KeyedTwoInputHarness;

use super::Heater;

type Harness = KeyedTwoInputHarness<
    &'static str,
    (&'static str, f64),
    (&'static str, f64, f64, f64),
    (&'static str, bool),
>;

fn heater() -> Harness {
    Harness::process::<Heater>().unwrap()
}

/// Lets a sensor read these temperatures, and returns what the heater was told each time.
fn read(heater: &mut Harness, sensor: &str, temperatures: &[f64]) -> Vec<Option<bool>> {
    let told = |temperature: &f64| {
        let commands = heater.push_first(sensor, (sensor, *temperature)).unwrap();
        assert!(commands.len() <= 1 && commands.iter().all(|(to, _)| *to == sensor));
        commands.first().map(|(_, on)| *on)
    };
    temperatures.iter().map(told).collect()
}

#[test]
fn a_heater_is_told_when_it_changes_and_not_in_between() {
    let mut heater = heater();
    heater.push_second("kitchen", ("kitchen", 20.0, 1.0, 2.0)).unwrap();
    let told = read(&mut heater, "kitchen", &[19.0, 17.9, 17.0, 20.5, 21.0, 21.1, 25.0, 18.0]);
    let (on, off) = (Some(true), Some(false));
    assert_eq!(told, [None, on, None, None, None, off, None, None]);
}

#[test]
fn each_sensor_has_its_own_wishes_and_none_before_they_come() {
    let mut heater = heater();
    heater.push_second("kitchen", ("kitchen", 20.0, 1.0, 1.0)).unwrap();
    assert_eq!(read(&mut heater, "cellar", &[-5.0]), [None]);
    heater.push_second("cellar", ("cellar", 8.0, 1.0, 1.0)).unwrap();
    assert_eq!(read(&mut heater, "cellar", &[10.0, 6.0]), [None, Some(true)]);
    assert_eq!(read(&mut heater, "kitchen", &[10.0]), [Some(true)]);
}

#[test]
fn wishes_change_at_run_time_and_survive_a_restart() {
    let mut heater = heater();
    heater.push_second("kitchen", ("kitchen", 20.0, 1.0, 1.0)).unwrap();
    assert_eq!(read(&mut heater, "kitchen", &[18.0]), [Some(true)]);
    heater.push_second("kitchen", ("kitchen", 15.0, 1.0, 1.0)).unwrap();
    heater.restart().unwrap();
    assert_eq!(read(&mut heater, "kitchen", &[18.0, 13.0]), [Some(false), Some(true)]);
}
