//! From a plan to tasks: which subtasks share a thread, and the channels between the threads.

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::body::{MakeBody, Surroundings, maker};
use crate::checkpoint::States;
use crate::control::{Command, Control, Event, Figures, SubtaskId};
use crate::error::JobError;
use crate::gate::Gate;
use crate::plan::{Leg, Plan};
use crate::router::Router;
use crate::task::{Inlet, Node, Outlet, Output, Target, Task};

/// Messages that a channel holds, most of them batches of records.
const CAPACITY: usize = 16;

/// A task that is not on its thread yet.
pub(crate) struct Seed {
    pub(crate) name: String,
    nodes: Vec<NodeSeed>,
    inlets: Vec<Inlet>,
    commands: Receiver<Command>,
}

struct NodeSeed {
    subtask: SubtaskId,
    make: MakeBody,
    gate: Gate,
    outputs: Vec<Output>,
    figures: Arc<Figures>,
}

/// What the tasks of a job have in common, and what they go on from.
#[derive(Clone)]
pub(crate) struct Soil {
    pub(crate) control: Arc<Control>,
    pub(crate) events: Sender<Event>,
    pub(crate) surroundings: Surroundings,
    pub(crate) restored: Arc<States>,
}

impl Seed {
    /// How many subtasks share the thread.
    pub(crate) fn subtasks(&self) -> usize {
        self.nodes.len()
    }

    /// Makes the operators, on the thread on which they will run.
    pub(crate) fn grow(self, soil: Soil) -> Result<Task, JobError> {
        let mut nodes = Vec::new();
        for seed in self.nodes {
            let body = (seed.make)(seed.subtask.index, seed.subtask.parallelism)?;
            let state = soil.restored.get(&seed.subtask).cloned();
            let (gate, outputs) = (seed.gate, seed.outputs);
            let node = Node::new(seed.subtask, body, seed.figures, state);
            nodes.push(Node { gate, outputs, ..node });
        }
        Ok(Task {
            name: self.name,
            nodes,
            inlets: self.inlets,
            clock: soil.surroundings.clock.clone(),
            deterministic: soil.surroundings.deterministic,
            checkpoints: soil.surroundings.checkpoints,
            control: soil.control,
            commands: self.commands,
            events: soil.events,
        })
    }
}

/// All tasks of a job.
pub(crate) struct Garden {
    pub(crate) seeds: Vec<Seed>,
    pub(crate) commands: Vec<Sender<Command>>,
    /// By operator, what its subtasks show.
    pub(crate) figures: Vec<Vec<Arc<Figures>>>,
}

/// Where a subtask is.
#[derive(Clone, Copy, Debug)]
struct Place {
    task: usize,
    node: usize,
}

impl Garden {
    pub(crate) fn plan(plan: &Plan, surroundings: &Surroundings) -> Result<Self, JobError> {
        let mut garden = Self { seeds: Vec::new(), commands: Vec::new(), figures: Vec::new() };
        let mut places: Vec<Vec<Place>> = Vec::new();
        for operator in &plan.operators {
            let make = maker(operator, surroundings)?;
            let chained = match operator.legs.as_slice() {
                [Leg { from, routing, .. }] if routing.is_forward() => {
                    let before = &plan.operators[*from];
                    (operator.chains_up && before.chains_down).then_some(*from)
                }
                _ => None,
            };
            let mut own = Vec::new();
            let mut figures = Vec::new();
            for index in 0..operator.parallelism {
                let task = if surroundings.deterministic && !garden.seeds.is_empty() {
                    0
                } else if let Some(from) = chained {
                    places[from][index as usize].task
                } else {
                    garden.add_task()
                };
                let seed = &mut garden.seeds[task];
                if seed.nodes.is_empty() {
                    seed.name =
                        format!("{} ({}/{})", operator.name, index + 1, operator.parallelism);
                } else if index == 0 || !surroundings.deterministic {
                    seed.name = format!("{}, {}", seed.name, operator.name);
                }
                let shown = Arc::new(Figures::new());
                figures.push(shown.clone());
                own.push(Place { task, node: seed.nodes.len() });
                seed.nodes.push(NodeSeed {
                    subtask: SubtaskId {
                        stage: operator.uid.clone(),
                        index,
                        parallelism: operator.parallelism,
                    },
                    make: make.clone(),
                    gate: Gate::default(),
                    outputs: Vec::new(),
                    figures: shown,
                });
            }
            for leg in &operator.legs {
                garden.connect(leg, &places[leg.from], &own);
            }
            garden.figures.push(figures);
            places.push(own);
        }
        Ok(garden)
    }

    fn add_task(&mut self) -> usize {
        let (sender, commands) = unbounded();
        self.commands.push(sender);
        let (name, nodes, inlets) = (String::new(), Vec::new(), Vec::new());
        self.seeds.push(Seed { name, nodes, inlets, commands });
        self.seeds.len() - 1
    }

    /// Connects all subtasks of two operators.
    fn connect(&mut self, leg: &Leg, senders: &[Place], receivers: &[Place]) {
        for (index, sender) in senders.iter().enumerate() {
            let router = Router::new(
                leg.routing.clone(),
                leg.strip.clone(),
                index,
                senders.len(),
                receivers.len(),
            );
            let mut targets = Vec::new();
            for target in router.targets() {
                let receiver = receivers[target];
                let gate = &mut self.seeds[receiver.task].nodes[receiver.node].gate;
                let channel = gate.add(leg.input);
                if receiver.task == sender.task {
                    targets.push(Target::Local { node: receiver.node, channel });
                    continue;
                }
                let (sending, receiving) = bounded(CAPACITY);
                let inlet = Inlet::new(receiving, receiver.node, channel);
                self.seeds[receiver.task].inlets.push(inlet);
                targets.push(Target::Remote(Outlet::new(sending)));
            }
            let outputs = &mut self.seeds[sender.task].nodes[sender.node].outputs;
            outputs.push(Output { port: leg.port, router, targets });
        }
    }
}
