//! TaskManagers that die at moments nobody knows, and come back.

use std::fmt;
use std::thread::sleep;
use std::time::Duration;

use anyhow::Result;
use brookite_client::JobId;

use crate::cluster::Running;
use crate::failover::dice::Dice;

/// How long tasks may take to run again after a kill.
const PATIENCE: Duration = Duration::from_secs(90);

/// One in so many kills comes before the tasks that the last one ended run again.
const HASTY: u64 = 4;

pub(crate) struct Disturbance {
    dice: Dice,
    task_managers: u32,
}

/// What happened to a TaskManager.
pub(crate) struct Kill {
    task_manager: u32,
    /// After all tasks ran, or after the last TaskManager came back.
    after: Duration,
    hasty: bool,
    away: Duration,
}

impl Disturbance {
    pub(crate) fn new(seed: u64, task_managers: u32) -> Self {
        Self { dice: Dice::new(seed), task_managers }
    }

    /// Waits for a while, kills one, and brings it back after another while.
    pub(crate) fn kill(&mut self, cluster: &mut Running<'_>, job: &JobId) -> Result<Kill> {
        let hasty = self.dice.roll(HASTY) == 0;
        if !hasty {
            cluster.client().wait_until_running(job, PATIENCE)?;
        }
        let after = Duration::from_millis(self.dice.roll(2_500));
        sleep(after);
        let task_manager = 1 + self.dice.roll(u64::from(self.task_managers)) as u32;
        cluster.kill_task_manager(task_manager)?;
        let away = Duration::from_millis(self.dice.roll(1_000));
        sleep(away);
        cluster.restart_task_manager(task_manager)?;
        cluster.wait_for_return(task_manager)?;
        Ok(Kill { task_manager, after, hasty, away })
    }
}

impl fmt::Display for Kill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = if self.hasty { "the last one came back" } else { "all tasks ran" };
        let (after, away) = (self.after.as_millis(), self.away.as_millis());
        write!(
            f,
            "TaskManager {}, {after} ms after {since}, back after {away} ms",
            self.task_manager
        )
    }
}
